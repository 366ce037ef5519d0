"""Everything that can happen to a homework. Bot and staff act through these functions only.

Each takes the acting person, runs as one unit of work and keeps the history; what goes to the
student is queued in the student's lane. Locks in the order lane, homework.
"""

from conversations.homework.answering import Attachment, answer, cancel, send_again, send_waiting
from conversations.homework.assigning import assign, assign_waiting, release, start
from conversations.homework.submitting import add_late_page, leave_out, submit

__all__ = [
    "Attachment",
    "add_late_page",
    "answer",
    "assign",
    "assign_waiting",
    "cancel",
    "leave_out",
    "release",
    "send_again",
    "send_waiting",
    "start",
    "submit",
]
