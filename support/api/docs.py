"""The description of the API, for whoever has a token or is logged in as staff."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import resolve_url
from drf_spectacular import renderers
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from support.api.authentication import TokenAuthentication
from support.api.views import Limited
from support.models import ApiToken


class MayReadDocs(BasePermission):
    def has_permission(self, request: Request, *_: object) -> bool:
        return isinstance(request.auth, ApiToken) or bool(getattr(request.user, "is_staff", False))


class ForReaders(Limited):
    """Sends a browser that is not logged in to the admin's login; tells programs in JSON."""

    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [MayReadDocs]

    def handle_exception(self, exc: Exception) -> Any:
        answer = super().handle_exception(exc)
        is_browser = "text/html" in self.request.headers.get("Accept", "")
        if answer.status_code in (401, 403) and is_browser:
            return redirect_to_login(self.request.get_full_path(), resolve_url("admin:login"))
        refusal = JsonResponse(answer.data, status=answer.status_code)
        for name in ("WWW-Authenticate", "Retry-After"):
            if answer.has_header(name):
                refusal[name] = answer[name]
        return refusal


class SchemaView(ForReaders, SpectacularAPIView):
    renderer_classes = [
        renderers.OpenApiJsonRenderer2,
        renderers.OpenApiJsonRenderer,
        renderers.OpenApiYamlRenderer,
        renderers.OpenApiYamlRenderer2,
    ]


class DocsView(ForReaders, SpectacularSwaggerSplitView):
    """Swagger UI from our own static files: no address outside is asked for anything."""

    url_name = "api-schema"
    template_name = "support/api/docs.html"  # without the inline style of the original
