"""Forgetting a person: every row, every file, and the bodies in which Meta told us of them.

Safe to repeat: the contact itself goes last, in one commit with all that hangs on it.
"""

from collections.abc import Iterable

import structlog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import BinaryField, Func, IntegerField, Model, QuerySet, Value
from django.db.models.expressions import F

from whatsapp import belongings, lanes
from whatsapp.belongings import Belongings
from whatsapp.hooks import resolve
from whatsapp.models import Contact, Identity, Receipt
from whatsapp.retention import BATCH
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)


def erase(contact_id: int) -> dict[str, int]:
    """Forget the contact; how many rows went, by name. Raises Contact.DoesNotExist.

    Whoever writes again afterwards is a new contact. Bodies that are not yet sorted are such a
    new message already, and stay.
    """
    contact = Contact.objects.get(pk=contact_id)
    empty_bodies(Receipt.objects.exclude(state=Receipt.State.UNSORTED), traces(contact))
    counts = _erase_rows(contact_id)
    log.info("contact_erased", contact=contact_id, rows=sum(counts.values()))
    return counts


def traces(contact: Contact) -> list[str]:
    """The ids by which others name this person."""
    ids = contact.identities.exclude(kind=Identity.Kind.PARENT).values_list("value", flat=True)
    found = {*ids, contact.phone.removeprefix("+"), contact.user_id}
    return sorted(trace for trace in found if trace)


def empty_bodies(rows: QuerySet[Model], traces: Iterable[str]) -> int:
    """Empty the `body` of those rows in which one of `traces` stands; how many.

    Their digests stay, so that the same body, sent again, brings nothing back.
    """
    count = 0
    for trace in traces:
        needle = Value(trace.encode(), output_field=BinaryField())
        place = Func(F("body"), needle, function="INSTR", output_field=IntegerField())
        ids = list(rows.alias(place=place).filter(place__gt=0).values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            count += rows.filter(pk__in=ids[start : start + BATCH]).update(body=b"")
    return count


@unit_of_work
def _erase_rows(contact_id: int) -> dict[str, int]:
    contact = lanes.lock(contact_id)
    theirs = belongings.of(contact)
    resolve("WHATSAPP_CONTACT_ERASER")(contact)
    _forget_acts(theirs)
    # Before the rows: were it after the commit, a crash would leave files that nobody knows of.
    for file in belongings.files(theirs):
        file.delete(save=False)
    _, counts = contact.delete()
    return counts


def _forget_acts(theirs: Belongings) -> None:
    """The admin's log keeps who did something and when, not to whom."""
    for model, rows in theirs.items():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        keys = [str(row.pk) for row in rows]
        for start in range(0, len(keys), BATCH):
            entries = LogEntry.objects.filter(
                content_type=kind, object_id__in=keys[start : start + BATCH]
            )
            entries.update(object_repr="(erased)", change_message="")
