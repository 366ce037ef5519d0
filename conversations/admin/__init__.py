"""Students, their homework and payments, and the bot's words in the admin."""

from conversations.admin.homework import HomeworkAdmin
from conversations.admin.learning import LearntWordAdmin
from conversations.admin.payments import PaymentAdmin, PaymentNoticeAdmin, SubscriptionAdmin
from conversations.admin.people import ConversationAdmin, LeadAdmin, StudentAdmin
from conversations.admin.tutors import TutorAdmin
from conversations.admin.words import BotTextAdmin, FaqEntryAdmin

__all__ = [
    "BotTextAdmin",
    "ConversationAdmin",
    "FaqEntryAdmin",
    "HomeworkAdmin",
    "LeadAdmin",
    "LearntWordAdmin",
    "PaymentAdmin",
    "PaymentNoticeAdmin",
    "StudentAdmin",
    "SubscriptionAdmin",
    "TutorAdmin",
]
