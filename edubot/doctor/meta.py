"""The WhatsApp account at Meta, asked with our own token."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps

from django.conf import settings

from edubot.doctor.finding import Finding, fault, warning, well
from whatsapp import account, client
from whatsapp.errors import Verdict
from whatsapp.models import MessageTemplate
from whatsapp.models.template import APPROVED

SOON = timedelta(days=14)
CLOCK_TOLERANCE = timedelta(seconds=30)
SLOW = timedelta(seconds=3)
RENEW = (
    "In Meta's business settings make a token of a system user that may "
    "whatsapp_business_messaging and whatsapp_business_management, set WHATSAPP_ACCESS_TOKEN, "
    "restart web and worker."
)


def asking(subject: str) -> Callable[[Callable[[], Finding]], Callable[[], Finding]]:
    """What a look at Meta finds if Meta does not answer, or refuses."""

    def decorate(look: Callable[[], Finding]) -> Callable[[], Finding]:
        @wraps(look)
        def careful() -> Finding:
            try:
                return look()
            except client.Refused as refused:
                return _refused(subject, refused)
            except (client.NotSent, client.Unconfirmed) as error:
                return fault(
                    subject,
                    f"Meta gave no usable answer: {error}",
                    "Check WHATSAPP_GRAPH_URL and the way out of this machine; then Meta's "
                    "status page (metastatus.com). EduBot goes on trying; nothing is lost.",
                )

        return careful

    return decorate


def _refused(subject: str, refused: client.Refused) -> Finding:
    failure = refused.failure
    if failure.verdict is Verdict.STOP:
        return fault(subject, f"Meta refuses our token: {refused}", RENEW)
    if failure.verdict in (Verdict.THROTTLE, Verdict.SLOW_DOWN):
        return warning(subject, f"Meta asks us to slow down: {refused}", "Wait, and look again.")
    return fault(
        subject,
        f"Meta refuses: {refused}",
        "Compare WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID and WHATSAPP_APP_SECRET "
        "with Meta's app dashboard.",
    )


@asking("Access token")
def token() -> Finding:
    began = datetime.now(UTC)
    found = account.token()
    if found.missing:
        return fault(
            "Access token", f"It may not {' and '.join(found.missing)}: EduBot needs that.", RENEW
        )
    left = found.expires_at - datetime.now(UTC) if found.expires_at else None
    if left is not None and left < SOON:
        return warning("Access token", f"It ends in {max(left.days, 0)} day(s).", RENEW)
    if datetime.now(UTC) - began > SLOW:
        return warning(
            "Access token",
            "It is good, but Meta takes over three seconds to answer.",
            "Answers to students come late; look at Meta's status page (metastatus.com).",
        )
    return well("Access token", f"Good{f' for {left.days} days' if left else ', without an end'}.")


@asking("Phone number")
def number() -> Finding:
    found = account.number()
    if found.status not in ("CONNECTED", ""):
        return fault(
            "Phone number",
            f"Meta calls it {found.status}: messages may neither come nor go.",
            "Open WhatsApp Manager, Phone numbers, and follow what it asks for.",
        )
    if found.quality == "RED":
        return warning(
            "Phone number",
            f"{found.name}: students block or report it, and Meta may limit it.",
            "Send less that nobody asked for; look at the templates in WhatsApp Manager.",
        )
    return well("Phone number", f"{found.name}, quality {found.quality.lower()}.")


@asking("Webhook subscription")
def subscription() -> Finding:
    if not account.is_subscribed():
        return fault(
            "Webhook subscription",
            "The account sends its messages to no app: nothing will ever arrive.",
            f'curl -X POST -H "Authorization: Bearer $WHATSAPP_ACCESS_TOKEN" {_subscribed_apps()}',
        )
    return well("Webhook subscription", "The account sends its messages to the app.")


def _subscribed_apps() -> str:
    graph = f"{settings.WHATSAPP_GRAPH_URL}/{settings.WHATSAPP_GRAPH_VERSION}"
    return f"{graph}/{settings.WHATSAPP_BUSINESS_ACCOUNT_ID}/subscribed_apps"


@asking("Clock")
def clock() -> Finding:
    offset = abs(account.clock_offset())
    if offset > CLOCK_TOLERANCE:
        return fault(
            "Clock",
            f"This machine and Meta are {offset.total_seconds():.0f} s apart: the 24-hour window "
            "would be judged wrongly.",
            "Let NTP set this machine's clock.",
        )
    return well("Clock", "This machine agrees with Meta.")


def address() -> Finding:
    """Asked from here: that Meta reaches it too is likely, not proven."""
    if not settings.PUBLIC_URL:
        return warning(
            "Webhook address",
            "PUBLIC_URL is not set, so it cannot be looked at.",
            "Set PUBLIC_URL=https://your.host, the same as in Meta's dashboard.",
        )
    webhook = f"{settings.PUBLIC_URL}/webhooks/whatsapp"
    try:
        answers = account.handshake(webhook)
    except client.NotSent as error:
        return fault(
            "Webhook address",
            f"{webhook} cannot be reached: {error}",
            "Check the name, the certificate and the proxy in front of the web process.",
        )
    if not answers:
        return fault(
            "Webhook address",
            f"{webhook} does not answer as Meta wants it.",
            "Check that PUBLIC_URL leads to this EduBot and nothing redirects on the way.",
        )
    return well("Webhook address", f"{webhook} answers.")


def templates() -> Finding:
    """By our own copy of Meta's list, which beat renews every hour."""
    if MessageTemplate.objects.filter(status=APPROVED).exists():
        return well("Templates", "There are approved ones for students outside the 24 hours.")
    return warning(
        "Templates",
        "None is approved: whoever wrote more than 24 hours ago cannot be reached.",
        "Write one in WhatsApp Manager; EduBot learns of its approval within the hour.",
    )


LOOKS = (token, number, subscription, clock, address, templates)
