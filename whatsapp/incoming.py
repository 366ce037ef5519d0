"""Inbound messages become rows: each once, with its contact, its file, what it answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from whatsapp import news
from whatsapp.contacts import AddressBook
from whatsapp.models import Media, Message
from whatsapp.models.fields import digest
from whatsapp.models.message import Author, Direction, Status
from whatsapp.news import News
from whatsapp.nudges import nudge_media_later
from whatsapp.payload import InboundMessage, Sender

BATCH = 200  # messages in one UPDATE: the database reads its whole CASE once for each row


def store(items: Sequence[InboundMessage]) -> set[int]:
    """Insert what is new among `items`; ids of the contacts whose lanes now have work.

    The digest of the wamid is the guard against doing anything twice. For other numbers of the
    account there is nothing to do here. A constant number of statements, except for new people.
    """
    new = _unknown(item for item in items if _is_ours(item))
    if not new:
        return set()
    book = AddressBook(sender for item in new.values() for sender in _people(item))
    now = timezone.now()
    rows = [_row(item, book, now) for item in new.values()]
    for row in rows:
        row.contact = book.survivor(row.contact)  # merged by a later item, perhaps
    _link_replies(rows, list(new.values()))
    book.save()
    rows = _inserted(rows)
    _link_within(rows, list(new.values()))
    news.tell([(News.RECEIVED, row) for row in rows])
    _store_media(new)
    return {row.contact_id for row in rows if row.status == Status.WAITING}


def _inserted(rows: list[Message]) -> list[Message]:
    """The rows with their ids, which MySQL does not give back for many at once."""
    Message.objects.bulk_create(rows)
    if rows[0].pk is None:
        stored = Message.objects.filter(wamid_digest__in=[row.wamid_digest for row in rows])
        ids = dict(stored.values_list("wamid_digest", "pk"))
        for row in rows:
            row.pk = ids[row.wamid_digest]
    return rows


def _is_ours(item: InboundMessage) -> bool:
    return item.phone_number_id in ("", settings.WHATSAPP_PHONE_NUMBER_ID)


def _people(item: InboundMessage) -> list[Sender]:
    """Everybody whose ids stand in `item`: who wrote it, and whose the new ids may be."""
    change = item.identity_change
    shared = [Sender(phone=item.contact_phone)] if item.contact_phone else []
    return [item.sender, *shared, *([change.old, change.new] if change else [])]


def _unknown(items: Iterable[InboundMessage]) -> dict[str, InboundMessage]:
    by_digest: dict[str, InboundMessage] = {}
    for item in items:
        by_digest.setdefault(digest(item.wamid), item)
    known = Message.objects.filter(wamid_digest__in=by_digest)
    for seen in known.values_list("wamid_digest", flat=True):
        by_digest.pop(str(seen))
    return by_digest


def _row(item: InboundMessage, book: AddressBook, now: datetime) -> Message:
    contact = book.contact_of(item.sender)
    if item.identity_change:
        book.change_identity(contact, item.identity_change)
    if item.contact_phone:
        book.learn_number(contact, item.contact_phone)
    sent_at = min(item.sent_at or now, now)  # a wrong clock must not keep the window open
    is_private = not item.group_id
    if is_private:
        book.touch(contact, sent_at if item.opens_window else None)
    return Message(
        contact=contact,
        direction=Direction.INBOUND,
        author=Author.CONTACT,
        kind=item.kind.value,
        text=item.text,
        choice_id=item.choice_id[:256],
        payload=item.raw,
        wamid=item.wamid,
        wamid_digest=digest(item.wamid),
        # What people say in groups is kept, but is not meant for the bot.
        status=Status.WAITING if is_private else Status.HANDLED,
        occurred_at=sent_at,
        created_at=now,
    )


def _link_replies(rows: list[Message], items: list[InboundMessage]) -> None:
    """Point each row at the stored message that it quotes or reacts to, if it is known."""
    targets = _targets(items)
    if not any(targets):
        return
    known = dict(
        Message.objects.filter(wamid_digest__in=set(targets) - {""}).values_list(
            "wamid_digest", "pk"
        )
    )
    for row, target in zip(rows, targets, strict=True):
        row.reply_to_id = known.get(target)


def _link_within(rows: list[Message], items: list[InboundMessage]) -> None:
    """What quotes or reacts to a message of the same batch: that one has its id only now."""
    own = {row.wamid_digest for row in rows}
    late = {
        str(row.wamid_digest): target
        for row, target in zip(rows, _targets(items), strict=True)
        if target != row.wamid_digest and target in own and row.reply_to_id is None
    }
    if not late:
        return
    stored = Message.objects.in_bulk(list({*late, *late.values()}), field_name="wamid_digest")
    for key, target in late.items():
        stored[key].reply_to = stored[target]
    Message.objects.bulk_update([stored[key] for key in late], ["reply_to"], batch_size=BATCH)


def _targets(items: list[InboundMessage]) -> list[str]:
    """The digest of what each quotes or reacts to; empty if nothing."""
    wamids = [item.quoted_wamid or item.target_wamid for item in items]
    return [digest(wamid) if wamid else "" for wamid in wamids]


def _store_media(new: dict[str, InboundMessage]) -> None:
    with_files = {key: item.media for key, item in new.items() if item.media}
    if not with_files:
        return
    ids = Message.objects.filter(wamid_digest__in=with_files).values_list("wamid_digest", "pk")
    files = [
        Media(
            message_id=pk,
            name=media.filename[:255],
            mime_type=media.mime_type[:100],
            voice=media.voice,
            sha256=media.sha256[:64],
            remote_id=media.media_id[:128],
        )
        for key, pk in ids
        if (media := with_files[str(key)])
    ]
    Media.objects.bulk_create(files)
    nudge_media_later()
