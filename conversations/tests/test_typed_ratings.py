"""What people type when asked how a chat was: marks, stars, faces, a word of praise."""

import pytest

from conversations.machine import advance
from conversations.states import State
from conversations.step import CommentOnChat, OpenChat, RateChat
from conversations.tests.talk import TICKET, Student, in_chat
from conversations.turn import Heard, Learnt
from support import services
from support.models import SupportTicket
from support.services import Actor
from whatsapp.tests.phone import Phone

GOOD = [
    *("5", "5/5", "4/5", "4 / 5", "10/10", "9/10", "11/10", "18/20", "100%", "5 stars", "4 star"),
    *(
        "⭐⭐⭐⭐",
        "⭐️⭐️⭐️⭐️⭐️",
        "🌟🌟🌟🌟🌟",
        "★★★★☆",
        "5⭐",
        "5️⃣",
        "8",
        "10",
        "5 out of 5",
        "5 sur 5",
    ),
    *("five stars", "cinq étoiles", "4 étoiles", "I give 5/5", "Je mets 5/5", "note : 18/20"),
    *("great!!", "Great", "GREAT", "greaaaat", "perfect", "Excellent!", "awesome", "nice one"),
    *("super", "Très bien !", "parfait", "génial", "au top", "tres bien", "impeccable"),
    *("👍", "👍👍👍", "👍 thanks", "❤️", "😍😍", "😊", "💯", "👏🏽👏🏽"),
    *("great support", "The support was great", "very good chat", "the agent was very helpful"),
    *("thanks for the great support", "not bad", "le support était super", "service très rapide"),
    *("good good", "très bon service", "really nice and helpful"),
]
BAD = [
    *("0", "2", "1/5", "2/5", "0/10", "3/10", "5/20", "20%", "1 star", "2 stars", "⭐⭐", "★☆☆☆☆"),
    *("one star", "une étoile", "bad", "Terrible!", "awful", "useless", "too slow", "nul"),
    *("pas bien", "pas terrible", "très mauvais", "👎", "👎🏽👎🏽", "😡", "😠😠", "not helpful"),
    *("the support was bad", "it was not good", "support was not helpful", "wasn't helpful"),
    *("le support était nul", "ce n'était pas bien", "trop lent"),
]
UNCLEAR = ["1", "3", "3/5", "6", "5/10", "10/20", "50%", "⭐", "⭐⭐⭐", "3 stars", "👍👎"]
OTHERS = [  # what means something else
    *("homework please", "I need a human", "support", "pay", "how do I pay?", "faq", "2 + 3 = 5?"),
    *("my homework is 5/5 done?", "12/11/2026", "when is the 5/10 exam", "2026", "08031234567"),
    *("Good, but I need a human", "Great! what is my homework about?"),
    *("I need good support", "is it good to subscribe?", "👍 homework", "English", "STOP"),
    *("What is 3/5 of 20?", "10A", "SS2", "15", "0803 123 4567", "👍 I need homework help"),
    *("5" * 4000, "٥" * 3000),
]


def rated_after_chat(text: str) -> Student:
    john = in_chat()
    john.writes("end chat")
    john.writes(text)
    return john


def _ratings(student: Student) -> list[RateChat]:
    return [effect for effect in student.effects if isinstance(effect, RateChat)]


@pytest.mark.parametrize("text", GOOD)
def test_praise_is_a_good_rating(text: str) -> None:
    assert _ratings(rated_after_chat(text)) == [RateChat(TICKET, "good")]


@pytest.mark.parametrize("text", BAD)
def test_blame_is_a_bad_rating(text: str) -> None:
    assert _ratings(rated_after_chat(text)) == [RateChat(TICKET, "bad")]


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_middling_mark_is_asked_about(text: str) -> None:
    john = rated_after_chat(text)
    assert john.effects == ()
    assert list(john.sees) == [f"rate:{TICKET}:good", f"rate:{TICKET}:bad", "main_menu"]
    john.writes("good")
    assert _ratings(john) == [RateChat(TICKET, "good")]


