"""What the desk remembers: tickets, their threads, their history, the team's tools."""

from support.models.event import Event, EventCounter, EventType
from support.models.hours import Holiday, OpeningHours, Weekday
from support.models.idempotency import IdempotencyKey
from support.models.later import BeforeReply, ScheduledReply
from support.models.macros import Macro, SavedView
from support.models.message import SenderType, SupportMessage
from support.models.notices import DeskPreferences, Mention, StaffMail
from support.models.presence import Draft, Presence, Seat
from support.models.rules import DeskRules, LevelNotice, ServiceLevel
from support.models.search import SearchWord
from support.models.ticket import (
    Category,
    EventKind,
    Priority,
    Rating,
    SupportTicket,
    TicketEvent,
    TicketStatus,
)
from support.models.tools import ApiToken, CannedReply
from support.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiToken",
    "BeforeReply",
    "CannedReply",
    "Category",
    "DeskPreferences",
    "DeskRules",
    "Draft",
    "Event",
    "EventCounter",
    "EventKind",
    "EventType",
    "Holiday",
    "IdempotencyKey",
    "LevelNotice",
    "Macro",
    "Mention",
    "OpeningHours",
    "Presence",
    "Priority",
    "Rating",
    "SavedView",
    "ScheduledReply",
    "SearchWord",
    "Seat",
    "SenderType",
    "ServiceLevel",
    "StaffMail",
    "SupportMessage",
    "SupportTicket",
    "TicketEvent",
    "TicketStatus",
    "WebhookDelivery",
    "WebhookEndpoint",
    "Weekday",
]
