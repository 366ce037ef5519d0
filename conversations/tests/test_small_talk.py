"""Small talk where an answer is awaited is no answer: the question is kindly asked once more."""

import pytest

from conversations import intents
from conversations.models import Conversation, Homework
from conversations.states import State
from conversations.step import ConfirmPayment, SubmitHomework
from conversations.tests.talk import Student, registered, unregistered
from conversations.turn import Haste
from whatsapp.tests.phone import Phone

SMALL_TALK = [
    *("ok", "Ok.", "OK!!", "hello", "Hello sir", "👍", "👍🏾", "thanks", "Thank you!", "yes", "no"),
    *("okkk", "okk", "heyyyy", "hiiii", "helloooo", "thankssss", "byeee", "yesss", "bonjourrr"),
    *("merci", "d'accord", "Bonjour", "salut", "👍👍👍", "🙏", "?", "...", "!!", "kk", "wait"),
    *("one moment", "hold on", "attends", "une minute", "ok ok", "here it is", "le voici"),
]
CALLS = ["Suport", "supprt"]
ANSWERS = [
    "42",
    "Paris",
    "cancer",
    "pays",
    "x",
    "k",
    "B",
    "7.",
    "½",
    "x²",
    "no, because 2 is even",
    "photosynthesis",
]


def asked_for_text() -> Student:
    draft = {"subject": "Maths", "kind": "text"}
    return registered(state=State.HOMEWORK_CONTENT, draft=draft)


@pytest.mark.parametrize("text", SMALL_TALK + CALLS)
def test_small_talk_is_no_homework(text: str) -> None:
    john = asked_for_text()
    said = john.writes(text)
    assert john.effects == ()
    assert said.endswith("📄 Please send your Maths homework in one message.")
    assert (john.state, john.draft) == (State.HOMEWORK_CONTENT, asked_for_text().draft)


@pytest.mark.parametrize("text", ANSWERS)
def test_one_word_may_be_an_answer(text: str) -> None:
    john = asked_for_text()
    john.writes(text)
    assert john.effects == (SubmitHomework("Maths", "text", text, (101,)),)


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_beside_pages_is_no_note(text: str) -> None:
    draft = {"subject": "Maths", "kind": "image", "files": "5"}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    assert john.writes(text).startswith("📎 *Maths*, pages so far: 1.")
    assert john.draft == draft


def test_small_talk_alone_is_not_handed_in_as_pictures_either() -> None:
    john = registered(state=State.HOMEWORK_CONTENT, draft={"subject": "Maths", "kind": "image"})
    john.writes("ok")
    assert john.writes("done").startswith("There is nothing to hand in yet.")


@pytest.mark.parametrize("text", ["hello", "ok", "Thanks!", "heyyy", "bonsoir"])
@pytest.mark.parametrize(
    ("state", "question"),
    [
        (State.HOMEWORK_SUBJECT, "📝 Which subject is your homework in?"),
        (State.HOMEWORK_TYPE, "*–*: will you send it as text or as pictures?"),
        (State.REGISTERING_NAME, "What is your full name?"),
        (State.REGISTERING_EMAIL, "What is your e-mail address?"),
        (State.REGISTERING_CLASS, "Which class are you in?"),
    ],
)
def test_no_subject_kind_name_or_class_either(state: State, question: str, text: str) -> None:
    handing_in = state in {State.HOMEWORK_SUBJECT, State.HOMEWORK_TYPE}
    student = registered(state=state) if handing_in else unregistered(state=state)
    assert student.writes(text).startswith(question)
    assert (student.state, student.effects, student.misses) == (state, (), 0)


def test_a_greeting_while_paying_is_no_misunderstanding() -> None:
    john = registered(state=State.PAYMENT_PENDING, settings={"payments_open": True})
    assert john.writes("hello").startswith("💳 A subscription costs")
    assert john.effects == ()


@pytest.mark.parametrize("text", ["yes please", "Sure!", "yeah", "d'acc", "oui merci"])
def test_what_means_yes_confirms_a_payment(text: str) -> None:
    john = registered(state=State.PAYMENT_PENDING, settings={"payments_open": True})
    john.writes(text)
    assert john.effects == (ConfirmPayment(),)


@pytest.mark.parametrize("name", ["Ann Lee", "Aaron", "Otto", "Hanna", "Okk Noo", "Alii"])
def test_letters_written_twice_belong_to_names(name: str) -> None:
    assert not intents.is_greeting(name)


def test_an_auto_responder_is_not_asked_for_the_homework_for_ever() -> None:
    john = asked_for_text()
    john.settings = {"haste": Haste.TOO_FAST}
    assert john.writes("ok").startswith("That was a lot at once!")
    john.settings = {"haste": Haste.TOLD}
    assert john.writes("ok") == ""
    john.writes("42")
    assert john.effects == (SubmitHomework("Maths", "text", "42", (103,)),)


@pytest.mark.django_db
def test_a_student_who_answers_ok_is_asked_for_the_homework(john: Phone) -> None:
    for words in ("hi", "John Doe", "skip", "10A", "homework", "Maths", "text"):
        john.say(words)
    for words in ("ok", "👍", "merci"):
        john.say(words)
        assert john.last.text.endswith("📄 Please send your Maths homework in one message.")
    assert not Homework.objects.exists()
    assert Conversation.objects.get().state == State.HOMEWORK_CONTENT

    john.say("42")
    assert Homework.objects.get().text == "42"
