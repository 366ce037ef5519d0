"""A tap on an old button does what it says if that still makes sense, and says so if not."""

import pytest

from conversations.states import REGISTERING, WAITING, State
from conversations.tests.talk import registered, unregistered

STEP_BUTTONS = ("text", "image", "confirm", "done", "keep", "skip", "stay", "rate", "no_such_thing")


@pytest.mark.parametrize("choice", STEP_BUTTONS)
@pytest.mark.parametrize("state", [State.INITIAL, State.IDLE, State.REGISTERED])
def test_at_rest_a_button_of_a_step_says_that_it_is_old(choice: str, state: State) -> None:
    john = registered(state=state)
    said = john.taps(choice, title="💬 Stay in chat")
    assert said.startswith("That button is from earlier and no longer works.")
    assert "homework" in john.sees
    assert john.effects == ()


@pytest.mark.parametrize("title", ["✅ Done", "📄 Text", "💬 Stay in chat", "✅ Keep"])
def test_the_title_of_an_old_button_is_no_command(title: str) -> None:
    assert registered().taps("stay", title=title).startswith("That button is from earlier")


@pytest.mark.parametrize("choice", ["stay", "no_such_thing", "rate:0"])
@pytest.mark.parametrize("state", sorted(WAITING))
def test_in_the_middle_of_something_the_place_is_kept(choice: str, state: State) -> None:
    draft = {"subject": "Maths", "kind": "image", "files": "5"}
    john = registered(state=state, draft=draft, settings={"payments_open": True})
    assert john.taps(choice).startswith("That button is from earlier")
    assert (john.state, john.draft) == (state, draft)


def test_end_chat_without_a_chat_says_that_none_is_open() -> None:
    john = registered()
    said = john.taps("end_chat")
    assert said == "No chat is open at the moment.\n\nHey John! What would you like to do?"
    assert john.effects == ()


@pytest.mark.parametrize("choice", ["homework", "faq", "support", "check", "main_menu", "pay"])
@pytest.mark.parametrize("state", sorted(set(State) - {State.CHAT_SUPPORT_ACTIVE}))
def test_menu_buttons_work_for_ever(choice: str, state: State) -> None:
    john = registered(state=state, draft={"subject": "Maths"})
    assert "from earlier" not in john.taps(choice)


def test_continue_at_rest_is_the_main_menu() -> None:
    assert registered().taps("continue") == "Hey John! What would you like to do?"


@pytest.mark.parametrize("state", sorted(REGISTERING))
def test_keep_means_nothing_while_registering(state: State) -> None:
    ada = unregistered(state=state, draft={"name": "Ada Obi"})
    assert ada.taps("keep").startswith("That button is from earlier")


def test_a_template_button_speaks_through_its_label() -> None:
    john = registered()
    john.taps("💬 Chat Support", title="💬 Chat Support")
    assert john.state is State.CHAT_SUPPORT_ACTIVE
