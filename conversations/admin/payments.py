"""Payments, what Paystack told about them, and subscriptions."""

from typing import Any

from django.contrib import admin
from django.contrib import messages as notices_to_staff
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from conversations import payment_notices, payments, prices, settling
from conversations.models import Payment, PaymentNotice, PaymentStatus, Subscription
from whatsapp.admin.base import ReadOnlyAdmin, as_block
from whatsapp.admin.numbers import SearchedNumbers

DOTS = {
    PaymentStatus.NEW: "in_progress",
    PaymentStatus.PENDING: "in_progress",
    PaymentStatus.PAID: "resolved",
    PaymentStatus.FLAGGED: "open",
}


@admin.register(Payment)
class PaymentAdmin(SearchedNumbers, ReadOnlyAdmin[Payment]):
    """Payments change by what Paystack says; staff decide about those that need a look."""

    list_display = ["reference", "state", "student", "price", "what", "created_at", "paid_at"]
    when_empty = "Nobody has asked for a subscription yet."
    list_filter = ["status", "created_at"]
    list_select_related = ["student"]
    search_fields = ["reference", "student__name", "student__contact__phone"]
    actions = ["ask_paystack", "accept"]
    fieldsets = [
        (None, {"fields": ["reference", "state", "problem", "student", "price", "days"]}),
        ("The link", {"fields": ["created_at", "linked_at", "url"]}),
        (
            "What Paystack says",
            {"fields": ["paid_at", "paid", "channel", "response", "transaction_id"]},
        ),
        ("What it bought", {"fields": ["starts_at", "ends_at"]}),
        ("What went back", {"fields": ["refund_state", "refunded", "disputed_at"]}),
    ]
    readonly_fields = ["state", "price", "paid", "refunded"]

    class Media:
        css = {"all": ["support/desk.css"]}

    @admin.display(description="Status", ordering="status")
    def state(self, payment: Payment) -> str:
        dot = DOTS.get(PaymentStatus(payment.status), "closed")
        return format_html(
            '<span class="desk-status {}">{}</span>', dot, payment.get_status_display()
        )

    @admin.display(description="Price", ordering="amount")
    def price(self, payment: Payment) -> str:
        return prices.money(payment.amount, payment.currency)

    @admin.display(description="Problem")
    def what(self, payment: Payment) -> str:
        return payment.problem[:80] or ("Disputed" if payment.disputed_at else "–")

    @admin.display(description="Paid")
    def paid(self, payment: Payment) -> str:
        if payment.paid_amount is None:
            return "–"
        return prices.money(payment.paid_amount, payment.paid_currency)

    @admin.display(description="Refunded")
    def refunded(self, payment: Payment) -> str:
        if payment.refunded_amount is None:
            return "–"
        return prices.money(payment.refunded_amount, payment.currency)

    @admin.action(description="Ask Paystack again", permissions=["operate"])
    def ask_paystack(self, request: HttpRequest, chosen: QuerySet[Payment]) -> None:
        for payment in chosen:
            payments.look_again(payment)
        notices_to_staff.info(request, f"Paystack is asked about {len(chosen)} payment(s).")

    @admin.action(
        description="Accept as it is: start the subscription (those that need a look)",
        permissions=["operate"],
    )
    def accept(self, request: HttpRequest, chosen: QuerySet[Payment]) -> None:
        accepted = [payment for payment in chosen if settling.accept(payment.pk)]
        for payment in accepted:
            self.log_change(request, payment, "Accepted as it is.")
        notices_to_staff.info(request, f"{len(accepted)} payment(s) accepted.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conversations.change_payment")


@admin.register(Subscription)
class SubscriptionAdmin(SearchedNumbers, admin.ModelAdmin[Subscription]):
    """Staff may give days away or take them back; the page's history keeps who did."""

    list_display = ["student", "ends_at", "runs"]
    list_filter = ["ends_at"]
    list_select_related = ["student"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["student__name", "student__contact__phone"]
    autocomplete_fields = ["student"]

    @admin.display(description="Runs", boolean=True)
    def runs(self, subscription: Subscription) -> bool:
        return subscription.ends_at > timezone.now()

    def get_readonly_fields(
        self, _request: HttpRequest, obj: Subscription | None = None
    ) -> list[str]:
        return ["student"] if obj else []

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(PaymentNotice)
class PaymentNoticeAdmin(ReadOnlyAdmin[PaymentNotice]):
    list_display = ["id", "received_at", "event", "payment", "state", "outcome"]
    list_filter = ["state", "event"]
    list_select_related = ["payment"]
    search_fields = ["payment__reference"]
    actions = ["read_again"]
    fields = ["received_at", "event", "payment", "state", "attempts", "came_of_it", "content"]
    readonly_fields = ["came_of_it", "content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaymentNotice]:
        return super().get_queryset(request).defer("body")

    @admin.display(description="What came of it")
    def outcome(self, notice: PaymentNotice) -> str:
        """The last line, where a traceback says what happened."""
        return notice.note.strip().rpartition("\n")[2][:120] or "–"

    @admin.display(description="What came of it")
    def came_of_it(self, notice: PaymentNotice) -> str:
        return as_block(notice.note)

    @admin.display(description="Body")
    def content(self, notice: PaymentNotice) -> str:
        return as_block(bytes(notice.body).decode("utf-8", "replace"))

    @admin.action(description="Read again (failed ones)", permissions=["operate"])
    def read_again(self, request: HttpRequest, chosen: QuerySet[PaymentNotice]) -> None:
        count = payment_notices.read_again(chosen)
        notices_to_staff.info(request, f"{count} notice(s) will be read again.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conversations.change_paymentnotice")
