"""Storing webhook bodies as they came."""

import hashlib
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from whatsapp import statements
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
            statements.insert(model(body=body, digest=digest))
    except IntegrityError:
        if not rows.filter(digest=digest).exists():
            raise
        return False
    return True


def _savepoint() -> AbstractContextManager[object]:
    """Inside somebody's transaction, which a refused INSERT would spoil; else nothing."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def sort_again(receipts: Iterable[Receipt]) -> int:
    """Have failed receipts sorted once more, as if they had never been tried; how many.

    The messages that they have brought already are not stored twice.
    """
    failed = Receipt.objects.filter(
        pk__in=[receipt.pk for receipt in receipts], state=Receipt.State.FAILED
    )
    count = failed.update(state=Receipt.State.UNSORTED, attempts=0, due_at=timezone.now())
    transaction.on_commit(nudge_sorting)
    return count
