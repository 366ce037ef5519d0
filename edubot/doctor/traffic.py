"""What came of the messages of late, and what the simulator is told to do with them.

Meta's account may look well while its answers or its webhooks do not come.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from edubot.doctor.finding import Finding, fault, warning, well
from whatsapp import line, silence
from whatsapp.errors import classify
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.models.message import Direction, Status
from whatsapp.simulator.forms import MisbehaviourForm
from whatsapp.simulator.models import Misbehaviour

LATELY = timedelta(hours=1)
TICK_LATE = timedelta(minutes=2)  # Meta tells of an accepted message within seconds
ELSEWHERE = "look at the findings above, then at Meta's status page (metastatus.com)"


def simulator() -> Finding:
    if not settings.WHATSAPP_SIMULATOR:
        return well("Simulator", "It is off: this is the real WhatsApp.")
    if wrongs := _misbehaviour():
        return warning(
            "Simulator",
            f"It plays Meta and is told to misbehave: {'; '.join(wrongs)}.",
            "Set that right in the panel beside the phone (/simulator/), unless you mean it.",
        )
    if not settings.DEBUG:
        return warning(
            "Simulator",
            "It plays Meta although DEBUG is off: no student is reached.",
            "Remove WHATSAPP_SIMULATOR from the environment.",
        )
    return well("Simulator", "It plays Meta, and behaves well.")


def _misbehaviour() -> list[str]:
    """The simulator's switches that were changed, as its panel names them."""
    mood, usual, words = Misbehaviour.current(), Misbehaviour(), MisbehaviourForm.Meta.labels
    values = {name: getattr(mood, name) for name in words}
    moved = {name: value for name, value in values.items() if value != getattr(usual, name)}
    return [f"{words[name]}: {_said(value)}" for name, value in moved.items()]


def _said(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"{value:g}"


def sending() -> Finding:
    """Whether Meta takes our messages."""
    if trouble := line.trouble():
        return fault(
            "Sending",
            f"Nothing goes out since {trouble.since:%d %B %H:%M} UTC: {trouble.sentence}",
            "Mend what the findings above name; EduBot tries again by itself, nothing is lost.",
        )
    waiting = _of(Status.QUEUED, Status.SENDING).exclude(error_code=None)
    if code := waiting.values_list("error_code", flat=True).order_by("-created_at").first():
        return warning(
            "Sending",
            f"{waiting.count()} message(s) wait because Meta refused them for now: "
            f"{classify(code).sentence} (error {code})",
            f"They go out by themselves. If it lasts, {ELSEWHERE}, and send less at once "
            "(WHATSAPP_MESSAGES_PER_SECOND).",
        )
    return well("Sending", "No message waits because Meta refused it.")


def confirmations() -> Finding:
    """Whether Meta says what became of our messages: at once, and by webhook."""
    unsure = _of(Status.UNCERTAIN).count()
    if unsure:
        return warning(
            "Confirmations",
            f"{unsure} message(s) of the last hour were sent, and no answer came.",
            f"Meta answers too late or the way to it breaks: {ELSEWHERE}. Under WhatsApp › "
            "Messages they are “sent, but unconfirmed”; the desk lets staff send them again.",
        )
    if problem := silence.problem():
        return fault("Confirmations", problem, f"Webhooks do not arrive: {ELSEWHERE}.")
    late = timezone.now() - TICK_LATE
    unticked = _of(Status.ACCEPTED).filter(accepted_at__lt=late).exclude(kind=Kind.TEMPLATE)
    if count := unticked.count():
        return warning(
            "Confirmations",
            f"{count} message(s) that Meta took over two minutes ago have no tick yet.",
            f"Webhooks come late or not at all: {ELSEWHERE}.",
        )
    return well("Confirmations", "Meta tells what becomes of our messages.")


def failures() -> Finding:
    failed = _of(Status.FAILED)
    newest = failed.order_by("-created_at").first()
    if newest is None:
        return well("Deliveries", "None failed within the last hour.")
    return warning(
        "Deliveries",
        f"{failed.count()} message(s) of the last hour failed, the newest because: {newest.error}",
        "The desk shows each with its reason and lets staff send it again.",
    )


def _of(*statuses: Status) -> QuerySet[Message]:
    return Message.objects.filter(
        direction=Direction.OUTBOUND,
        status__in=statuses,
        created_at__gte=timezone.now() - LATELY,
    )


LOOKS = (simulator, sending, confirmations, failures)
