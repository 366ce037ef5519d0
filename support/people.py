"""Contacts by phone number, for whoever has a number and no message: found, or made."""

from django.db import IntegrityError

from whatsapp.contacts import of_phone
from whatsapp.models import Contact
from whatsapp.transactions import unit_of_work


def known(phone: str) -> Contact | None:
    """The contact with this phone (E.164), of several the one who wrote last."""
    contacts = Contact.objects.select_related("open_ticket").filter(phone=phone)
    return contacts.order_by("-last_inbound_at", "-id").first()


def make(phone: str, name: str) -> Contact:
    """A new contact, unless somebody else has made the same one a moment ago."""
    try:
        return unit_of_work(of_phone)(phone, name)
    except IntegrityError:
        if found := known(phone):
            return found
        raise
