"""States, periods and dates."""

from typing import Final

from conversations.catalogues.catalogue import Terms

TERMS: Final = Terms(
    homework={
        "PENDING": "Pending",
        "ASSIGNED": "With a tutor",
        "IN_PROGRESS": "In progress",
        "SOLVED": "Solved",
        "CANCELLED": "Cancelled",
    },
    requests={
        "OPEN": "Open",
        "IN_PROGRESS": "In progress",
        "RESOLVED": "Resolved",
        "CLOSED": "Closed",
    },
    periods={1: "a day", 7: "a week", 30: "a month", 365: "a year"},
    period="for {days} days",
    day="l, j F",
)
