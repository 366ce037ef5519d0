"""Everything that happens leaves an event, in the commit in which it happens."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from support import services
from support.events import publishing, record
from support.models import Event, EventType, SupportTicket
from support.services import Actor
from support.tests import api, desk
from support.tests.queries_made import queries_made
from whatsapp import contacts, merging, sorting
from whatsapp.models import Message, Receipt
from whatsapp.news import News, tell_of
from whatsapp.tests.lane import Lane, Refusing, mount
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


def types() -> list[str]:
    return list(Event.objects.order_by("id").values_list("type", flat=True))


def last(event_type: str) -> Event:
    return Event.objects.filter(type=event_type).latest("id")


def test_a_whole_chat_is_told(john: Phone, agent):
    john.say("support")
    john.say("My upload fails")
    ticket = SupportTicket.objects.get()
    services.reply(ticket.pk, Actor.of(agent), "Which one?")
    john.works()
    john.deliver_statuses()
    services.end(ticket.pk, Actor.of(agent))
    john.works()
    john.tap("👍 Good")

    told = types()
    for event_type in (
        *("message.received", "ticket.opened", "message.sent", "message.status"),
        *("ticket.updated", "chat.ended", "rating.given"),
    ):
        assert event_type in told
    assert told.index("message.received") < told.index("ticket.opened") < told.index("chat.ended")
    received = Event.objects.filter(type="message.received").order_by("id")
    assert [e.data["message"]["text"] for e in received][:2] == ["support", "My upload fails"]
    assert [e.ticket_id for e in received][:2] == [None, ticket.pk]
    assert last("chat.ended").data["change"] == {
        "kind": "ended",
        "by": "Grace",
        "by_user_id": agent.pk,
        "before": "IN_PROGRESS",
        "after": "RESOLVED",
    }
    assert last("rating.given").data["rating"] == "good"
    assert last("rating.given").data["ticket"]["status"] == "RESOLVED"


def test_every_message_to_the_student_is_sent_once_and_its_ticks_follow(john: Phone):
    john.say("support")
    john.deliver_statuses()
    sent = Event.objects.filter(type="message.sent")
    assert sent.count() == Message.objects.filter(direction="out").count() == 1
    assert sent.get().data["message"]["delivery"]["status"] == "accepted"
    ticks = Event.objects.filter(type="message.status").order_by("id")
    told = [event.data["message"]["delivery"]["status"] for event in ticks]
    assert told == [status for status in ("sent", "delivered", "read") if status in told]
    assert "delivered" in told


def test_a_status_that_moves_nothing_is_not_told(john: Phone):
    john.say("support")
    john.deliver_statuses()
    before = Event.objects.count()
    for receipt in list(Receipt.objects.all()):
        receipt.pk, receipt.digest, receipt.state = None, f"{receipt.digest[:60]}bis", "unsorted"
        receipt.save()
    sorting.sort_all()
    assert Event.objects.count() == before


def test_a_message_that_cannot_be_sent_is_told_with_the_reason():
    lane = Lane()
    mount(Refusing(131026))
    lane.queue("hello")
    lane.work()
    told = last("message.status").data["message"]["delivery"]
    assert told["status"] == "failed"
    assert told["error"]


def test_an_agents_answer_names_its_ticket():
    ticket = api.ticket()
    services.reply(ticket.pk, Actor("Grace", api.staff()), "Hi")
    wire = Message.objects.get()
    tell_of(News.SENT, wire.pk)
    assert last("message.sent").ticket_id == ticket.pk
    assert last("message.sent").data["message"]["author"] == "agent"


@pytest.mark.parametrize(
    ("act", "kind", "after"),
    [
        (lambda pk, who: services.set_priority(pk, who, "URGENT"), "priority", "URGENT"),
        (lambda pk, who: services.take(pk, who), "assigned", "Grace"),
    ],
)
def test_a_change_of_the_ticket_is_told_with_the_ticket_as_it_is_then(agent, act, kind, after):
    ticket = api.ticket()
    act(ticket.pk, Actor.of(agent))
    told = last("ticket.updated").data
    assert (told["change"]["kind"], told["change"]["after"]) == (kind, after)
    ticket.refresh_from_db()
    assert told["ticket"]["priority"] == ticket.priority
    assert told["ticket"]["assigned_admin_id"] == ticket.assigned_admin_id


def test_what_is_rolled_back_is_not_told():
    with transaction.atomic():
        services.open_ticket(api.contact(), Actor("Test"))
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_internal_notes_are_not_told():
    ticket = api.ticket()
    before = types()
    services.note(ticket.pk, Actor("Grace", api.staff()), "A difficult one.")
    assert types() == before


@time_machine.travel(timezone.now(), tick=False)
def test_many_statuses_of_one_moment_cost_the_same_as_few():
    counts = []
    for number in (1, 20):
        lane = Lane(f"23480{number:08}")
        lane.queue(*(str(i) for i in range(number)))
        lane.work()
        lane.phone.works = None
        lane.phone.deliver_statuses()
        with queries_made() as found:
            sorting.sort_all()
        counts.append(len(found))
    assert counts[1] <= counts[0], counts


@pytest.mark.parametrize(("waiting", "batches"), [(0, 1), (1, 1), (2, 2), (5, 3)])
def test_all_that_wait_get_their_positions_and_nobody_looks_twice(
    monkeypatch, waiting: int, batches: int
):
    monkeypatch.setattr(publishing, "BATCH", 2)
    contact_id = desk.student().pk
    for _ in range(waiting):
        record(EventType.MESSAGE_RECEIVED, contact_id=contact_id, data={})

    with queries_made() as asked:
        assert publishing.publish() == waiting

    given = Event.objects.order_by("id").values_list("position", flat=True)
    assert list(given) == list(range(1, waiting + 1))
    looks = [sql for sql in asked if sql.startswith("SELECT") and "IS NULL" in sql]
    assert len(looks) == batches


def test_the_events_of_a_merged_contact_go_with_it():
    older, younger = desk.student(1), desk.student(2, "Ada")
    services.open_ticket(younger, services.STUDENT)
    publishing.publish()
    merging.merge_known(older.pk, younger.pk)
    assert set(Event.objects.values_list("contact_id", flat=True)) == {older.pk}
    assert contacts.of_phone("+2348030000001").pk == older.pk
