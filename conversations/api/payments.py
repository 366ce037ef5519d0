"""Payments, to be read: /api/payments…"""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from conversations.models import Payment, PaymentStatus
from support.api import paging, requests
from support.api.fields import IdField, TextOrNullField, UtcDateTimeField
from support.api.paging import PageSerializer
from support.api.permissions import reading
from support.api.requests import PageQuery, Query
from support.api.schema import refusals
from support.api.views import ApiView

SEE = reading("conversations.view_payment", "conversations.view_student")
LOOKUPS = {
    "status": "status",
    "student_id": "student",
    "created_after": "created_at__gte",
    "created_before": "created_at__lte",
}


class PaymentQuery(PageQuery):
    status = serializers.ChoiceField(choices=PaymentStatus.choices, required=False)
    student_id = IdField(required=False)
    created_after = UtcDateTimeField(required=False, help_text="At this time or later.")
    created_before = UtcDateTimeField(required=False, help_text="At this time or earlier.")


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    """One attempt to pay. Amounts are in the hundredth part of the currency (kobo)."""

    contact_id = serializers.IntegerField(source="student.contact_id")
    status = serializers.ChoiceField(choices=PaymentStatus.choices)
    problem = TextOrNullField(help_text="What went wrong, in plain words.")
    created_at = UtcDateTimeField()
    paid_at = UtcDateTimeField(allow_null=True)
    starts_at = UtcDateTimeField(allow_null=True, help_text="Of what it bought.")
    ends_at = UtcDateTimeField(allow_null=True, help_text="Of what it bought.")

    class Meta:
        model = Payment
        fields = [
            "id",
            "reference",
            "student_id",
            "contact_id",
            "amount",
            "currency",
            "days",
            "status",
            "problem",
            "paid_amount",
            "refunded_amount",
            "created_at",
            "paid_at",
            "starts_at",
            "ends_at",
        ]
        read_only_fields = fields


class PaymentListSerializer(PageSerializer):
    payments = PaymentSerializer(many=True)


@extend_schema(tags=["Payments"])
class PaymentsView(ApiView):
    access = {"GET": SEE}

    @extend_schema(
        operation_id="list_payments",
        summary="Payments for subscriptions, the newest first",
        parameters=[PaymentQuery],
        responses={200: PaymentListSerializer, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        wanted = requests.query(request, PaymentQuery)
        payments = Payment.objects.filter(**requests.lookups(wanted, LOOKUPS))
        rows = payments.select_related("student")
        found = paging.page("payments", rows, wanted, counted=payments)
        return Response(PaymentListSerializer(found).data)


@extend_schema(tags=["Payments"])
class PaymentView(ApiView):
    access = {"GET": SEE}

    @extend_schema(
        operation_id="get_payment",
        summary="One payment",
        responses={200: PaymentSerializer, **refusals(400, 404)},
    )
    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        requests.query(request, Query)
        payment = get_object_or_404(Payment.objects.select_related("student"), pk=id)
        return Response(PaymentSerializer(payment).data)
