"""Contacts by phone number, or by id where the number is hidden."""

from django.db import IntegrityError
from django.http import Http404

from support import phones
from support.api.fields import CONTACT
from whatsapp.contacts import of_phone
from whatsapp.models import Contact
from whatsapp.transactions import unit_of_work


def find(person: str) -> Contact | None:
    """The contact with this phone (E.164), of several the one who wrote last; or `contact:12`."""
    known = Contact.objects.select_related("open_ticket")
    if by_id := CONTACT.fullmatch(person):
        return known.filter(pk=by_id[1]).first()
    return known.filter(phone=person).order_by("-last_inbound_at", "-id").first()


def at(written: str) -> Contact:
    """Whom the `{phone_number}` of an address means. Raises Http404."""
    try:
        person = written if CONTACT.fullmatch(written) else phones.normalise(written)
    except ValueError as error:
        raise Http404 from error
    if contact := find(person):
        return contact
    raise Http404


def make(phone: str, name: str) -> Contact:
    """A new contact, unless somebody else has made the same one a moment ago."""
    try:
        return unit_of_work(of_phone)(phone, name)
    except IntegrityError:
        if found := find(phone):
            return found
        raise
