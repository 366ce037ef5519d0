"""Queueing messages: rows in the caller's transaction; a worker sends them in the lane's order."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db.models import F, QuerySet
from django.utils import timezone

from whatsapp import lanes, news, sound, statements
from whatsapp.kinds import Kind
from whatsapp.models import Contact, Media, Message
from whatsapp.models.message import Author, Direction, Status
from whatsapp.news import News
from whatsapp.outgoing import ApprovedTemplate, Outgoing
from whatsapp.outgoing import Media as MediaMessage
from whatsapp.outgoing.parts import in_parts
from whatsapp.transactions import unit_of_work

NOT_YET_UPLOADED = "not-yet-uploaded"


def queue(
    contact: Contact,
    outgoing: Outgoing,
    *,
    author: Author,
    reply_to: Message | None = None,
    reason: dict[str, Any] | None = None,
    after: timedelta | None = None,
) -> list[Message]:
    """Queue `outgoing`, in several parts if it is too long for one; the rows in their order.

    `reason` says why the bot said it. With `after` it leaves that much later, and until then
    `withdraw` takes it back. Raises MessageInvalid if Meta would refuse it. The caller wakes the
    lane, unless it runs in it.
    """
    due_at = timezone.now() + after if after else None
    return [
        _queue_part(contact, part, author, reply_to if number == 0 else None, reason, due_at)
        for number, part in enumerate(in_parts(outgoing))
    ]


def withdraw(contact: Contact) -> bool:
    """Take back what the bot queued to leave later and has not left. The caller holds the lane."""
    later = Message.objects.filter(
        contact=contact,
        direction=Direction.OUTBOUND,
        author=Author.BOT,
        status=Status.QUEUED,
        attempts=0,
        due_at__isnull=False,
    )
    return bool(later.update(status=Status.CANCELLED, due_at=None))


def queue_template(
    contact: Contact,
    template: ApprovedTemplate,
    values: Mapping[str, str],
    *,
    author: Author,
    file: File[bytes] | None = None,
    mime_type: str = "",
    taps: Sequence[str] = (),
    reason: dict[str, Any] | None = None,
) -> Message:
    """Queue a template, filled in; it leaves also outside the 24-hour window.

    `file` is what its header shows (of `mime_type`), `taps` as in `ApprovedTemplate.filled`.
    Raises MessageInvalid if Meta would refuse it.
    """
    header = None
    if file is not None:
        kind = template.file_kind or Kind.DOCUMENT
        name = (file.name or "") if kind is Kind.DOCUMENT else ""
        header = MediaMessage(kind, media_id=NOT_YET_UPLOADED, filename=name)
    filled = template.filled(values, header, taps)
    message = _queue_part(contact, filled, author, reason=reason)
    if file is not None:
        _attach(message, file, mime_type)
    return message


def take_back(message_ids: list[int]) -> bool:
    """Take back these messages if none of them has left; else none. The caller holds the lane."""
    untouched = Message.objects.filter(
        pk__in=message_ids, direction=Direction.OUTBOUND, status=Status.QUEUED, attempts=0
    )
    if not message_ids or untouched.count() != len(message_ids):
        return False
    return bool(untouched.update(status=Status.CANCELLED, due_at=None))


def queue_file(
    contact: Contact,
    kind: Kind,
    file: File[bytes],
    *,
    mime_type: str,
    caption: str,
    author: Author,
    reply_to: Message | None = None,
    after: timedelta | None = None,
) -> Message:
    """Queue a file; it is uploaded to Meta right before it is sent (`whatsapp.uploads`).

    Sound that can be a voice note goes out as one. With `after` it leaves that much later. Raises
    MessageInvalid if Meta would refuse the caption or the kind.
    """
    name = (file.name or "") if kind is Kind.DOCUMENT else ""
    voice = kind is Kind.AUDIO and sound.is_voice_note(_beginning(file))
    outgoing = MediaMessage(
        kind, media_id=NOT_YET_UPLOADED, caption=caption, filename=name, voice=voice
    )
    due_at = timezone.now() + after if after else None
    message = _queue_part(contact, outgoing, author, reply_to, due_at=due_at)
    _attach(message, file, mime_type, voice=voice)
    return message


@unit_of_work
def send_again(message: Message) -> bool:
    """Queue a message that failed, expired or stayed unconfirmed once more, as the same row.

    False if it is none of these (somebody was quicker), or if the 24-hour window is shut.
    """
    contact = lanes.lock(message.contact_id)
    if message.kind != Kind.TEMPLATE and not contact.window_is_open():
        return False
    if not (_requeue_failed(message) or _requeue_unconfirmed(message)):
        return False
    Media.objects.filter(message=message).update(remote_id="")  # an upload lasts 30 days only
    lanes.wake(contact.pk)
    return True


def settle(message: Message) -> bool:
    """A person knows that an unconfirmed message arrived. False if it is not unconfirmed."""
    settled = _unconfirmed(message).update(status=Status.SENT, error_code=None, error="")
    if settled:
        news.tell_of(News.SENT, message.pk)
        news.tell_of(News.STATUS, message.pk)
    return bool(settled)


def _requeue_failed(message: Message) -> bool:
    """With a new id of ours, so that late news of the first try cannot touch the second."""
    failed = Message.objects.filter(
        pk=message.pk,
        direction=Direction.OUTBOUND,
        status__in=[Status.FAILED, Status.EXPIRED],
    )
    return bool(
        failed.update(
            status=Status.QUEUED,
            callback_id=uuid.uuid4(),
            wamid="",
            wamid_digest=None,
            accepted_at=None,
            sent_at=None,
            failed_at=None,
            **_FRESH,
        )
    )


def _requeue_unconfirmed(message: Message) -> bool:
    """With the same id: proof that the first try arrived still keeps the second from going."""
    return bool(_unconfirmed(message).update(status=Status.QUEUED, **_FRESH))


_FRESH: dict[str, Any] = {
    "due_at": None,
    "refusals": 0,
    "resends": F("resends") + 1,
    "error_code": None,
    "error": "",
}


def _unconfirmed(message: Message) -> QuerySet[Message]:
    """The message, if it waits for a person's word: no status webhook settled it in time."""
    return Message.objects.filter(pk=message.pk, status=Status.UNCERTAIN, due_at__isnull=True)


def _beginning(file: File[bytes]) -> bytes:
    file.seek(0)
    beginning: bytes = file.read(sound.BEGINNING)
    file.seek(0)
    return beginning


def _attach(message: Message, file: File[bytes], mime_type: str, *, voice: bool = False) -> None:
    Media.objects.create(
        message=message,
        state=Media.State.STORED,
        file=file,
        name=(file.name or "")[:255],
        mime_type=mime_type,
        size=file.size,
        voice=voice,
    )


def _queue_part(
    contact: Contact,
    part: Outgoing,
    author: Author,
    reply_to: Message | None = None,
    reason: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> Message:
    payload = part.wire()
    if reply_to is not None and reply_to.wamid and part.kind is not Kind.REACTION:
        payload["context"] = {"message_id": reply_to.wamid}
    message = Message(
        contact=contact,
        direction=Direction.OUTBOUND,
        author=author,
        kind=part.kind.value,
        text=part.text,
        payload=payload,
        reply_to=reply_to,
        reason=reason,
        status=Status.QUEUED,
        due_at=due_at,
    )
    statements.insert(message)
    return message
