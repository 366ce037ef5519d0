"""The team reacts to what a student wrote, and takes it back, up to the student's phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from support import services
from support.models import SupportMessage, SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp.models import Contact, Message
from whatsapp.models.message import Direction, Status
from whatsapp.outgoing import MessageInvalid
from whatsapp.simulator.models import SimulatedMessage
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db
Work = Callable[[], None]


@pytest.fixture
def asked(john: Phone) -> SimulatedMessage:
    """John in a chat, after his question."""
    john.say("support")
    return john.say("Is 2x = 8 right?")


def ticket() -> SupportTicket:
    return SupportTicket.objects.get()


def question() -> SupportMessage:
    return ticket().messages.get(message="Is 2x = 8 right?")


def react(agent: User, emoji: str) -> None:
    services.react(ticket().pk, Actor.of(agent), question(), emoji)


def reactions() -> list[Message]:
    return list(Message.objects.filter(direction=Direction.OUTBOUND, kind="reaction"))


def shown(agent: User) -> str:
    return desk.browser(agent).get(desk.page(ticket())).content.decode()


def test_it_works(john: Phone, asked: SimulatedMessage, agent: User, work: Work) -> None:
    react(agent, "👍")
    work()
    assert john.shows(asked).business_reaction == "👍"
    assert '<span class="visually-hidden">Reactions:</span> 👍' in shown(agent)


def test_another_takes_its_place_and_an_empty_one_takes_it_back(
    john: Phone, asked: SimulatedMessage, agent: User, work: Work
) -> None:
    react(agent, "👍")
    react(agent, "❤️")
    work()
    assert john.shows(asked).business_reaction == "❤️"
    react(agent, "")
    work()
    assert john.shows(asked).business_reaction == ""
    assert "Reactions:" not in shown(agent)


def test_both_sides_stand_on_one_message(
    john: Phone, asked: SimulatedMessage, agent: User, work: Work
) -> None:
    react(agent, "👍")
    work()
    john.react("🙏", on=john.shows(asked))
    reactions = shown(agent).partition("Reactions:</span> ")[2].partition("<")[0]
    assert sorted(reactions.split()) == sorted("👍🙏")


def test_the_same_again_and_taking_back_nothing_send_nothing(
    asked: SimulatedMessage, agent: User
) -> None:
    react(agent, "")
    assert reactions() == []
    react(agent, "👍")
    react(agent, "👍")
    assert len(reactions()) == 1


def test_a_reaction_is_no_answer(asked: SimulatedMessage, agent: User) -> None:
    before = ticket()
    react(agent, "👍")
    after = ticket()
    assert (after.status, after.first_response_at) == (before.status, None)
    assert after.waiting_since == before.waiting_since


def test_one_that_failed_says_so_and_may_be_tried_again(
    asked: SimulatedMessage, agent: User
) -> None:
    react(agent, "👍")
    Message.objects.filter(kind="reaction").update(status=Status.FAILED, error="No such message.")
    html = shown(agent)
    assert "Reactions:" not in html
    assert "Reacted 👍" in html
    assert "No such message." in html
    react(agent, "👍")
    assert len(reactions()) == 2


@pytest.mark.parametrize("odd", ["ok", "👍 👍", "x", "👍" * 30])
def test_words_are_no_reaction(asked: SimulatedMessage, agent: User, odd: str) -> None:
    with pytest.raises(MessageInvalid):
        react(agent, odd)


def test_what_takes_no_reaction_is_refused(asked: SimulatedMessage, agent: User) -> None:
    actor, number = Actor.of(agent), ticket().pk
    react(agent, "👍")
    own = ticket().messages.get(wire__kind="reaction")
    note = services.note(number, actor, "Mind the sign.")
    for message in (own, note):
        with pytest.raises(services.ServiceError):
            services.react(number, actor, message, "👍")
    Message.objects.update(occurred_at=timezone.now() - timedelta(days=31))
    with pytest.raises(services.ServiceError, match="30 days"):
        react(agent, "❤️")


def test_not_after_the_end_and_not_outside_the_window(asked: SimulatedMessage, agent: User) -> None:
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(services.WindowClosed):
        react(agent, "👍")
    Contact.objects.update(last_inbound_at=timezone.now())
    services.end(ticket().pk, Actor.of(agent))
    with pytest.raises(services.ChatClosed):
        react(agent, "👍")


def test_the_desk_has_an_act_for_it(asked: SimulatedMessage, agent: User) -> None:
    data = {"message": question().pk, "emoji": "👍"}
    desk.browser(agent).post(desk.url(ticket(), "act", "react"), data)
    assert [reaction.text for reaction in reactions()] == ["👍"]
    refused = desk.browser(desk.looker()).post(desk.url(ticket(), "act", "react"), data)
    assert refused.status_code == 403
