"""The photo check: each file that may be a page of homework is looked at once it is here."""

from datetime import timedelta

from django.utils import timezone

from conversations import outbound, pictures
from conversations.flows.collecting import FILE_KINDS
from conversations.models import HomeworkPage, PageCheck
from conversations.talks import Talk
from whatsapp import lanes
from whatsapp.models import Media, Message
from whatsapp.transactions import unit_of_work

MISSED_AFTER = timedelta(minutes=1)
BATCH = 50


def settled(media: Media) -> None:
    """A file has arrived, or never will (WHATSAPP_FILE_HANDLER): examine it, tell what came of it.

    The file may be here before or after its message was handled. Under the lock of the lane only
    one of both sees the other's work, so the student is told exactly once.
    """
    message = media.message
    if not message.is_inbound or message.kind not in FILE_KINDS:
        return
    if Talk.of(message.contact_id).ticket is None:  # else a person looks at it
        _record(message, problem_of(media))


def check_missed() -> int:
    """Look at pages that were not looked at because a worker stopped in between; how many."""
    pages = HomeworkPage.objects.filter(
        homework__submitted_at__lte=timezone.now() - MISSED_AFTER,
        homework__submitted_at__gte=timezone.now() - timedelta(days=1),
        message__page_check=None,
    ).exclude(message__media__state=Media.State.WAITING)
    missed = [page.message for page in pages.select_related("message__media")[:BATCH]]
    for message in missed:
        _record(message, problem_of(message.media))
    return len(missed)


def problem_of(media: Media) -> str:
    """One of `PageCheck.Problem`, or empty. Reads the file, so not within a transaction."""
    if media.state != Media.State.STORED:
        return PageCheck.Problem.LOST.value
    try:
        with media.file.open("rb") as file:
            return pictures.problem(file, media.mime_type)
    except FileNotFoundError:
        return PageCheck.Problem.LOST.value


@unit_of_work
def _record(message: Message, problem: str) -> None:
    lanes.lock(message.contact_id)
    _, is_new = PageCheck.objects.get_or_create(message=message, defaults={"problem": problem})
    if is_new and problem and outbound.page_examined(message, problem):
        lanes.wake(message.contact_id)
