"""Whom a command is about."""

from support import phones
from whatsapp.models import Contact, Identity
from whatsapp.text import whole_number


def find(named: str) -> Contact:
    """The contact of a phone number, or of `contact:ID`.

    Raises ValueError with a sentence that says what to do.
    """
    kind, _, key = named.partition(":")
    contact = _by_id(key) if kind == "contact" else _by_phone(named)
    if contact is None:
        raise ValueError(f"There is no contact {named}. Look it up in the admin, under Contacts.")
    return contact


def _by_id(key: str) -> Contact | None:
    return Contact.objects.filter(pk=whole_number(key)).first()


def _by_phone(written: str) -> Contact | None:
    phone = phones.normalise(written).removeprefix("+")
    digest = Identity.key(Identity.Kind.PHONE, phone)
    identity = Identity.objects.filter(digest=digest).select_related("contact").first()
    return identity.contact if identity else None
