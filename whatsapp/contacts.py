"""Whose message is this? Contacts found, or made, by any id that Meta gives."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.utils import timezone

from whatsapp import candidates, merging
from whatsapp.changes import Changes
from whatsapp.models import Contact, Identity, MergeCandidate
from whatsapp.payload import IdentityChange, Sender

log = structlog.get_logger(__name__)

Key = tuple[str, str]
NAME_LIMIT = 255
LEARNT = ["name", "username", "phone", "user_id", "last_inbound_at"]


def keys_of(sender: Sender) -> list[Key]:
    """The ids in `sender`, the surest first: the business-scoped id outlives a hidden number."""
    ids = [
        (Identity.Kind.USER_ID.value, sender.user_id),
        (Identity.Kind.PHONE.value, sender.phone),
        (Identity.Kind.PARENT.value, sender.parent_user_id),
    ]
    return [(kind, value) for kind, value in ids if value]


def of_phone(phone: str, name: str = "") -> Contact:
    """The contact with this phone (E.164 with `+`), made if need be: someone we write to first."""
    sender = Sender(phone=phone.removeprefix("+"), name=name)
    book = AddressBook([sender])
    contact = book.contact_of(sender)
    book.save()
    return contact


class AddressBook:
    """The contacts of one batch of senders, with one query for all ids known already."""

    def __init__(self, senders: Iterable[Sender]) -> None:
        digests = {Identity.key(*key) for sender in senders for key in keys_of(sender)}
        identities = Identity.objects.filter(digest__in=digests).select_related("contact")
        self.identities: dict[Key, Identity] = {(i.kind, i.value): i for i in identities}
        self.contacts: dict[int, Contact] = {}
        self.changes = Changes(Contact, LEARNT)
        self.merged: dict[int, Contact] = {}
        self.seen: set[int] = set()
        self.due: set[int] = set()

    def contact_of(self, sender: Sender) -> Contact:
        """Who `sender` is; two contacts that turn out to be one are merged, the older kept.

        Who had the number before is kept apart: a person decides whether it is the same one.
        """
        previous: list[Contact] = []
        found: dict[int, Contact] = {}
        for key in keys_of(sender):
            identity = self.identities.get(key)
            if identity is None or identity.retired_at:
                continue
            owner = self._shared(identity.contact)
            if owner.pk not in found and _has_passed_on(identity, owner, sender):
                self._retire(identity, owner)
                previous.append(owner)
            else:
                found[owner.pk] = owner
                self.seen.add(identity.pk)
        contact = self._merged(list(found.values())) if found else self._made(sender)
        self._learn(contact, sender)
        for owner in previous:
            _may_be_one(contact, self.survivor(owner).pk, MergeCandidate.Reason.NUMBER_PASSED_ON)
        return contact

    def touch(self, contact: Contact, wrote_at: datetime | None) -> None:
        """`contact` has work; `wrote_at`, if any, is when a message opened the 24-hour window."""
        self.due.add(contact.pk)
        if wrote_at and (contact.last_inbound_at is None or wrote_at > contact.last_inbound_at):
            contact.last_inbound_at = wrote_at

    def change_identity(self, contact: Contact, change: IdentityChange) -> None:
        """Retire the old number and id, so that whoever gets them next is somebody else.

        New ones that belong to somebody known are not taken over: a person decides.
        """
        for identity in self._active(change.old):
            if identity.contact_id == contact.pk:
                self._retire(identity, contact)
        self._take_over(contact, change.new)

    def learn_number(self, contact: Contact, phone: str) -> None:
        """Link the number (digits) that `contact` shared because we asked for it.

        One that belongs to somebody known is not taken over: a person decides.
        """
        self._take_over(contact, Sender(phone=phone))

    def survivor(self, contact: Contact) -> Contact:
        """`contact`, or the one that it was merged into."""
        while contact.pk in self.merged:
            contact = self.merged[contact.pk]
        return contact

    def save(self) -> None:
        """Write what was learnt about everyone met, in few statements."""
        self.changes.save(self.contacts.values())
        Contact.objects.filter(pk__in=self.due).update(due_at=timezone.now())
        Identity.objects.filter(pk__in=self.seen).update(last_seen_at=timezone.now())

    def _take_over(self, contact: Contact, ids: Sender) -> None:
        others = {i.contact_id for i in self._active(ids)} - {contact.pk}
        if not others:
            self._learn(contact, ids)
        for other in sorted(others):
            _may_be_one(contact, other, MergeCandidate.Reason.NUMBER_TAKEN)

    def _active(self, sender: Sender) -> list[Identity]:
        known = [self.identities.get(key) for key in keys_of(sender)]
        return [identity for identity in known if identity and not identity.retired_at]

    def _shared(self, contact: Contact) -> Contact:
        """The same object for the same contact, however many identities lead to it."""
        if contact.pk not in self.contacts:
            self.contacts[contact.pk] = contact
            self.changes.remember(contact)
        return self.contacts[contact.pk]

    def _made(self, sender: Sender) -> Contact:
        made = Contact()
        _name(made, sender)
        made.save()
        return self._shared(made)

    def _merged(self, found: list[Contact]) -> Contact:
        older, *others = sorted(found, key=lambda contact: contact.pk)
        for other in others:
            self.contacts.pop(other.pk)
            self.merged[other.pk] = older
            self.due.discard(other.pk)
            merging.merge(keep=older, gone=other)
            self.changes.remember(older)
            for identity in self.identities.values():
                if identity.contact_id == other.pk:
                    identity.contact = older
        return older

    def _learn(self, contact: Contact, sender: Sender) -> None:
        _name(contact, sender)
        for key in keys_of(sender):
            identity = self.identities.get(key)
            if identity is None or identity.retired_at:
                self.identities[key] = self._assign(key, contact, identity)

    def _assign(self, key: Key, contact: Contact, retired: Identity | None) -> Identity:
        identity = retired or Identity(kind=key[0], value=key[1])
        identity.contact, identity.retired_at = contact, None
        identity.save()
        return identity

    def _retire(self, identity: Identity, owner: Contact) -> None:
        """This id finds nobody any more, and nothing is sent to it."""
        identity.retired_at = timezone.now()
        identity.save(update_fields=["retired_at"])
        if owner.phone == f"+{identity.value}":
            owner.phone = ""
        if owner.user_id == identity.value:
            owner.user_id = ""


def _name(contact: Contact, sender: Sender) -> None:
    contact.name = sender.name[:NAME_LIMIT] or contact.name
    contact.username = sender.username[:64] or contact.username
    contact.phone = f"+{sender.phone}" if sender.phone else contact.phone
    contact.user_id = sender.user_id or contact.user_id


def _may_be_one(contact: Contact, other: int, reason: MergeCandidate.Reason) -> None:
    if contact.pk != other:
        log.warning("contacts_contradict", contact=contact.pk, other=other, reason=reason.value)
        candidates.record(contact.pk, other, reason)


def _has_passed_on(identity: Identity, owner: Contact, sender: Sender) -> bool:
    """Whether `owner`'s number has been given to a new person, `sender`.

    The business-scoped id stays the same as long as the number does. With another id it is
    somebody else's number now, who must not see what the last one wrote.
    """
    ids = {owner.user_id, sender.user_id}
    return identity.kind == Identity.Kind.PHONE and "" not in ids and len(ids) > 1
