"""The business as Meta knows it: its number, its token, the apps that hear of its messages."""

import hmac
import time

from django.conf import settings

from whatsapp.simulator.answers import Json, RefusedError
from whatsapp.simulator.models import Misbehaviour

DISPLAY_PHONE_NUMBER = "2347001234567"  # the bot's own number, as students see it
WEEK = 7 * 24 * 60 * 60  # seconds
PERMISSIONS = ("whatsapp_business_management", "whatsapp_business_messaging")


def phone_number_id() -> str:
    return str(settings.WHATSAPP_PHONE_NUMBER_ID)


def business_account_id() -> str:
    return str(settings.WHATSAPP_BUSINESS_ACCOUNT_ID)


def business_name() -> str:
    return str(settings.BOT_NAME)


def number(mood: Misbehaviour) -> Json:
    return {
        "id": phone_number_id(),
        "verified_name": business_name(),
        "display_phone_number": f"+{DISPLAY_PHONE_NUMBER}",
        "quality_rating": "RED" if mood.number_flagged else "GREEN",
        "status": "BANNED" if mood.number_banned else "CONNECTED",
        "throughput": {"level": "STANDARD"},
    }


def token(mood: Misbehaviour) -> Json:
    """As debug_token shows it; 0 says that the token does not expire."""
    scopes = PERMISSIONS[:1] if mood.token_lacks_permission else PERMISSIONS
    expires_at = int(time.time()) + WEEK if mood.token_ends_soon else 0
    return {"data": {"is_valid": True, "expires_at": expires_at, "scopes": list(scopes)}}


def check_proof(proof: str) -> None:
    """Raise RefusedError if `proof` is not the token signed with the app secret."""
    secret, given = settings.WHATSAPP_APP_SECRET.encode(), settings.WHATSAPP_ACCESS_TOKEN.encode()
    if not hmac.compare_digest(hmac.new(secret, given, "sha256").hexdigest(), proof):
        raise RefusedError(100, "Invalid appsecret_proof provided in the API argument")


def subscribed_apps(mood: Misbehaviour) -> Json:
    if mood.app_not_subscribed:
        return {"data": []}
    app = {"name": business_name(), "id": "300000000000003"}
    return {"data": [{"whatsapp_business_api_data": app}]}
