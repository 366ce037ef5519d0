"""Meta takes an answer and refuses it later, and says so more than once: staff are told once."""

import pytest
from django.contrib.auth.models import User

from edubot import dashboard
from support import services
from support.models import Event, SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp import sorting
from whatsapp.models import Message
from whatsapp.tests import webhooks
from whatsapp.tests.lane import calls, receive
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db

UNDELIVERABLE = 131026
REASON = "The message cannot be delivered: the number may not use WhatsApp"


@pytest.fixture
def answer(john: Phone, agent: User, settings) -> Message:
    """An agent's answer that Meta has accepted."""
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID
    john.say("support")
    ticket = SupportTicket.objects.get()
    services.reply(ticket.pk, Actor.of(agent), "Try again now")
    john.works()
    return Message.objects.get(text__endswith="Try again now", status="accepted")


def refuse(answer: Message, times: int, work) -> None:
    """Webhooks of their own, as Meta's retries differ in their bytes."""
    for number in range(times):
        item = webhooks.failed(UNDELIVERABLE, answer.wamid, at=webhooks.SENT_AT + number)
        receive(webhooks.body(webhooks.envelope(item)))
    sorting.sort_all()
    work()


def test_it_is_told_once_with_its_reason_and_nothing_is_sent_again(answer, agent, work):
    sent = calls()
    refuse(answer, 3, work)
    refuse(answer, 1, work)

    html = desk.browser(agent).get(desk.page(SupportTicket.objects.get())).content.decode()
    assert (html.count("Send again"), html.count(REASON)) == (1, 1)
    told = Event.objects.filter(type="message.status").order_by("id")
    [failed] = [e for e in told if e.data["message"]["delivery"]["status"] == "failed"]
    assert REASON in failed.data["message"]["delivery"]["error"]
    assert dashboard.of(agent)["today"]["failed"] == 1
    assert calls() == sent
