"""Few downloads at a time, so that slow ones leave workers for the talks.

The places are rows, claimed by compare-and-swap: that works with every broker and any number of
worker machines. A worker that dies keeps its place until the lease ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from whatsapp.models import DownloadSlot

LEASE = timedelta(minutes=5)


@dataclass(slots=True)
class Slot:
    number: int
    lease_until: datetime

    def renew(self) -> bool:
        """Another lease from now; False if the last one ran out and another worker is there."""
        until = timezone.now() + LEASE
        ours = DownloadSlot.objects.filter(number=self.number, lease_until=self.lease_until)
        if not ours.update(lease_until=until):
            return False
        self.lease_until = until
        return True


@contextmanager
def one() -> Iterator[Slot | None]:
    """A place among WHATSAPP_DOWNLOADS, given back at the end; None if all are taken."""
    slot = _take()
    try:
        yield slot
    finally:
        if slot:
            ours = DownloadSlot.objects.filter(number=slot.number, lease_until=slot.lease_until)
            ours.update(lease_until=None)


def _take() -> Slot | None:
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    for number in range(settings.WHATSAPP_DOWNLOADS):
        DownloadSlot.objects.get_or_create(number=number)
        if DownloadSlot.objects.filter(free, number=number).update(lease_until=now + LEASE):
            return Slot(number, now + LEASE)
    return None
