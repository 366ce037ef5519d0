"""Where settings come from, and whether this is a first look or production."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

# Debug is the default only until a real WhatsApp account is configured.
DEBUG = env.bool("DEBUG", default=not env.str("WHATSAPP_ACCESS_TOKEN", default=""))
TIME_ZONE = env.str("TIME_ZONE", default="Africa/Lagos")


def secret(name: str, first_look: str) -> str:
    """The secret `name`; `first_look` stands in while DEBUG is on.

    Raises ImproperlyConfigured when it is missing in production.
    """
    value: str = env.str(name, default="")
    if not value and not DEBUG:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment (see .env.example); "
            "EduBot does not start in production without it."
        )
    return value or first_look


SECRET_KEY = secret("SECRET_KEY", "first-look-only-not-a-secret-" + "x" * 32)
