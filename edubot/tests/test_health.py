"""Alive, ready, and why not."""

from datetime import timedelta

from django.utils import timezone

from conversations.models import PaymentNotice
from whatsapp import line
from whatsapp.errors import classify
from whatsapp.models import Receipt

LOGIN_EXPIRED = 190


def test_the_process_says_that_it_is_alive(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_when_nothing_is_wrong(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "problems": {}}


def test_work_that_nobody_does_makes_it_unready_and_says_why(client, db):
    since = timezone.now() - timedelta(minutes=5)
    Receipt.objects.create(body=b"{}", digest="a" * 64, received_at=since, due_at=since)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "worker" in answer.json()["problems"]["backlog"]
    assert client.get("/healthz").status_code == 200


def test_a_notice_of_paystack_that_nobody_reads_makes_it_unready_too(client, db):
    since = timezone.now() - timedelta(minutes=5)
    PaymentNotice.objects.create(body=b"{}", digest="a" * 64, due_at=since)

    assert "worker" in client.get("/readyz").json()["problems"]["backlog"]


def test_a_broker_that_is_away_makes_it_unready(client, db, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/readyz")

    assert "broker" in answer.json()["problems"]


def test_metrics_are_for_prometheus(client, db):
    assert b"django_http_requests" in client.get("/metrics").content


def test_metrics_are_closed_in_production_without_a_token(client, db, settings):
    settings.METRICS_ARE_OPEN = False

    assert client.get("/metrics").status_code == 403


def test_metrics_can_be_kept_for_who_has_the_token(client, db, settings):
    settings.METRICS_TOKEN = "figures"

    assert client.get("/metrics").status_code == 403
    allowed = client.get("/metrics", headers={"Authorization": "Bearer figures"})
    assert allowed.status_code == 200


def test_a_revoked_token_is_said_but_webhooks_still_come_in(client, db):
    line.hold(classify(LOGIN_EXPIRED))
    answer = client.get("/readyz")

    assert answer.status_code == 200, "A balancer must not take the webhook's door away."
    assert answer.json()["status"] == "degraded"
    assert "login has expired" in answer.json()["problems"]["whatsapp"]
