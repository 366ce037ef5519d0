"""Students who stopped half-way."""

from django.conf import settings
from django.utils import timezone

from conversations import outbound
from conversations.models import Conversation
from conversations.states import WAITING
from whatsapp import lanes
from whatsapp.guard import each
from whatsapp.transactions import unit_of_work

BATCH = 200


def remind_idle() -> int:
    """Remind, once each, those who have been silent for BOT_REMINDS_AFTER; how many were."""
    since = timezone.now() - settings.BOT_REMINDS_AFTER
    idle = Conversation.objects.filter(
        state__in=[state.value for state in WAITING], updated_at__lte=since, reminded_at=None
    )
    return each(list(idle.values_list("pk", flat=True)[:BATCH]), _remind)


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
