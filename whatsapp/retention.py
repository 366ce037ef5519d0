"""Old things are forgotten in small batches, oldest first, so that nobody waits for a lock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from whatsapp.models import Media, Receipt
from whatsapp.transactions import unit_of_work

BATCH = 200


def kept_since(age: timedelta) -> datetime | None:
    """The moment before which things are deleted; None if `age` is zero: they are kept for ever."""
    return timezone.now() - age if age else None


def batches(rows: QuerySet[Any], moment: str, before: datetime) -> Iterator[list[int]]:
    """Ids of the rows whose `moment` lies before `before`, at most BATCH at a time.

    Rows were created in the order of their ids, so this ends at the first page with a younger row.
    """
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", moment)[:BATCH]):
        yield [pk for pk, at in page if at < before]
        last, newest = page[-1]
        if newest >= before:
            return


def forget_bodies() -> int:
    """Empty the bodies of old sorted receipts; how many.

    The digest stays, so that the same body, sent again, still does nothing.
    """
    before = kept_since(settings.RECEIPT_BODIES_KEPT)
    if before is None:
        return 0
    rows = Receipt.objects.filter(state=Receipt.State.SORTED).exclude(body=b"")
    return sum(_empty(ids) for ids in batches(rows, "received_at", before))


def forget_receipts() -> int:
    """Delete old receipts whole, except those that still wait; how many."""
    before = kept_since(settings.RECEIPTS_KEPT)
    if before is None:
        return 0
    rows = Receipt.objects.exclude(state=Receipt.State.UNSORTED)
    return sum(delete(Receipt, ids) for ids in batches(rows, "received_at", before))


def forget_files(rows: QuerySet[Media], before: datetime) -> int:
    """Remove the files of `rows` whose messages are older; how many. The messages stay."""
    stored = rows.filter(state=Media.State.STORED)
    found = batches(stored, "message__created_at", before)
    return sum(remove_file(media) for ids in found for media in Media.objects.filter(pk__in=ids))


def remove_file(media: Media) -> bool:
    """Take the bytes away and say so in the message's place.

    The file goes first: a worker that dies in between does it again.
    """
    media.file.delete(save=False)
    gone = Media.objects.filter(pk=media.pk)
    return bool(
        gone.update(
            file="", name="", state=Media.State.FAILED, error="This file was deleted for its age."
        )
    )


@unit_of_work
def delete(model: type[Any], ids: list[int]) -> int:
    """Delete these rows and all that refers to them; how many rows of `model`."""
    rows = model.objects.filter(pk__in=ids)
    return int(rows.delete()[1].get(model._meta.label, 0))  # noqa: SLF001


@unit_of_work
def _empty(ids: list[int]) -> int:
    return Receipt.objects.filter(pk__in=ids).update(body=b"")
