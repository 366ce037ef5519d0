"""Coming back to a request, and rating it, through the real webhook."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp.tests.phone import Phone

NOON = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def ticket(john: Phone) -> SupportTicket:
    john.say("support")
    john.say("My upload fails")
    return SupportTicket.objects.get()


@pytest.fixture
def resolved(ticket: SupportTicket, team: Actor, work: Callable[[], None]) -> SupportTicket:
    services.end(ticket.pk, team)
    work()
    return ticket


def in_thread(ticket: SupportTicket) -> list[str]:
    return list(ticket.messages.values_list("message", flat=True))


def test_my_requests_reopen_the_last(john, ticket, work):
    john.say("end chat")
    john.say("my requests")
    assert f"• #{ticket.pk} My upload fails – Closed" in john.last.text
    john.tap("🔄 Reopen the last")
    assert "“My upload fails”" in john.last.text
    ticket.refresh_from_db()
    assert ticket.status == "OPEN"
    assert ticket.events.get(kind="reopened").actor_name == "Student"
    john.say("It fails again")
    assert in_thread(ticket) == ["My upload fails", "It fails again"]


def test_reopening_tells_the_place_in_the_queue(john, resolved):
    services.open_ticket(desk.student(5), services.STUDENT)
    john.say("my requests")
    john.tap("🔄 Reopen the last")
    assert john.last.text.endswith("⏳ You are number 2 in the queue.")
    resolved.refresh_from_db()
    assert resolved.queue_place_told == 2


def test_the_requests_of_others_are_nobody_elses(john, ada, resolved):
    ada.say("my requests")
    assert "not asked our team anything" in ada.last.text


def test_an_old_button_cannot_reopen_what_is_open(john, resolved):
    john.say("my requests")
    shown = john.last
    john.tap("🔄 Reopen the last", on=shown)
    john.tap("🔄 Reopen the last", on=shown)
    assert "connected to our support team already" in john.last.text
    assert resolved.events.filter(kind="reopened").count() == 1


def test_without_the_setting_a_message_after_the_end_is_for_the_bot(john, resolved):
    john.say("It still fails somehow")
    resolved.refresh_from_db()
    assert resolved.status == "RESOLVED"
    assert "did not understand" in john.last.text


@pytest.mark.parametrize(("minutes", "reopens"), [(59, True), (61, False)])
def test_a_message_within_the_set_time_goes_on_with_the_chat(
    john, resolved, settings, clock, minutes: int, reopens: bool
):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    clock.shift(timedelta(minutes=minutes))
    john.say("It still fails somehow")
    resolved.refresh_from_db()
    assert resolved.is_open is reopens
    assert ("It still fails somehow" in in_thread(resolved)) is reopens
    assert ("Your chat is open again" in john.last.text) is reopens


def test_a_picture_goes_on_with_the_chat_too(john, resolved, settings):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    john.send_image(caption="Look")
    assert in_thread(resolved) == ["My upload fails", "Look"]


def test_what_the_student_ended_stays_ended(john, ticket, settings):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    john.say("end chat")
    john.say("So what else is there")
    ticket.refresh_from_db()
    assert ticket.status == "CLOSED"


def test_a_rating_and_a_word_are_kept_and_shown_to_the_team(john, resolved, agent):
    john.tap("👎 Not good")
    john.say("The support was slow")
    resolved.refresh_from_db()
    assert (resolved.rating, resolved.rating_comment) == ("bad", "The support was slow")
    html = desk.browser(agent).get(desk.page(resolved)).content.decode()
    assert '<dd dir="auto">The support was slow</dd>' in html
    assert "The student said of the chat: “The support was slow”" in html


def test_a_word_is_awaited_for_half_an_hour(john, resolved, clock):
    john.tap("👍 Good")
    clock.shift(timedelta(minutes=31))
    john.say("When is the exam")
    resolved.refresh_from_db()
    assert resolved.rating_comment == ""


def test_a_long_word_is_shortened(john, resolved):
    john.tap("👍 Good")
    john.say("So good! " * 200)
    resolved.refresh_from_db()
    assert len(resolved.rating_comment) <= 1000
    assert resolved.rating_comment.endswith("…")


@pytest.mark.parametrize("act", ["rate:{}:bad", "reopen:{}"])
def test_a_forged_button_touches_no_ticket_of_others(ada, resolved, act: str):
    reply = {"id": act.format(resolved.pk), "title": "Forged"}
    ada.send_raw(
        {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}
    )
    ada.say("Not mine")
    resolved.refresh_from_db()
    assert (resolved.status, resolved.rating, resolved.rating_comment) == ("RESOLVED", "", "")
