"""Endpoints of outgoing webhooks, and the log of what was posted to them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from support import phones
from support.models import Event, EventType, WebhookDelivery, WebhookEndpoint
from support.webhooks import endpoints
from whatsapp.admin.base import ReadOnlyAdmin, as_block, as_json

Endpoints = QuerySet[WebhookEndpoint]
SECRETS = frozenset({"secret", "old_secret"})  # columns


class EndpointForm(forms.ModelForm[WebhookEndpoint]):
    event_types = forms.MultipleChoiceField(
        choices=EventType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all.",
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["url", "name", "event_types", "active"]


class ForWhoSeesNumbers:
    """Events carry whole phone numbers: for whoever may see them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_view_permission(request, obj)  # type: ignore[misc]
        return allowed and phones.may_see(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and phones.may_see(request.user)


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ForWhoSeesNumbers, admin.ModelAdmin[WebhookEndpoint]):
    form = EndpointForm
    list_display = ["__str__", "url", "active", "standing", "waiting"]
    when_empty = "No other system is told of anything yet."
    actions = ["resume", "rotate", "show_secret"]
    readonly_fields = ["standing", "waiting", "created_at", "created_by"]
    fields = ["url", "name", "event_types", "active", *readonly_fields]

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Nor does `?secret__startswith=` tell it, letter by letter, to who may only look."""
        is_secret = not SECRETS.isdisjoint(lookup.split("__"))
        return not is_secret and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and phones.may_see(request.user)

    @admin.display(description="How it stands")
    def standing(self, endpoint: WebhookEndpoint) -> str:
        if endpoint.paused_at:
            return f"Paused on {endpoint.paused_at:%d %B %H:%M} UTC: it took nothing. Resume it."
        if endpoint.failing_since:
            return f"Takes nothing since {endpoint.failing_since:%d %B %H:%M} UTC; tried again."
        return "Well"

    @admin.display(description="Events that wait")
    def waiting(self, endpoint: WebhookEndpoint) -> int:
        return WebhookDelivery.objects.filter(
            endpoint=endpoint, state=WebhookDelivery.State.WAITING
        ).count()

    def save_model(
        self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool
    ) -> None:
        """Only what was edited: a worker may be writing the rest of the row at this moment."""
        if change:
            obj.save(update_fields=form.changed_data)
            return
        obj.created_by_id = request.user.pk
        obj.save()
        self._say_secret(request, obj)

    @admin.action(description="Resume: deliver what was missed", permissions=["change"])
    def resume(self, request: HttpRequest, chosen: Endpoints) -> None:
        for endpoint in chosen:
            endpoints.resume(endpoint.pk)
            self.log_change(request, endpoint, "Resumed.")
        messages.success(request, "EduBot tries again now, from the oldest event that was missed.")

    @admin.action(description="New secret (the old one signs for a day)", permissions=["change"])
    def rotate(self, request: HttpRequest, chosen: Endpoints) -> None:
        for endpoint in chosen:
            self._say_secret(request, endpoints.rotate(endpoint.pk))

    @admin.action(description="Show the secret (this is logged)", permissions=["change"])
    def show_secret(self, request: HttpRequest, chosen: Endpoints) -> None:
        for endpoint in chosen:
            self._say_secret(request, endpoint)

    def _say_secret(self, request: HttpRequest, endpoint: WebhookEndpoint) -> None:
        """Who has seen a secret stands in the endpoint's history."""
        self.log_change(request, endpoint, "The secret was shown.")
        messages.warning(request, f"The secret of {endpoint} is {endpoint.secret}")


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ForWhoSeesNumbers, ReadOnlyAdmin[WebhookDelivery]):
    list_display = ["id", "event", "endpoint", "state", "attempts", "status_code", "tried_at"]
    list_filter = ["state", "endpoint"]
    list_select_related = ["event", "endpoint"]
    ordering = ["-id"]
    actions = ["send_again"]
    fields = [
        *("endpoint", "event", "state", "attempts", "first_tried_at", "tried_at", "due_at"),
        *("delivered_at", "status_code", "milliseconds", "error", "headers", "body", "answer"),
    ]
    readonly_fields = ["headers", "body", "answer"]

    @admin.display(description="Request headers")
    def headers(self, delivery: WebhookDelivery) -> str:
        return as_json(delivery.request)

    @admin.display(description="Request body")
    def body(self, delivery: WebhookDelivery) -> str:
        return as_json(delivery.event.body)

    @admin.display(description="Answer")
    def answer(self, delivery: WebhookDelivery) -> str:
        return as_block(delivery.response)

    @admin.action(description="Send again, under the same id", permissions=["operate"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[WebhookDelivery]) -> None:
        count = sum(map(endpoints.send_again, chosen))
        messages.info(request, f"{count} event(s) will be sent again; the others wait already.")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("support.change_webhookdelivery")


@admin.register(Event)
class EventAdmin(ForWhoSeesNumbers, ReadOnlyAdmin[Event]):
    """What other systems are told."""

    list_display = ["__str__", "type", "contact_id", "ticket_id", "created_at"]
    list_filter = ["type"]
    ordering = ["-id"]
    fields = ["position", "type", "created_at", "body"]
    readonly_fields = ["body"]

    @admin.display(description="As told")
    def body(self, event: Event) -> str:
        return as_json(event.body)
