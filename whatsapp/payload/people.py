"""Who wrote: the ids on a message joined with the webhook's list of contacts."""

from collections.abc import Iterable
from dataclasses import replace

from whatsapp.payload.reading import line, listing, mapping, phone, user_id
from whatsapp.payload.values import Json, Sender


class People:
    """The contacts of one change, found by business-scoped user id, then by phone.

    Never by position: Meta does not promise one contact per message, nor their order.
    """

    def __init__(self, contacts: object) -> None:
        self._everyone = [_contact(item) for item in listing(contacts) if isinstance(item, dict)]
        self._by_user_id = {person.user_id: person for person in self._everyone if person.user_id}
        self._by_phone = {person.phone: person for person in self._everyone if person.phone}

    def find(self, ids: Sender) -> Sender:
        """Return `ids` completed with what the contacts know of the same person."""
        known = self._by_user_id.get(ids.user_id) or self._by_phone.get(ids.phone)
        if known is None and not (ids.phone or ids.user_id) and len(self._everyone) == 1:
            known = self._everyone[0]  # the only person there can be
        return ids if known is None else _completed(ids, known)


def sender_ids(message: Json) -> Sender:
    """Return the ids that stand on a message itself."""
    return Sender(
        phone=phone(message.get("from")),
        user_id=_first_user_id(message.get("from_user_id"), message.get("from")),
        parent_user_id=user_id(message.get("from_parent_user_id")),
    )


def recipient_ids(status: Json) -> Sender:
    """Return the ids of the person a status is about; in a group, of the participant."""
    if status.get("recipient_type") == "group":
        participant = status.get("recipient_participant_id")
        own_id = status.get("recipient_participant_user_id")
        return Sender(phone(participant), _first_user_id(own_id, participant))
    return Sender(
        phone=phone(status.get("recipient_id")),
        user_id=_first_user_id(status.get("recipient_user_id"), status.get("recipient_id")),
        parent_user_id=_first_user_id(
            status.get("recipient_parent_user_id"),
            status.get("parent_recipient_user_id"),  # its name until May 2026
        ),
    )


def _contact(item: object) -> Sender:
    contact = mapping(item)
    profile = mapping(contact.get("profile"))
    return Sender(
        phone=phone(contact.get("wa_id")),
        user_id=_first_user_id(contact.get("user_id"), contact.get("wa_id")),
        parent_user_id=user_id(contact.get("parent_user_id")),
        name=line(profile.get("name")),
        username=line(profile.get("username"), 64).removeprefix("@"),
    )


def _completed(ids: Sender, known: Sender) -> Sender:
    return replace(
        known,
        phone=ids.phone or known.phone,
        user_id=ids.user_id or known.user_id,
        parent_user_id=ids.parent_user_id or known.parent_user_id,
    )


def _first_user_id(*values: object) -> str:
    found: Iterable[str] = map(user_id, values)
    return next(filter(None, found), "")
