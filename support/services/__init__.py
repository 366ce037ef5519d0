"""Everything that can happen to a ticket. Bot, admin and API act through these functions only.

Each takes the acting person, runs as one unit of work, locks the lane first (so that it happens
either before or after whatever the student does at the same moment), keeps the ticket's history,
and wakes the lane if something is to be sent. (`mark_seen` only counts down: it locks nothing and
leaves no trace.)
"""

from support.events import record as tell
from support.services.actor import BOT, STUDENT, Actor, name_of
from support.services.answering import note, reply, reply_with_file, reply_with_template
from support.services.changing import assign, set_category, set_priority, set_status
from support.services.delivering import confirm_arrival, send_again
from support.services.ending import comment, end, end_by_bot, end_by_student, rate, reopen
from support.services.errors import REFUSALS, AlreadyOpen, ChatClosed, ServiceError, WindowClosed
from support.services.hearing import add_external, add_from_student, mark_seen
from support.services.later import cancel_planned, change_planned, send_later, send_planned_now
from support.services.locking import lock
from support.services.macros import filled, reply_with_canned, run_macro
from support.services.mentioning import mark_mentions_seen, unmatched, unread_mentions
from support.services.merging import move_tickets
from support.services.numbers import ask_for_number, reveal_number
from support.services.opening import open_ticket
from support.services.reacting import react
from support.services.snoozing import snooze, wake
from support.services.taking import release, take
from support.services.undoing import undo
from support.services.waiting import (
    expected_wait,
    how_many_wait,
    next_in_queue,
    opening_hours,
    tell_next,
)

__all__ = [
    "BOT",
    "REFUSALS",
    "STUDENT",
    "Actor",
    "AlreadyOpen",
    "ChatClosed",
    "ServiceError",
    "WindowClosed",
    "add_external",
    "add_from_student",
    "ask_for_number",
    "assign",
    "cancel_planned",
    "change_planned",
    "comment",
    "confirm_arrival",
    "end",
    "end_by_bot",
    "end_by_student",
    "expected_wait",
    "filled",
    "how_many_wait",
    "lock",
    "mark_mentions_seen",
    "mark_seen",
    "move_tickets",
    "name_of",
    "next_in_queue",
    "note",
    "open_ticket",
    "opening_hours",
    "rate",
    "react",
    "release",
    "reopen",
    "reply",
    "reply_with_canned",
    "reply_with_file",
    "reply_with_template",
    "reveal_number",
    "run_macro",
    "send_again",
    "send_later",
    "send_planned_now",
    "set_category",
    "set_priority",
    "set_status",
    "snooze",
    "take",
    "tell",
    "tell_next",
    "undo",
    "unmatched",
    "unread_mentions",
    "wake",
]
