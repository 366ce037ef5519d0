"""Contacts by phone number, or by id where the number is hidden."""

from django.http import Http404

from support import people, phones
from support.api.fields import CONTACT
from whatsapp.models import Contact


def find(person: str) -> Contact | None:
    """The contact with this phone (E.164), of several the one who wrote last; or `contact:12`."""
    if by_id := CONTACT.fullmatch(person):
        return Contact.objects.select_related("open_ticket").filter(pk=by_id[1]).first()
    return people.known(person)


def at(written: str) -> Contact:
    """Whom the `{phone_number}` of an address means. Raises Http404."""
    try:
        person = written if CONTACT.fullmatch(written) else phones.normalise(written)
    except ValueError as error:
        raise Http404 from error
    if contact := find(person):
        return contact
    raise Http404
