"""The support part of Django's admin."""

from support.admin.history import TicketEventAdmin
from support.admin.hours import HolidayAdmin, OpeningHoursAdmin
from support.admin.merging import MergeCandidateAdmin
from support.admin.rules import (
    DeskPreferencesAdmin,
    DeskRulesAdmin,
    MacroAdmin,
    ServiceLevelAdmin,
)
from support.admin.staff import StaffAdmin
from support.admin.tickets import SupportTicketAdmin
from support.admin.tokens import ApiTokenAdmin
from support.admin.tools import CannedReplyAdmin, CategoryAdmin
from support.admin.views import SavedViewAdmin, StaffMailAdmin
from support.admin.webhooks import EventAdmin, WebhookDeliveryAdmin, WebhookEndpointAdmin

__all__ = [
    "ApiTokenAdmin",
    "CannedReplyAdmin",
    "CategoryAdmin",
    "DeskPreferencesAdmin",
    "DeskRulesAdmin",
    "EventAdmin",
    "HolidayAdmin",
    "MacroAdmin",
    "MergeCandidateAdmin",
    "OpeningHoursAdmin",
    "SavedViewAdmin",
    "ServiceLevelAdmin",
    "StaffAdmin",
    "StaffMailAdmin",
    "SupportTicketAdmin",
    "TicketEventAdmin",
    "WebhookDeliveryAdmin",
    "WebhookEndpointAdmin",
]
