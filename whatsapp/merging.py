"""Two contacts that turn out to be one person."""

import structlog
from django.db import transaction

from whatsapp import candidates, lanes
from whatsapp.hooks import resolve
from whatsapp.models import Contact, Identity, Message
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)


@unit_of_work
def merge_known(one: int, other: int) -> Contact:
    """Merge the contacts with these ids because a person says so; the older, which is kept.

    Raises Contact.DoesNotExist if one of them is gone already.
    """
    rows = Contact.objects.select_for_update().filter(pk__in=[one, other]).order_by("pk")
    contacts = list(rows)
    if len(contacts) != 2:
        raise Contact.DoesNotExist
    older, younger = contacts
    merge(keep=older, gone=younger)
    return older


@transaction.atomic
def merge(*, keep: Contact, gone: Contact) -> None:
    """Give everything of `gone` to `keep` and delete `gone`.

    The higher floors move what is theirs first (WHATSAPP_CONTACT_MERGER). Both are locked in
    the order of their ids. Who wrote last has the number and the id that are written to.
    """
    list(Contact.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk"))
    resolve("WHATSAPP_CONTACT_MERGER")(keep=keep, gone=gone)
    Message.objects.filter(contact=gone).update(contact=keep)
    Identity.objects.filter(contact=gone).update(contact=keep)
    candidates.move(keep=keep, gone=gone)
    first, second = (gone, keep) if _wrote_later(gone, keep) else (keep, gone)
    keep.name = keep.name or gone.name
    keep.username = keep.username or gone.username
    keep.phone = first.phone or second.phone
    keep.user_id = first.user_id or second.user_id
    keep.language = keep.language or gone.language
    keep.opted_out_at = keep.opted_out_at or gone.opted_out_at
    moments = [moment for moment in (keep.last_inbound_at, gone.last_inbound_at) if moment]
    keep.last_inbound_at = max(moments, default=None)
    changed = ["name", "username", "phone", "user_id", "last_inbound_at"]
    keep.save(update_fields=[*changed, "language", "opted_out_at"])
    lanes.wake(keep.pk)  # for what waited in the lane of `gone`
    log.info("contacts_merged", kept=keep.pk, gone=gone.pk)
    Contact.objects.filter(pk=gone.pk).delete()


def _wrote_later(one: Contact, other: Contact) -> bool:
    moment = one.last_inbound_at
    return moment is not None and (other.last_inbound_at is None or moment > other.last_inbound_at)
