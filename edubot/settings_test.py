"""Settings for the tests: nothing from the developer's own .env leaks in."""

import os

os.environ.update(
    {
        "ENV_FILE": os.devnull,
        "DEBUG": "on",
        "SECRET_KEY": "test-secret-key-" + "x" * 40,
        "ALLOWED_HOSTS": "*",
        "CELERY_BROKER_URL": "memory://",
        "CACHE_URL": "locmemcache://",
        "WHATSAPP_ACCESS_TOKEN": "",
        "WHATSAPP_APP_SECRET": "test-app-secret",
        "WHATSAPP_VERIFY_TOKEN": "test-verify-token",
        "WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
        "WHATSAPP_BUSINESS_ACCOUNT_ID": "200000000000002",
        "WHATSAPP_GRAPH_URL": "http://graph.test",
        "WHATSAPP_SIMULATOR": "on",
        "WHATSAPP_MESSAGES_PER_SECOND": "1000",
        "PAYSTACK_SECRET_KEY": "sk_test_key",
        "PAYSTACK_URL": "http://paystack.test",
        "EMAIL_URL": "memorymail://",
        "SENTRY_DSN": "",
        # Tests of limits set their own.
        "API_REQUESTS_PER_TOKEN": "1000000",
        "API_REQUESTS_PER_ADDRESS": "1000000",
        "API_FAILURES_PER_ADDRESS": "1000000",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "sqlite:///db.test.sqlite3"),
    }
)

from edubot.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # files are found when asked for, not listed for each test client
