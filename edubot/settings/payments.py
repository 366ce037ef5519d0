"""Paystack and the subscription."""

from datetime import timedelta

from edubot.settings.environment import env
from edubot.settings.whatsapp import SIMULATOR_URL, WHATSAPP_SIMULATOR

PAYSTACK_SECRET_KEY = env.str("PAYSTACK_SECRET_KEY", default="")  # none: payments are closed
_simulates_paystack = WHATSAPP_SIMULATOR and not PAYSTACK_SECRET_KEY
PAYSTACK_URL = env.str(
    "PAYSTACK_URL",
    default=f"{SIMULATOR_URL}/simulator/paystack"
    if _simulates_paystack
    else "https://api.paystack.co",
)
if _simulates_paystack:
    PAYSTACK_SECRET_KEY = "sk_test_simulated"  # noqa: S105
PAYSTACK_EMAIL_DOMAIN = env.str("PAYSTACK_EMAIL_DOMAIN", default="students.example.com")
SUBSCRIPTION_PRICE_KOBO = env.int("SUBSCRIPTION_PRICE_KOBO", default=500_000)
SUBSCRIPTION_CURRENCY = env.str("SUBSCRIPTION_CURRENCY", default="NGN")
SUBSCRIPTION_DAYS = env.int("SUBSCRIPTION_DAYS", default=30)
SUBSCRIPTION_REMINDS_BEFORE = timedelta(days=env.int("SUBSCRIPTION_REMINDS_BEFORE_DAYS", default=3))
HOMEWORK_FREE_PER_MONTH = env.int("HOMEWORK_FREE_PER_MONTH", default=3)
