"""Payments: begun by students, carried on by workers who ask Paystack.

The database is the truth: a payment whose `due_at` has come is asked about by whichever worker
claims it first (by moving `due_at` on, compare-and-swap), with no transaction open. What Paystack
answers is applied by `conversations.settling`, under lock.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conversations import paystack, references, settling
from conversations.models import Payment, PaymentStatus, Student
from whatsapp.guard import guarded
from whatsapp.nudges import nudge
from whatsapp.transactions import step_by_step

RECENT = timedelta(days=3)  # "I have paid" asks about payments that are not older
AT_ONCE = 500


def are_open() -> bool:
    """Whether students can pay: there is a key, and a price."""
    return bool(settings.PAYSTACK_SECRET_KEY) and settings.SUBSCRIPTION_PRICE_KOBO > 0


def confirm(student: Student, *, has_paid: bool) -> bool:
    """Have a link made, or Paystack asked about the payment there is; the answer follows.

    Who `has_paid` gets no new link: False if there is nothing to ask about. The caller holds the
    student's lane.
    """
    payment = _recent(student) if has_paid else Payment.objects.filter(open_for=student).first()
    if payment is not None:
        ask_about(payment)
    elif not has_paid:
        begin(student)
    return payment is not None or not has_paid


def begin(student: Student) -> Payment:
    """A new attempt at the present price, under a reference of its own."""
    payment = Payment.objects.create(
        reference=new_reference(),
        student=student,
        open_for=student,
        amount=settings.SUBSCRIPTION_PRICE_KOBO,
        currency=settings.SUBSCRIPTION_CURRENCY,
        days=settings.SUBSCRIPTION_DAYS,
        due_at=timezone.now(),
    )
    nudge_later(payment)
    return payment


def ask_about(payment: Payment) -> None:
    """Have Paystack asked now, and the student told.

    Not about one whose link is just being made: the link will be the answer.
    """
    row = Payment.objects.filter(pk=payment.pk)
    if payment.status != PaymentStatus.NEW or payment.attempts:
        row.update(due_at=timezone.now(), attempts=0, answer_owed=True)
        nudge_later(payment)


def look_again(payment: Payment) -> None:
    """Have Paystack asked now; the student is told only of what changes."""
    Payment.objects.filter(pk=payment.pk).update(due_at=timezone.now(), attempts=0)
    nudge_later(payment)


def nudge_later(payment: Payment) -> None:
    transaction.on_commit(lambda: nudge("conversations.tasks.settle_payment", payment.pk))


def due() -> list[int]:
    """Ids of payments that Paystack is to be asked about now, longest waiting first."""
    waiting = Payment.objects.filter(due_at__lte=timezone.now())
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])


def work(payment_id: int) -> bool:
    """Ask Paystack about a due payment and apply the answer; False if another worker does."""
    payment = _claim(payment_id)
    if payment is None:
        return False
    guarded(
        lambda: _ask_paystack(payment),
        lambda _traceback: settling.postpone(payment, "Something went wrong here; see the log."),
    )
    return True


def new_reference() -> str:
    """Paystack takes letters, digits and - . = only."""
    return references.new("EB", 12)


def move(*, kept: Student, going: Student) -> None:
    """Two students turn out to be one; of two open payments that of `kept` stays the open one.

    The caller holds both lanes; the payments are locked after them, as everywhere.
    """
    theirs = Payment.objects.filter(student__in=[kept, going])
    list(theirs.select_for_update().order_by("pk").values_list("pk"))
    if Payment.objects.filter(open_for=kept).exists():
        Payment.objects.filter(open_for=going).update(open_for=None)
    Payment.objects.filter(open_for=going).update(open_for=kept)
    Payment.objects.filter(student=going).update(student=kept)


def _recent(student: Student) -> Payment | None:
    """The last attempt, open or not, unless it is too long ago."""
    since = timezone.now() - RECENT
    return Payment.objects.filter(student=student, created_at__gt=since).order_by("-id").first()


@step_by_step
def _claim(payment_id: int) -> Payment | None:
    """The payment, ours until a lease from now; then another worker may take it over."""
    now = timezone.now()
    found = Payment.objects.filter(pk=payment_id, due_at__lte=now).select_related("student").first()
    if found is None:
        return None
    until = now + settings.WHATSAPP_LEASE
    claimed = Payment.objects.filter(pk=payment_id, due_at=found.due_at).update(due_at=until)
    found.due_at = until
    return found if claimed else None


def _ask_paystack(payment: Payment) -> None:
    try:
        if payment.status == PaymentStatus.NEW:
            settling.link(payment, _new_link(payment))
        else:
            settling.settle(payment, paystack.verify(payment.reference))
    except paystack.DuplicateReference:
        settling.replace(payment, new_reference())
    except paystack.Refused as refusal:
        settling.refuse(payment, str(refusal))
    except paystack.Unavailable as error:
        settling.postpone(payment, str(error))


def _new_link(payment: Payment) -> str:
    student = payment.student
    made_up = f"student-{student.pk}@{settings.PAYSTACK_EMAIL_DOMAIN}"
    return paystack.new_link(
        payment.reference,
        payment.amount,
        payment.currency,
        student.email or made_up,
        callback_url=f"{settings.PUBLIC_URL}{reverse('paid')}" if settings.PUBLIC_URL else "",
    )
