"""What somebody who asks for a person should know: when the desk opens, how long it may take."""

from conversations.step import Say
from conversations.turn import Desk, Opening


def words(desk: Desk | None) -> tuple[Say, ...]:
    """Nothing when there is nothing to wait for."""
    if desk is None:
        return ()
    if not desk.is_open:
        return (_shut(desk.opens),)
    if not desk.ahead:
        return ()
    told = {"place": str(place(desk))}
    if desk.wait is None:
        return (Say("queue_place", told),)
    return (Say("queue_place_wait", {**told, "minutes": str(desk.wait)}),)


def place(desk: Desk | None) -> int:
    """The place in the queue that `words` tells; 0 if it tells none."""
    return desk.ahead + 1 if desk and desk.is_open and desk.ahead else 0


def _shut(opens: Opening | None) -> Say:
    if opens is None:
        return Say("desk_shut")
    if opens.days == 0:
        return Say("desk_opens_today", {"time": opens.time})
    if opens.days == 1:
        return Say("desk_opens_tomorrow", {"time": opens.time})
    return Say("desk_opens", {"day": opens.day, "time": opens.time})
