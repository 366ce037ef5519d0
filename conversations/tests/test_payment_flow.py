"""The conversation about paying, without database or network."""

from datetime import date

import pytest

from conversations.flows import payment_news
from conversations.flows.payment_news import Place
from conversations.states import WAITING, State
from conversations.step import ConfirmPayment
from conversations.tests.talk import body, buttons, registered, unregistered
from conversations.turn import Person

OPEN = {"payments_open": True}
AT_REST = [State.INITIAL, State.IDLE, State.REGISTERED, State.HOMEWORK_SUBMITTED]
NEWS = {
    "received": lambda place: payment_news.received(place, "20/12/2026"),
    "flagged": payment_news.flagged,
    "failed": payment_news.failed,
    "no_link": payment_news.no_link,
    "nothing_found": payment_news.nothing_found,
    "refunded": payment_news.refunded,
    "refund_failed": payment_news.refund_failed,
    "ends_soon": lambda place: payment_news.ends_soon(place, "20/12/2026"),
}


@pytest.mark.parametrize("words", ["pay", "paid", "I have paid"])
def test_the_unregistered_are_offered_to_register(words: str) -> None:
    ada = unregistered(settings=OPEN)
    assert "register first" in ada.writes(words)
    assert list(ada.sees) == ["register", "support", "main_menu"]
    assert ada.effects == ()


def test_who_lost_the_registration_cannot_confirm() -> None:
    ghost = unregistered(state=State.PAYMENT_PENDING, settings=OPEN)
    assert "register first" in ghost.taps("confirm")
    assert ghost.effects == ()


def test_who_is_subscribed_reads_until_when() -> None:
    person = Person("John", True, name="John", subscribed_until=date(2026, 12, 20))
    john = registered(person=person, settings=OPEN)
    said = john.writes("pay")
    assert "until 20/12/2026" in said
    assert "₦5,000 a month" in said
    assert list(john.sees) == ["confirm", "main_menu"]


@pytest.mark.parametrize("state", [*AT_REST, State.PAYMENT_PENDING, State.HOMEWORK_TYPE])
@pytest.mark.parametrize("words", ["paid", "I have paid.", "I've paid 🙏"])
def test_i_have_paid_asks_the_provider_and_keeps_the_place(state: State, words: str) -> None:
    draft = {"subject": "Maths"}
    john = registered(state=state, draft=draft, settings=OPEN)
    assert john.writes(words) == ""
    assert john.effects == (ConfirmPayment(has_paid=True),)
    assert (john.state, john.draft) == (state, draft)


@pytest.mark.parametrize("words", ["done", "Done!", "I'm done", "fini", "terminé"])
def test_done_says_who_was_about_to_pay_and_has(words: str) -> None:
    john = registered(state=State.PAYMENT_PENDING, settings=OPEN)
    assert john.writes(words) == ""
    assert john.effects == (ConfirmPayment(has_paid=True),)
    assert john.state is State.PAYMENT_PENDING


@pytest.mark.parametrize("state", [State.REGISTERING_NAME, State.HOMEWORK_CONTENT])
def test_where_an_answer_is_awaited_paid_is_an_answer(state: State) -> None:
    john = registered(state=state, draft={"subject": "Maths", "kind": "text"}, settings=OPEN)
    john.writes("I have paid")
    assert ConfirmPayment(has_paid=True) not in john.effects


def test_an_odd_word_is_answered_with_the_offer_again() -> None:
    john = registered(state=State.PAYMENT_PENDING, settings=OPEN)
    assert john.writes("how so").startswith("Sorry, I did not understand that.")
    assert list(john.sees) == ["confirm", "main_menu"]


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("state", sorted(WAITING - {State.PAYMENT_PENDING}))
def test_news_keep_the_place_and_lead_nobody_away(news: str, state: State) -> None:
    step = NEWS[news](Place(state, {"subject": "Maths"}))
    assert (step.state, step.draft) == (state, {"subject": "Maths"})
    assert buttons(step) == {}
    assert body(step)


@pytest.mark.parametrize("news", ["received", "flagged", "refunded"])
def test_when_it_is_over_nothing_is_left_to_confirm(news: str) -> None:
    step = NEWS[news](Place(State.PAYMENT_PENDING))
    assert step.state is State.REGISTERED
    assert list(buttons(step)) == ["main_menu"]


@pytest.mark.parametrize("news", ["failed", "no_link", "nothing_found"])
def test_who_is_about_to_pay_may_try_again(news: str) -> None:
    step = NEWS[news](Place(State.PAYMENT_PENDING))
    assert step.state is State.PAYMENT_PENDING
    assert list(buttons(step)) == ["confirm", "main_menu"]


@pytest.mark.parametrize("news", ["failed", "no_link", "nothing_found", "ends_soon"])
@pytest.mark.parametrize("state", AT_REST)
def test_at_rest_the_way_back_is_subscribe(news: str, state: State) -> None:
    step = NEWS[news](Place(state))
    assert step.state is state
    assert list(buttons(step)) == ["pay", "main_menu"]
