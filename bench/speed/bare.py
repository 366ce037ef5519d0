"""What EduBot's webhook is measured against: a Django view that checks and inserts, and no more."""

import hashlib
import hmac
import os

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET = b"bench-app-secret"
TABLE = (
    "CREATE TABLE IF NOT EXISTS bare (id BIGINT AUTO_INCREMENT PRIMARY KEY, body LONGBLOB NOT NULL,"
    " digest CHAR(64) NOT NULL UNIQUE, received_at DATETIME(6) NOT NULL)"
)


def webhook(request: HttpRequest) -> HttpResponse:
    wanted = "sha256=" + hmac.new(SECRET, request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted, request.headers.get("X-Hub-Signature-256", "")):
        return HttpResponse(status=403)
    digest = hashlib.sha256(request.body).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare (body, digest, received_at) VALUES (%s, %s, NOW(6))",
            [request.body, digest],
        )
    return HttpResponse(headers={"Content-Length": "0"})


urlpatterns = [path("webhooks/whatsapp", webhook)]


def _application() -> object:
    from environ import Env

    from edubot.databases import harden

    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": harden(Env.db_url_config(os.environ["DATABASE_URL"]))},
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        USE_TZ=True,
    )
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    connection.close()
    from django.core.handlers.wsgi import WSGIHandler

    return WSGIHandler()


if os.environ.get("BENCH_BARE"):
    application = _application()
