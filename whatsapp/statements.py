"""Plain SQL for what every message needs, and for nothing else: all else is asked through the ORM.

Django builds a statement anew each time it is used, which takes a worker three to six times as
long as sending it and reading the answer (docs/decisions/0042-plain-sql-for-every-message.md).

Parameters are named (`%(id)s`), and moments are given as aware datetimes.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import DatabaseError, connection
from django.db.models import BinaryField, Field, Model

from whatsapp import readers

AT_ONCE = 200  # rows of an INSERT, or fewer where the database takes fewer values

M = TypeVar("M", bound=Model)


def change(sql: str, **values: object) -> int:
    """Run an UPDATE; how many rows it found. 0: a compare-and-swap came too late."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _as_stored(values))
        return int(cursor.rowcount)


def rows(model: type[M], condition: str, **values: object) -> list[M]:
    """The rows of `model` that fit `condition`, the end of a SELECT ("WHERE …")."""
    table = model._meta.db_table  # noqa: SLF001
    return [found[table] for found in joined({table: model}, f"FROM {table} {condition}", **values)]


def joined(
    models: Mapping[str, type[Model]], source: str, **values: object
) -> list[dict[str, Any]]:
    """What a SELECT finds that ends with `source` ("FROM … LEFT JOIN … WHERE …").

    Each result has, for every name that `source` gives to a table, the row as one of `models`, or
    None where no row was joined.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{readers.selection(tuple(models.items()))} {source}", _as_stored(values))
        return [readers.taken_apart(found, models) for found in cursor.fetchall()]


def mapping(sql: str, keys: Collection[Any]) -> dict[Any, Any]:
    """The two columns that `sql` selects, as a dict; `keys` replace "{keys}" in it."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql.format(keys=", ".join(["%s"] * len(keys))), list(keys))
        return dict(cursor.fetchall())


def insert(row: Model) -> None:
    """Like `row.save(force_insert=True)` for an id given by the database, but without signals."""
    beginning, placeholders, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(f"{beginning} {placeholders}", _values(row, fields, is_new=True))
        row.pk = cursor.lastrowid
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001


def insert_all(rows: Sequence[Model]) -> None:
    """Like `bulk_create`, but the rows do not get their ids. At least one row, all of one model.

    Many rows take several statements: call this inside a transaction.
    """
    beginning, placeholders, fields = _insertion(type(rows[0]))
    size = min(AT_ONCE, connection.ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        values = [value for row in some for value in _values(row, fields, is_new=True)]
        with connection.cursor() as cursor:
            cursor.execute(f"{beginning} {', '.join([placeholders] * len(some))}", values)


def rewrite(row: Model) -> None:
    """As `row.save(force_update=True)`, without signals. Raises DatabaseError if it is gone."""
    statement, fields = _rewriting(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields, is_new=False), row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"{type(row).__name__} {row.pk} is gone.")


@cache
def _insertion(model: type[Model]) -> tuple[str, str, list[Field[Any, Any]]]:
    """For an INSERT without ids: the text up to VALUES, the placeholders of one row, its fields."""
    table, quoted, fields = _parts(model)
    names = ", ".join(quoted(field.column) for field in fields)
    placeholders = ", ".join(_placeholder(field) for field in fields)
    return f"INSERT INTO {table} ({names}) VALUES", f"({placeholders})", fields


@cache
def _rewriting(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    """For an UPDATE of a whole row: its text, and the fields whose values come before the key."""
    table, quoted, fields = _parts(model)
    changes = ", ".join(f"{quoted(field.column)} = {_placeholder(field)}" for field in fields)
    key = quoted(model._meta.pk.column)  # noqa: SLF001
    return f"UPDATE {table} SET {changes} WHERE {key} = %s", fields  # noqa: S608  # nosec B608


def _parts(model: type[Model]) -> tuple[str, Callable[[str], str], list[Field[Any, Any]]]:
    """The quoted table of `model`, how to quote its columns, and all its fields but the key."""
    quoted, options = connection.ops.quote_name, model._meta  # noqa: SLF001
    fields = [field for field in options.concrete_fields if not field.primary_key]
    return quoted(options.db_table), quoted, fields


def _values(row: Model, fields: list[Field[Any, Any]], *, is_new: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, is_new), connection) for field in fields]


def _placeholder(field: Field[Any, Any]) -> str:
    """MySQL must be told that bytes are no text, or it would try to decode them."""
    if not isinstance(field, BinaryField):
        return "%s"
    return connection.ops.binary_placeholder_sql(b"")  # type: ignore[arg-type]  # it takes any value


def _as_stored(values: dict[str, object]) -> dict[str, Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return {
        name: adapt(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
