"""One item of `value.messages`."""

from dataclasses import replace

from whatsapp.payload.contents import Content, read_content
from whatsapp.payload.people import People, sender_ids
from whatsapp.payload.reading import errors, identifier, line, mapping, moment
from whatsapp.payload.values import Broken, InboundMessage, Json, Sender

LONGEST_WAMID = 512


def read_message(raw: object, people: People, phone_number_id: str) -> InboundMessage | Broken:
    """Return the message in `raw`; without an id and a sender nobody can do anything with it."""
    if not isinstance(raw, dict):
        return Broken("A message is not an object.", raw)
    message: Json = raw
    if not (wamid := identifier(message.get("id"), LONGEST_WAMID)):
        return Broken("A message has no usable id.", raw)
    content = read_content(message)
    sender = _sender(message, content, people)
    if not (sender.phone or sender.user_id):
        return Broken("A message has no sender.", raw)
    return _message(message, wamid, sender, content, phone_number_id)


def _sender(message: Json, content: Content, people: People) -> Sender:
    """The sender; of a change of ids, the person as known before it."""
    ids = sender_ids(message)
    if (change := content.identity_change) and not ids.user_id:
        ids = replace(ids, user_id=change.old_user_id)
    return people.find(ids)


def _message(
    message: Json, wamid: str, sender: Sender, content: Content, phone_number_id: str
) -> InboundMessage:
    context = mapping(message.get("context"))
    return InboundMessage(
        wamid=wamid,
        sender=sender,
        kind=content.kind,
        text=content.text,
        sent_at=moment(message.get("timestamp")),
        choice_id=content.choice_id,
        media=content.media,
        quoted_wamid=identifier(context.get("id"), LONGEST_WAMID),
        target_wamid=content.target_wamid,
        group_id=identifier(message.get("group_id")),
        forwarded=True in (context.get("forwarded"), context.get("frequently_forwarded")),
        identity_change=content.identity_change,
        contact_phone=content.contact_phone,
        errors=errors(message.get("errors")),
        type_name=line(message.get("type"), 64),
        phone_number_id=phone_number_id,
        raw=message,
    )
