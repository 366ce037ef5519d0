"""Plain SQL for what every message needs.

Django builds a statement anew each time it is used, which takes a worker three to six times as
long as sending it and reading the answer; for these few that was a quarter of what a reply costs
(docs/decisions/0042-plain-sql-for-every-message.md). Everything else is asked through the ORM.

Parameters are named (`%(id)s`), and moments are given as aware datetimes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BinaryField, Field, Model

M = TypeVar("M", bound=Model)


def change(sql: str, **values: object) -> int:
    """Run an UPDATE; how many rows it found: whether a compare-and-swap was in time."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _as_stored(values))
        return int(cursor.rowcount)


def rows(model: type[M], sql: str, **values: object) -> list[M]:
    """Run a SELECT of all columns of `model`; what it found."""
    return list(model._default_manager.raw(sql, _as_stored(values)))  # noqa: SLF001


def insert(row: Model) -> None:
    """As `row.save(force_insert=True)`, without signals."""
    statement, fields = insertion(type(row))
    values = [_prepared(field, row, add=True) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.lastrowid
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001


def update(row: Model) -> None:
    """As `row.save(force_update=True)`, without signals, and no matter whether the row is there."""
    statement, fields = _rewriting(type(row))
    values = [_prepared(field, row, add=False) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])


@cache
def insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    """The INSERT of a row of `model` without its id, and the fields that it takes."""
    table, quoted, fields = _parts(model)
    names = ", ".join(quoted(field.column) for field in fields)
    marks = ", ".join(_mark(field) for field in fields)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", fields  # noqa: S608  # nosec B608


@cache
def _rewriting(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    """The UPDATE of a whole row of `model`, and the fields that it takes before the row's key."""
    table, quoted, fields = _parts(model)
    changes = ", ".join(f"{quoted(field.column)} = {_mark(field)}" for field in fields)
    key = quoted(model._meta.pk.column)  # noqa: SLF001
    return f"UPDATE {table} SET {changes} WHERE {key} = %s", fields  # noqa: S608  # nosec B608


def _parts(model: type[Model]) -> tuple[str, Callable[[str], str], list[Field[Any, Any]]]:
    """The quoted table of `model`, how to quote its columns, and all its fields but the key."""
    quoted, options = connection.ops.quote_name, model._meta  # noqa: SLF001
    fields = [field for field in options.concrete_fields if not field.primary_key]
    return quoted(options.db_table), quoted, fields


def _prepared(field: Field[Any, Any], row: Model, *, add: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add), connection)


def _mark(field: Field[Any, Any]) -> str:
    """MySQL is told that bytes are no text, which it would try to read."""
    if not isinstance(field, BinaryField):
        return "%s"
    return connection.ops.binary_placeholder_sql(b"")  # type: ignore[arg-type]  # it takes any value


def _as_stored(values: dict[str, object]) -> dict[str, Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return {
        name: adapt(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
