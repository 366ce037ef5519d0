"""From receipts to messages: in batches, in order, one commit each.

One sorter works at a time (it holds the locks of the oldest receipts), so messages of one
contact are inserted in the order in which their webhooks were stored.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate

import structlog
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from whatsapp import incoming, lanes, statuses, templates
from whatsapp.guard import TakenByAnother, guarded
from whatsapp.models import Receipt
from whatsapp.nudges import nudge_sorting
from whatsapp.payload import InboundMessage, Notice, PayloadInvalid, StatusUpdate, parse
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

BATCH = 200  # receipts
BATCH_BYTES = 4 * 1024 * 1024  # MariaDB takes 16 MB at once, and a message fills several columns
ATTEMPTS = 6
LOCK_REFUSED = {1205, 3572}  # NOWAIT refused, on MariaDB and on MySQL


@dataclass(slots=True)
class Batch:
    """What some receipts say, and which of them could not be read in full."""

    messages: list[InboundMessage] = field(default_factory=list)
    statuses: list[StatusUpdate] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)


def sort_all() -> int:
    """Sort all that is due now; how many receipts, including those that another sorter took.

    What comes meanwhile has a nudge of its own: waiting for it here would mean sorting two or three
    at a time, without end. A batch that fails is done again receipt by receipt, so that one bad one
    stops nobody.
    """
    total, began = 0, timezone.now()
    try:
        while done := guarded(partial(_sort_oldest, began), lambda _traceback: _sort_singly(began)):
            total += done
    except TakenByAnother:
        log.debug("sorting_taken")
        nudge_sorting(at_once=False)  # whoever sorts now may not have seen what we were nudged for
    return total


@unit_of_work
def _sort_oldest(moment: datetime) -> int:
    due = _due(moment)
    ids = _next_batch(due)
    _sort(_lock(due.filter(pk__in=ids).order_by("id")))
    return len(ids)  # also if somebody sorted them meanwhile: more may be due behind them


def _next_batch(due: QuerySet[Receipt]) -> list[int]:
    """Ids of the oldest that are due, no more than one statement of the database may carry."""
    sizes = list(due.order_by("id").values_list("pk", Length("body"))[:BATCH])
    totals = accumulate(size for _, size in sizes)
    fitting = sum(total <= BATCH_BYTES for total in totals)
    return [pk for pk, _ in sizes[: max(fitting, 1)]]


def _sort_singly(moment: datetime) -> int:
    ids = _next_batch(_due(moment))
    for receipt_id in ids:
        guarded(partial(_sort_one, receipt_id), partial(_postpone, receipt_id))
    return len(ids)


@unit_of_work
def _sort_one(receipt_id: int) -> None:
    _sort(_lock(_due(timezone.now()).filter(pk=receipt_id)))


def _postpone(receipt_id: int, traceback: str) -> None:
    """Keep why it failed; try again later, and after the last try leave it to a person."""
    receipt = Receipt.objects.get(pk=receipt_id)
    receipt.attempts += 1
    receipt.error = traceback
    receipt.due_at = timezone.now() + timedelta(seconds=4**receipt.attempts)
    if receipt.attempts >= ATTEMPTS:
        receipt.state = Receipt.State.FAILED
    receipt.save(update_fields=["attempts", "error", "due_at", "state"])


def _due(moment: datetime) -> QuerySet[Receipt]:
    return Receipt.objects.filter(state=Receipt.State.UNSORTED, due_at__lte=moment)


def _lock(receipts: QuerySet[Receipt]) -> list[Receipt]:
    """Raises TakenByAnother if another worker holds one of them."""
    nowait = connection.features.has_select_for_update_nowait
    try:
        return list(receipts.select_for_update(nowait=nowait))
    except OperationalError as error:
        if error.args[0] in LOCK_REFUSED:
            raise TakenByAnother from error
        raise


def _sort(receipts: list[Receipt]) -> None:
    batch = _read(receipts)
    contact_ids = incoming.store(batch.messages)
    unblocked = statuses.apply(batch.statuses, timezone.now())
    templates.hear(batch.notices)
    _mark(receipts, batch.problems)
    lanes.wake_later(contact_ids, unblocked)


def _read(receipts: list[Receipt]) -> Batch:
    batch = Batch()
    for receipt in receipts:
        try:
            envelope = parse(bytes(receipt.body))
        except PayloadInvalid as error:
            batch.problems[receipt.pk] = str(error)
            continue
        batch.messages += envelope.messages
        batch.statuses += envelope.statuses
        batch.notices += envelope.notices
        for notice in envelope.notices:
            log.warning("account_notice", field=notice.field, receipt=receipt.pk)
        if envelope.broken:
            batch.problems[receipt.pk] = "\n".join(item.reason for item in envelope.broken)
    return batch


def _mark(receipts: list[Receipt], problems: dict[int, str]) -> None:
    """Sorted; those with unreadable items stay visible as failed, the rest of them was done."""
    good = [receipt.pk for receipt in receipts if receipt.pk not in problems]
    Receipt.objects.filter(pk__in=good).update(state=Receipt.State.SORTED, error="")
    bad = [receipt for receipt in receipts if receipt.pk in problems]
    for receipt in bad:
        receipt.state, receipt.error = Receipt.State.FAILED, problems[receipt.pk]
    Receipt.objects.bulk_update(bad, ["state", "error"])
