"""Plain SQL for what every message needs, and for nothing else: all else is asked through the ORM.

Django builds a statement anew each time it is used, which takes a worker three to six times as
long as sending it and reading the answer (docs/decisions/0042-plain-sql-for-every-message.md).

Parameters are named (`%(id)s`), and moments are given as aware datetimes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import DatabaseError, connection
from django.db.models import BinaryField, Field, Model

M = TypeVar("M", bound=Model)


def change(sql: str, **values: object) -> int:
    """Run an UPDATE; how many rows it found: whether a compare-and-swap was in time."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _as_stored(values))
        return int(cursor.rowcount)


def rows(model: type[M], condition: str, **values: object) -> list[M]:
    """The rows of `model` that a SELECT finds which goes on with `condition` ("WHERE …")."""
    sql = f"{_selection(model)} {condition}"
    return list(model._default_manager.raw(sql, _as_stored(values)))  # noqa: SLF001


def insert(row: Model) -> None:
    """As `row.save(force_insert=True)` where the database counts the ids, without signals."""
    statement, fields = _insertion(type(row))
    values = [_prepared(field, row, add=True) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.lastrowid
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001


def rewrite(row: Model) -> None:
    """As `row.save(force_update=True)`, without signals. Raises DatabaseError if it is gone."""
    statement, fields = _rewriting(type(row))
    values = [_prepared(field, row, add=False) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"{type(row).__name__} {row.pk} is gone.")


@cache
def _selection(model: type[Model]) -> str:
    """The SELECT of all columns that this release knows of, up to its condition."""
    table, quoted, fields = _parts(model)
    key = quoted(model._meta.pk.column)  # noqa: SLF001
    columns = ", ".join([key, *(quoted(field.column) for field in fields)])
    return f"SELECT {columns} FROM {table}"  # noqa: S608  # nosec B608


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
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
