"""Every address of EduBot."""

from django.conf import settings
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from edubot import health
from edubot.metrics import metrics
from support.api.nowhere import NowhereView

handler400 = "support.api.errors.bad_request"
handler500 = "support.api.errors.server_error"

FRONT_PAGE = "simulator:phone" if settings.WHATSAPP_SIMULATOR else "admin:index"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name=FRONT_PAGE), name="front-page"),
    path("favicon.ico", RedirectView.as_view(url=static("whatsapp/simulator/icon.svg"))),
    # As people type it; APPEND_SLASH would be for the addresses of the API, too.
    path("admin", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("", include("whatsapp.urls")),
    path("", include("conversations.urls")),
    path("api/", include("support.api.urls")),
    path("api/", include("conversations.api.urls")),
    re_path(r"^api(?:/[\s\S]*)?$", NowhereView.as_view()),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]

if settings.WHATSAPP_SIMULATOR:
    urlpatterns += [
        path("simulator", RedirectView.as_view(pattern_name="simulator:phone")),
        path("simulator/", include("whatsapp.simulator.urls")),
    ]
