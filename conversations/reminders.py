"""Students who stopped half-way."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import ExpressionWrapper, F, QuerySet, TextField
from django.utils import timezone

from conversations import outbound
from conversations.models import Conversation
from conversations.states import WAITING, State
from whatsapp import lanes
from whatsapp.guard import each
from whatsapp.transactions import unit_of_work

BATCH = 200
LATELY = timedelta(hours=1)


def remind_idle() -> int:
    """Remind, once each, those who have been silent for BOT_REMINDS_AFTER; how many were."""
    since = timezone.now() - settings.BOT_REMINDS_AFTER
    silent = Conversation.objects.filter(updated_at__lte=since, reminded_at=None)
    half_way = silent.filter(state__in=[state.value for state in WAITING])
    return each([*_first(half_way), *_first(_with_pages(silent, since))], _remind)


def _with_pages(silent: QuerySet[Conversation], since: datetime) -> QuerySet[Conversation]:
    """Those at the menu for whom pages of a homework wait.

    Nearly everybody is at rest: only who fell silent lately is looked at.
    """
    at_rest = silent.filter(state=State.REGISTERED.value, updated_at__gt=since - LATELY)
    written = ExpressionWrapper(F("draft"), output_field=TextField())
    return at_rest.alias(written=written).filter(written__contains='"files"')


def _first(conversations: QuerySet[Conversation]) -> list[int]:
    return list(conversations.values_list("pk", flat=True)[:BATCH])


@unit_of_work
def _remind(contact_id: int) -> bool:
    lanes.lock(contact_id)
    still_idle = Conversation.objects.filter(
        pk=contact_id,
        reminded_at=None,
        updated_at__lte=timezone.now() - settings.BOT_REMINDS_AFTER,
    )
    if not still_idle.update(reminded_at=timezone.now()):
        return False
    reminded = outbound.remind(contact_id)
    lanes.wake(contact_id)
    return reminded
