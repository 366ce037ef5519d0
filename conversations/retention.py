"""The night's forgetting: who may still need a message is known up here."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from conversations.models import HomeworkPage
from conversations.models.homework import AnswerFile
from support.models import SupportMessage
from support.retention import forget_tickets
from whatsapp import retention
from whatsapp.guard import guarded
from whatsapp.models import Media, Message
from whatsapp.models.message import Status

log = structlog.get_logger(__name__)
UNDECIDED = (Status.WAITING, Status.QUEUED, Status.SENDING, Status.UNCERTAIN)


def sweep() -> dict[str, int]:
    """Forget whatever is older than it is kept; how many of each."""
    steps: dict[str, Callable[[], int]] = {
        "bodies": retention.forget_bodies,
        "receipts": retention.forget_receipts,
        "files": _forget_files,
        "homework_files": _forget_homework_files,
        "tickets": forget_tickets,
        "messages": _forget_messages,
    }
    counts = {name: guarded(step, partial(_failed, name)) for name, step in steps.items()}
    log.info("forgotten", **counts)
    return counts


def _failed(name: str, _traceback: str) -> int:
    log.error("not_forgotten", kind=name)
    return 0


def _forget_messages() -> int:
    """Those of no ticket and no homework that is still here, and not on their way."""
    before = retention.kept_since(settings.MESSAGES_KEPT)
    if before is None:
        return 0
    free = Message.objects.exclude(status__in=UNDECIDED).filter(
        ~Exists(SupportMessage.objects.filter(wire=OuterRef("pk"))),
        ~Exists(HomeworkPage.objects.filter(message=OuterRef("pk"))),
    )
    return sum(map(_delete_messages, retention.batches(free, "created_at", before)))


def _delete_messages(ids: list[int]) -> int:
    for media in Media.objects.filter(message__in=ids).exclude(file=""):
        retention.remove_file(media)
    return retention.delete(Message, ids)


def _forget_files() -> int:
    before = retention.kept_since(settings.FILES_KEPT)
    return retention.forget_files(_media(of_homework=False), before) if before else 0


def _forget_homework_files() -> int:
    """Students' pages and tutors' drawings and files."""
    before = retention.kept_since(settings.HOMEWORK_FILES_KEPT)
    if before is None:
        return 0
    pages = retention.forget_files(_media(of_homework=True), before)
    return pages + _forget_answer_files(before)


def _media(*, of_homework: bool) -> QuerySet[Media]:
    page = Exists(HomeworkPage.objects.filter(message=OuterRef("message")))
    return Media.objects.filter(page if of_homework else ~page)


def _forget_answer_files(before: datetime) -> int:
    count = 0
    for ids in retention.batches(AnswerFile.objects.all(), "answer__created_at", before):
        for answer_file in AnswerFile.objects.filter(pk__in=ids):
            answer_file.file.delete(save=False)
        count += retention.delete(AnswerFile, ids)
    return count
