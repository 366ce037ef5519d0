"""Saving many rows that changed since they were loaded, with few statements."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Model

FEW = 20  # kinds of change; more go into one UPDATE
BATCH = 200  # rows in that UPDATE: the database reads its whole CASE once for each row

M = TypeVar("M", bound=Model)


class Changes(Generic[M]):
    """Remembers `fields` of rows as the database has them, to find out later what changed."""

    def __init__(self, model: type[M], fields: Sequence[str]) -> None:
        self.model, self.fields = model, fields
        self.stored: dict[Any, dict[str, Any]] = {}

    def remember(self, row: M) -> None:
        """Note that the database has `row` as it is now."""
        self.stored[row.pk] = self._values(row)

    def save(self, rows: Iterable[M]) -> None:
        """One UPDATE for each kind of change; few, since Meta's times are whole seconds."""
        changed = [(row, kind) for row in rows if (kind := self._changed(row))]
        alike: dict[tuple[tuple[str, Any], ...], list[Any]] = {}
        for row, kind in changed:
            alike.setdefault(kind, []).append(row.pk)
        if len(alike) > FEW:
            self._save_each([row for row, _ in changed])
            return
        for kind, ids in alike.items():
            self.model._default_manager.filter(pk__in=ids).update(**dict(kind))  # noqa: SLF001

    def _save_each(self, rows: Collection[M]) -> None:
        objects = self.model._default_manager  # noqa: SLF001
        objects.bulk_update(rows, self.fields, batch_size=BATCH)

    def _changed(self, row: M) -> tuple[tuple[str, Any], ...]:
        before = self.stored[row.pk]
        return tuple(item for item in self._values(row).items() if item[1] != before[item[0]])

    def _values(self, row: M) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields}
