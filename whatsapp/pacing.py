"""How fast is too fast: a bucket of messages, kept as the one moment until which it is spent.

Each message moves that moment on by `interval`; it may run ahead of the clock by what `burst`
messages cost (the generic cell rate algorithm of ATM networks).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """One message every `interval` in the long run, and `burst` of them at once."""

    interval: timedelta
    burst: int

    def free_at(self, spent_until: datetime | None, now: datetime) -> datetime:
        """When the next message may go; `now` if at once."""
        return max(now, self._believed(spent_until, now) - self.interval * (self.burst - 1))

    def spent(self, spent_until: datetime | None, now: datetime) -> datetime:
        """Until when the bucket is spent, once a message has gone at `now`."""
        return self._believed(spent_until, now) + self.interval

    def _believed(self, spent_until: datetime | None, now: datetime) -> datetime:
        """At most the burst can be spent: a value further ahead was written by a wrong clock."""
        return min(max(spent_until or now, now), now + self.interval * self.burst)

    def lent(self, spent_until: datetime | None, now: datetime) -> int:
        """How many messages have gone faster than the long run allows; parts count as one."""
        ahead = spent_until - now if spent_until else timedelta(0)
        return max(0, -(-ahead // self.interval))


# Meta: one message every 6 seconds to one person; up to 45 may go at once, and count as lent.
# We use 40 of these: read marks, and other systems on the same number, are not counted here.
TO_ONE_PERSON = Pace(timedelta(seconds=6), burst=40)
