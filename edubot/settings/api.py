"""The REST API, its tokens and its description."""

from datetime import timedelta

from edubot.settings.environment import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["support.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["support.api.permissions.HasScopeAndPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["support.api.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "support.api.errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Requests a minute, counted in the cache that all processes share (CACHE_URL).
API_LIMITS = {
    "token": env.int("API_REQUESTS_PER_TOKEN", default=600),
    "address": env.int("API_REQUESTS_PER_ADDRESS", default=1200),
    "failures": env.int("API_FAILURES_PER_ADDRESS", default=30),
}
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_TTL": timedelta(days=365),
    "TOKEN_MODEL": "support.ApiToken",
}
KNOX_TOKEN_MODEL = "support.ApiToken"  # noqa: S105
SPECTACULAR_SETTINGS = {
    "TITLE": "EduBot",
    "DESCRIPTION": "The support desk behind the WhatsApp assistant.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api",
    "ENUM_NAME_OVERRIDES": {
        "EventType": "support.models.EventType",
        "TicketStatus": "support.models.TicketStatus",
        "DeliveryStatus": "support.api.delivery.OUTGOING",
        "MediaState": "whatsapp.models.media.Media.State",
        "EventKind": "support.models.EventKind",
        "HomeworkState": "conversations.models.HomeworkState",
        "PaymentStatus": "conversations.models.PaymentStatus",
        "ConversationState": "conversations.api.serializers.STATES",
    },
}
