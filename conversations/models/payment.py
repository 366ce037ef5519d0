"""What students pay for, and what Paystack told us."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from conversations.models.student import Student


class PaymentStatus(models.TextChoices):
    NEW = "NEW", "New"  # Paystack has not given a link yet
    PENDING = "PENDING", "Link sent"
    PAID = "PAID", "Paid"
    FAILED = "FAILED", "Failed"
    EXPIRED = "EXPIRED", "Expired"
    FLAGGED = "FLAGGED", "Needs a look"
    REFUNDED = "REFUNDED", "Refunded"


OPEN_STATUSES = (PaymentStatus.NEW, PaymentStatus.PENDING)


class Payment(models.Model):
    """One attempt to pay for a subscription; amounts are in the subunit (kobo).

    `open_for` names the student while the payment is open, and being unique it allows one open
    payment per student (MySQL has no partial index). `due_at` says when Paystack is to be asked
    next; a worker claims the payment by moving it on. Change payments through
    `conversations.payments` and `conversations.settling` only.
    """

    reference = models.CharField(max_length=32, unique=True)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="payments")
    open_for = models.OneToOneField(
        Student,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="open_payment",
    )
    amount = models.PositiveIntegerField(help_text="What is asked for, in kobo.")
    currency = models.CharField(max_length=3)
    days = models.PositiveSmallIntegerField(help_text="How long a subscription it buys.")
    status = models.CharField(max_length=8, choices=PaymentStatus, default=PaymentStatus.NEW)
    problem = models.TextField(blank=True, help_text="What went wrong, in plain words.")
    url = models.URLField("link", max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    linked_at = models.DateTimeField(null=True, blank=True)

    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="In a row, without answer.")
    answer_owed = models.BooleanField(
        default=False, help_text="The student asked and is to be told, whatever comes of it."
    )

    # What Paystack says of it.
    transaction_id = models.BigIntegerField(null=True, blank=True)
    paid_amount = models.BigIntegerField(null=True, blank=True)
    paid_currency = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=30, blank=True)
    response = models.CharField("Paystack's words", max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)

    # The part of the subscription that it bought.
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    refunded_amount = models.BigIntegerField(null=True, blank=True)
    refund_state = models.CharField(max_length=20, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="payment_asks_for_something", condition=models.Q(amount__gt=0, days__gt=0)
            ),
            models.CheckConstraint(
                name="payment_open_for_while_open",
                condition=models.Q(open_for=None) | models.Q(status__in=OPEN_STATUSES),
            ),
        ]
        indexes = [
            # payments.due: Paystack is to be asked about these
            models.Index(fields=["due_at"], name="payment_due"),
            # staff: those that need a look
            models.Index(fields=["status", "id"], name="payment_status"),
        ]

    def __str__(self) -> str:
        return self.reference


class Subscription(models.Model):
    """Until when a student has paid, renewals included."""

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="subscription")
    ends_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-ends_at"]
        indexes = [
            # subscriptions.remind_ending
            models.Index(fields=["reminded_at", "ends_at"], name="subscription_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.student} until {date_format(timezone.localdate(self.ends_at))}"


class PaymentNotice(models.Model):
    """One webhook of Paystack, stored before it is believed.

    Paystack's events have no id: the digest of the body makes one that comes again the same
    notice, and what a notice brings about may come about twice without harm.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    body = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    event = models.CharField(max_length=60, blank=True)
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, help_text="What came of it, or why it failed.")

    class Meta:
        ordering = ["-id"]
        verbose_name = "notice of Paystack"
        verbose_name_plural = "notices of Paystack"
        indexes = [
            models.Index(fields=["state", "due_at"], name="paymentnotice_waiting"),  # read_due
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk}"
