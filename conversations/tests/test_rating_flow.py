"""Rating a chat with a button, and with a sentence if one likes."""

import pytest

from conversations.states import State
from conversations.step import CommentOnChat, NoteWords, OpenChat, RateChat
from conversations.tests.talk import JOHN, Student, in_chat, registered, unregistered


@pytest.fixture
def rated() -> Student:
    """John, who has just tapped a rating."""
    john = registered()
    john.taps("rate:12:good")
    return john


def test_a_good_rating_is_thanked_and_a_word_asked_for() -> None:
    john = registered()
    said = john.taps("rate:12:good")
    assert john.effects == (RateChat(12, "good"),)
    assert said.startswith("Thank you for the rating! 😊\n\nWould you like to add a sentence?")
    assert john.sees == {"skip_words": "⏭️ Skip", "main_menu": "📍 Main Menu"}
    assert john.state is State.REGISTERED


def test_a_bad_rating_is_regretted_and_a_person_offered() -> None:
    john = registered()
    assert "sorry" in john.taps("rate:12:bad")
    assert john.effects == (RateChat(12, "bad"),)
    assert list(john.sees) == ["support", "skip_words", "main_menu"]


@pytest.mark.parametrize(
    "words",
    ["She was kind and quick", "The support was great", "my homework is still open", "Bad!", "?"],
)
def test_the_next_sentence_is_kept_and_leads_to_the_menu(rated: Student, words: str) -> None:
    said = rated.writes(words)
    assert rated.effects == (CommentOnChat(12, words),)
    assert said.startswith("Thank you, we have passed it on")
    assert "homework" in rated.sees
    assert rated.draft == {}


def test_only_one_sentence_is_taken(rated: Student) -> None:
    rated.writes("She was kind")
    rated.writes("and quick")
    assert rated.effects == (NoteWords(),)


@pytest.mark.parametrize("skip", ["skip", "Skip!", "⏭️ Skip", "no thanks"])
def test_skipping_in_words_leads_to_the_menu(rated: Student, skip: str) -> None:
    assert rated.writes(skip) == "Hey John! What would you like to do?"
    assert rated.effects == ()


def test_the_button_skip_leads_to_the_menu_and_later_is_an_old_button(rated: Student) -> None:
    assert rated.taps("skip_words") == "Hey John! What would you like to do?"
    assert rated.draft == {}
    assert rated.taps("skip_words").startswith("That button is from earlier")


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        ("menu", "home"),
        ("homework", "homework.begin"),
        ("status", "status.show"),
        ("STOP", "menu.opt_out"),
        ("thanks", "menu.greeting"),
    ],
)
def test_commands_and_small_talk_are_no_comments(rated: Student, command: str, rule: str) -> None:
    rated.writes(command)
    assert rated.step.rule == rule
    assert rated.draft == {}


def test_support_is_support(rated: Student) -> None:
    rated.writes("support")
    assert rated.effects == (OpenChat(),)


def test_a_picture_is_no_comment(rated: Student) -> None:
    assert rated.sends("image", "look").startswith("Thank you! What shall I do with it?")


def test_the_unregistered_may_comment_too() -> None:
    nobody = unregistered()
    nobody.taps("rate:12:bad")
    nobody.writes("Too slow")
    assert nobody.effects == (CommentOnChat(12, "Too slow"),)


@pytest.mark.parametrize("rating", ["good", "bad"])
def test_half_way_through_something_no_word_is_asked_for(rating: str) -> None:
    john = registered(state=State.HOMEWORK_SUBJECT)
    said = john.taps(f"rate:12:{rating}")
    assert said.endswith("Which subject is your homework in? (for example Maths)")
    john.writes("Maths")
    assert john.draft == {"subject": "Maths"}


def test_in_a_chat_no_word_is_asked_for() -> None:
    john = in_chat(JOHN)
    assert john.taps("rate:3:good") == "Thank you for the rating! 😊"
    assert list(john.sees) == ["end_chat"]


def test_a_rating_does_not_lose_half_a_homework() -> None:
    john = registered(state=State.HOMEWORK_TYPE, draft={"subject": "Maths"})
    john.taps("rate:12:good")
    assert (john.state, john.draft) == (State.HOMEWORK_TYPE, {"subject": "Maths"})


def test_an_earlier_chat_can_be_rated_in_the_next() -> None:
    john = in_chat()
    john.taps("rate:3:good")
    assert john.effects == (RateChat(3, "good"),)
    assert john.state is State.CHAT_SUPPORT_ACTIVE


@pytest.mark.parametrize(
    "choice", ["rate", "rate:", "rate:12", "rate:12:fine", "rate:-1:good", "rate:²:bad"]
)
def test_a_rating_that_makes_no_sense_is_an_old_button(choice: str) -> None:
    john = registered()
    assert john.taps(choice).startswith("That button is from earlier")
    assert john.effects == ()


@pytest.mark.parametrize(
    ("typed", "rating"),
    [("Good", "good"), ("👍", "good"), ("👍🏾", "good"), ("not good", "bad"), ("👎", "bad")],
)
def test_a_rating_may_be_typed(typed: str, rating: str) -> None:
    john = in_chat()
    john.writes("done")
    john.writes(typed)
    assert john.effects == (RateChat(12, rating),)
    assert john.draft == {"rated": "12"}


def test_a_thumb_counts_only_right_after_the_question() -> None:
    john = in_chat()
    john.writes("done")
    john.writes("menu")
    john.writes("👍")
    assert john.effects == ()


def test_what_is_asked_instead_of_rating_is_answered() -> None:
    john = in_chat()
    john.writes("done")
    john.writes("homework please")
    assert john.state is State.HOMEWORK_SUBJECT
