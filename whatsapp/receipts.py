"""Storing webhook bodies as they came."""

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import BinaryField, Field, Model
from django.utils import timezone

from whatsapp.models import Receipt
from whatsapp.nudges import nudge_sorting
from whatsapp.transactions import is_lost


def store(body: bytes) -> bool:
    """Keep a webhook body of Meta's; False if it is here already. Raises like `store_once`.

    One statement, without first asking whether the connection still lives: if it does not, the
    INSERT finds out and is done once more, which its digest makes harmless.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return store_once(Receipt, body)
    except OperationalError as error:
        if not is_lost(error):
            raise
    connection.close()
    return store_once(Receipt, body)


def store_once(model: type[Model], body: bytes) -> bool:
    """Keep `body` in a row of `model`, which has it unique by `digest`. One INSERT.

    False if it is here already. Raises DatabaseError when it could not be stored. An
    IntegrityError counts as "already here" only after the row was found: other constraints
    raise it too.
    """
    rows, digest = model._default_manager, hashlib.sha256(body).hexdigest()  # noqa: SLF001
    try:
        with _savepoint():
            _insert(model(body=body, digest=digest))
    except IntegrityError:
        if not rows.filter(digest=digest).exists():
            raise
        return False
    return True


def _insert(row: Model) -> None:
    """As `row.save()`, but `row` learns no id, and the statement is not built anew each time.

    Building it took a third of the time in which a webhook is stored.
    """
    statement, fields = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    """The INSERT of a row of `model` without its id, and the fields that it takes."""
    table, quoted = model._meta, connection.ops.quote_name  # noqa: SLF001
    fields = [field for field in table.concrete_fields if not field.primary_key]
    names = ", ".join(quoted(field.column) for field in fields)
    marks = ", ".join(_mark(field) for field in fields)
    insert = f"INSERT INTO {quoted(table.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  # nosec B608
    return insert, fields


def _mark(field: Field[Any, Any]) -> str:
    """MySQL is told that bytes are no text, which it would try to read."""
    if not isinstance(field, BinaryField):
        return "%s"
    return connection.ops.binary_placeholder_sql(b"")  # type: ignore[arg-type]  # it takes any value


def _savepoint() -> AbstractContextManager[object]:
    """Inside somebody's transaction, which a refused INSERT would spoil; else nothing."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def sort_again(receipts: Iterable[Receipt]) -> int:
    """Have failed receipts sorted once more, with all their tries; how many.

    What they brought already is not brought twice.
    """
    failed = Receipt.objects.filter(
        pk__in=[receipt.pk for receipt in receipts], state=Receipt.State.FAILED
    )
    count = failed.update(state=Receipt.State.UNSORTED, attempts=0, due_at=timezone.now())
    transaction.on_commit(nudge_sorting)
    return count
