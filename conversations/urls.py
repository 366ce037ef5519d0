from django.urls import path

from conversations.views import paid, paystack_webhook

urlpatterns = [
    path("webhooks/paystack", paystack_webhook, name="paystack-webhook"),
    path("paid", paid, name="paid"),
]
