"""How rows of models are read from plain SELECTs (`whatsapp.statements`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


@cache
def selection(models: tuple[tuple[str, type[Model]], ...]) -> str:
    """The beginning of a SELECT: all columns of `models` that this release knows of.

    Each model comes with the name of its table in the rest of the statement.
    """
    quoted = connection.ops.quote_name
    columns = [
        f"{name}.{quoted(field.column)}"
        for name, model in models
        for field in _reader(model).fields
    ]
    return f"SELECT {', '.join(columns)}"


def taken_apart(found: Sequence[Any], models: Mapping[str, type[Model]]) -> dict[str, Any]:
    """One result of such a SELECT as rows of `models`; None where the key is null."""
    parts, start = {}, 0
    for name, model in models.items():
        reader = _reader(model)
        end = start + len(reader.fields)
        parts[name] = reader.read(found[start:end])
        start = end
    return parts


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes an instance of `model` from the values that the database has for its `fields`."""

    model: type[Model]
    fields: list[Field[Any, Any]]
    key: int  # the place of the primary key among the fields
    converters: list[tuple[int, Any, list[Callable[..., Any]]]]

    def read(self, found: Sequence[Any]) -> Model | None:
        if found[self.key] is None:
            return None
        values = list(found)
        for place, column, converters in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return self.model.from_db(connection.alias, [], values)


@cache
def _reader(model: type[Model]) -> _Reader:
    """Shared by all threads: conversion depends on the kind of database, not on the connection."""
    fields = list(model._meta.concrete_fields)  # noqa: SLF001
    converters = []
    for place, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)  # noqa: SLF001
        of_database = connection.ops.get_db_converters(column)
        of_field = field.get_db_converters(connection)  # type: ignore[attr-defined]  # every Field has it
        if found := of_database + of_field:
            converters.append((place, column, found))
    return _Reader(model, fields, fields.index(model._meta.pk), converters)  # noqa: SLF001