@pytest.mark.parametrize("text", OTHERS)
def test_what_means_something_else_is_no_rating(text: str) -> None:
    assert _ratings(rated_after_chat(text)) == []


@pytest.mark.parametrize("text", [*GOOD, *BAD, *UNCLEAR])
def test_a_rating_in_words_opens_no_chat(text: str) -> None:
    assert OpenChat() not in rated_after_chat(text).effects


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5/5 she explained everything", "she explained everything"),
        ("👍 she was very patient with me", "she was very patient with me"),
        ("⭐⭐⭐⭐⭐ - the agent solved it", "the agent solved it"),
        ("2 stars, I waited for an hour", "I waited for an hour"),
        ("Great support, she explained it all to me", "she explained it all to me"),
        ("Useless! I have been waiting here since Monday", "I have been waiting here since Monday"),
    ],
)
def test_what_is_written_beside_a_mark_is_kept(text: str, words: str) -> None:
    john = in_chat()
    john.writes("end chat")
    said = john.writes(text)
    assert "We have passed your words on to our team." in said
    assert said.count("Thank you") == 1
    assert john.effects[1:] == (CommentOnChat(TICKET, words),)
    assert john.draft == {}


def test_who_regrets_in_words_is_offered_a_person() -> None:
    john = rated_after_chat("1/5 nobody answered my question")
    assert list(john.sees) == ["support", "main_menu"]


@pytest.mark.parametrize("thanks", ["thanks", "Merci !", "🙏", "ok bye"])
def test_a_thank_you_first_leaves_time_for_the_rating(thanks: str) -> None:
    john = in_chat()
    john.writes("end chat")
    assert john.writes(thanks) == "Hey John! What would you like to do?"
    john.writes("5/5")
    assert _ratings(john) == [RateChat(TICKET, "good")]


@pytest.mark.parametrize("word", ["skip", "no thanks", "passer"])
def test_a_rating_may_be_skipped_in_words(word: str) -> None:
    john = rated_after_chat(word)
    assert john.step.rule == "rating.skipped"
    assert (john.effects, john.draft) == ((), {})


@pytest.mark.parametrize("text", ["5", "5/5", "⭐⭐⭐⭐", "great support"])
def test_without_the_question_it_is_no_rating(text: str) -> None:
    john = in_chat()
    john.writes("end chat")
    john.writes("menu")
    john.writes(text)
    assert _ratings(john) == []


def test_marks_are_no_ratings_where_an_answer_is_awaited() -> None:
    john = in_chat()
    john.writes("end chat")
    turn = john.turn(Heard("text", "5/5", message_id=9))
    for state in (State.HOMEWORK_CONTENT, State.HOMEWORK_SUBJECT, State.REGISTERING_CLASS):
        step = advance(type(turn)(state, turn.heard, turn.person, "EduBot", turn.draft))
        assert not any(isinstance(effect, RateChat) for effect in step.effects)


def test_the_question_is_nearer_than_what_staff_taught() -> None:
    john = in_chat()
    john.writes("end chat")
    john.settings = {"learnt": Learnt(faq_id=1)}
    john.writes("5")
    assert _ratings(john) == [RateChat(TICKET, "good")]


@pytest.mark.django_db
def test_a_mark_does_not_reopen_the_chat_that_the_team_has_just_ended(john: Phone, agent, work):
    john.say("support")
    john.say("My upload fails")
    ticket = SupportTicket.objects.get()
    services.reply(ticket.pk, Actor.of(agent), "Try again")
    services.end(ticket.pk, Actor.of(agent))
    work()
    john.say("⭐⭐⭐⭐⭐ thank you, it works now")
    ticket.refresh_from_db()
    assert (ticket.rating, ticket.status) == ("good", "RESOLVED")
    assert ticket.rating_comment == "thank you, it works now"
    assert john.last.text.startswith("Thank you for the rating! 😊")
