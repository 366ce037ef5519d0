"""Everything of one contact, on all floors: whatever the database would delete along with it.

Found by following the foreign keys, so that a new table that points here is included at once.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db import router
from django.db.models import FileField, Model
from django.db.models.deletion import Collector
from django.db.models.fields.files import FieldFile

from whatsapp.models import Contact

Belongings = dict[type[Model], list[Model]]


def of(contact: Contact) -> Belongings:
    """The rows by their models, each sorted by key; the contact itself among them."""
    collector = Collector(using=router.db_for_write(Contact), origin=contact)
    collector.collect([contact])
    found: dict[type[Model], set[Model]] = defaultdict(set)
    for model, rows in collector.data.items():
        found[model].update(rows)
    for query in collector.fast_deletes:
        for row in query:
            found[type(row)].add(row)
    return {model: sorted(rows, key=_key) for model, rows in found.items() if rows}


def files(belongings: Belongings) -> Iterator[FieldFile]:
    """The stored files of these rows."""
    for model, rows in belongings.items():
        names = [field.attname for field in model._meta.concrete_fields if _is_file(field)]  # noqa: SLF001
        for row in rows:
            yield from (file for name in names if (file := getattr(row, name)))


def _is_file(field: object) -> bool:
    return isinstance(field, FileField)


def _key(row: Model) -> str:
    return f"{row.pk:>20}" if isinstance(row.pk, int) else str(row.pk)
