"""What the bot remembers: where each talk stands, the students, what they handed in and paid,
its words."""

from conversations.models.conversation import Conversation
from conversations.models.homework import (
    AnswerFile,
    Homework,
    HomeworkAnswer,
    HomeworkEvent,
    HomeworkPage,
    HomeworkState,
    PageCheck,
)
from conversations.models.learning import LearntWord
from conversations.models.notice import ChatNotice
from conversations.models.payment import Payment, PaymentNotice, PaymentStatus, Subscription
from conversations.models.student import Lead, Student
from conversations.models.tutor import Tutor
from conversations.models.words import BotText, FaqEntry

__all__ = [
    "AnswerFile",
    "BotText",
    "ChatNotice",
    "Conversation",
    "FaqEntry",
    "Homework",
    "HomeworkAnswer",
    "HomeworkEvent",
    "HomeworkPage",
    "HomeworkState",
    "Lead",
    "LearntWord",
    "PageCheck",
    "Payment",
    "PaymentNotice",
    "PaymentStatus",
    "Student",
    "Subscription",
    "Tutor",
]
