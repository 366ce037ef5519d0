"""The environment of a run: nothing of the caller's (a .env, the tests' own settings) leaks in."""

import os

# As in production, but for the encryption that a proxy brings. Secrets begin with "bench-".
PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": "bench-" + "x" * 60,
    "ALLOWED_HOSTS": "*",
    "SECURE_SSL_REDIRECT": "off",
    "WHATSAPP_ACCESS_TOKEN": "bench-access-token",
    "WHATSAPP_APP_SECRET": "bench-app-secret",
    "WHATSAPP_VERIFY_TOKEN": "bench-verify-token",
    "WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
}
KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "USER")


def take_over(**settings: str) -> None:
    """From now on this process and its children see `settings`, and what a program needs to run.

    Both sides must agree on secrets: a webhook signed with another one is refused, for ever.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, ENV_FILE=os.devnull, **settings)
