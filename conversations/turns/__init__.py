"""Loading a Turn: all that the machine may know about one message."""

from conversations.turns.hearing import UNANSWERED, is_late
from conversations.turns.loading import asked, load
from conversations.turns.people import person

__all__ = ["UNANSWERED", "asked", "is_late", "load", "person"]
