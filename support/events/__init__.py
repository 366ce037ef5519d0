"""Telling other systems what happens: written with it, put in order, posted and kept for a time."""

from support.events.recording import move, record, record_many

__all__ = ["move", "record", "record_many"]
