"""Paystack."""

from django.conf import settings

from conversations import paystack
from edubot.doctor.finding import Finding, fault, warning, well

UNKNOWN_REFERENCE = "edubot-doctor"


def key() -> Finding:
    if not settings.PAYSTACK_SECRET_KEY:
        return warning(
            "Paystack",
            "There is no key: payments are closed, and homework has no limit.",
            "Set PAYSTACK_SECRET_KEY if students shall subscribe.",
        )
    try:
        paystack.verify(UNKNOWN_REFERENCE)
    except (paystack.Unavailable, paystack.Refused) as error:
        return fault(
            "Paystack",
            f"Paystack answers no question: {error}",
            "If it says 401, check PAYSTACK_SECRET_KEY. Otherwise Paystack is away: wait, and "
            "payments go on by themselves.",
        )
    if paystack.domain() == "test" and not settings.DEBUG:
        return warning("Paystack", "The key is a test key: nobody pays.", "Set the sk_live_… key.")
    return well("Paystack", "It takes our key.")


LOOKS = (key,)
