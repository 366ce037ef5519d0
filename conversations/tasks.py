"""Celery's entrances of the bot. Every task may be lost, repeated or run twice at once."""

from celery import shared_task

from conversations import (
    care,
    homework,
    lessons,
    payment_notices,
    payments,
    photos,
    reminders,
    retention,
    subscriptions,
)
from whatsapp.nudges import nudge


@shared_task
def remind_idle() -> None:
    """Remind students who stopped half-way."""
    reminders.remind_idle()


@shared_task
def settle_payment(payment_id: int) -> None:
    """Ask Paystack about one payment."""
    payments.work(payment_id)


@shared_task
def read_notices() -> None:
    """Read what Paystack's webhooks brought."""
    payment_notices.read_due()


@shared_task
def sweep_payments() -> None:
    """Nudge again whatever is due: this is what makes losing a nudge harmless."""
    if payment_notices.due().exists():
        nudge("conversations.tasks.read_notices")
    for payment_id in payments.due():
        nudge("conversations.tasks.settle_payment", payment_id)


@shared_task
def remind_subscribers() -> None:
    """Tell students whose subscription ends soon."""
    subscriptions.remind_ending()


@shared_task
def care_for_chats() -> None:
    """Say what is due in open chats, and close those that are idle."""
    care.sweep()


@shared_task
def forget_old_words() -> None:
    """Delete what the bot did not understand and nobody writes any more."""
    lessons.forget_old()


@shared_task
def assign_homework() -> None:
    """Give waiting homework to tutors who have room."""
    homework.assign_waiting()


@shared_task
def sweep_homework() -> None:
    """What lost nudges left undone: homework without a tutor, pages not looked at."""
    photos.check_missed()
    homework.assign_waiting()


@shared_task
def forget_old() -> None:
    """Delete what is older than it is kept (edubot/settings/retention.py)."""
    retention.sweep()
