"""How busy the support desk is, for a student who asks for a person now."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone, translation
from django.utils.formats import date_format

from conversations import catalogues, machine
from conversations.catalogues.catalogue import Catalogue
from conversations.step import OpenChat, ReopenChat, Step
from conversations.turn import Desk, Opening, Turn
from support import hours, services

STEP = 5  # minutes: nobody believes "about 7 minutes"


def advance(turn: Turn) -> Step:
    """`machine.advance`, which is asked again with the desk in the Turn if a chat is to begin.

    Thinking twice costs nothing; looking at the desk each time would cost queries.
    """
    step = machine.advance(turn)
    if any(isinstance(effect, OpenChat | ReopenChat) for effect in step.effects):
        return machine.advance(replace(turn, desk=look(catalogues.of(turn.language))))
    return step


def look(catalogue: Catalogue) -> Desk:
    """Two queries while the desk is shut, at most four while it is open."""
    now = timezone.localtime()
    week, holidays = services.opening_hours()
    if not hours.is_open(now, week, holidays):
        opens = hours.next_opening(now, week, holidays)
        return Desk(is_open=False, opens=_opening(opens, now, catalogue))
    ahead = services.how_many_wait()
    return Desk(ahead=ahead, wait=_minutes(services.expected_wait()) if ahead else None)


def _opening(moment: datetime | None, now: datetime, catalogue: Catalogue) -> Opening | None:
    if moment is None:
        return None
    days = (moment.date() - now.date()).days
    with translation.override(catalogue.code):
        day = date_format(moment, catalogue.terms.day)
    return Opening(days, day, f"{moment:%H:%M}")


def _minutes(wait: timedelta | None) -> int | None:
    return None if wait is None else max(1, ceil(wait / timedelta(minutes=STEP))) * STEP
