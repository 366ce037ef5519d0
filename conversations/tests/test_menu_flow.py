"""Main menu, help, status, payment, misunderstandings, reminders, silence."""

from datetime import date

import pytest

from conversations.flows.menu import reminder
from conversations.states import WAITING, State
from conversations.step import ConfirmPayment, OpenChat, OptOut
from conversations.tests.talk import JOHN, NOBODY, Student, body, buttons, registered, unregistered
from conversations.turn import HomeworkLine, Person

ROWS = {
    "homework": "📝 Homework",
    "pay": "💳 Subscribe",
    "faq": "❓ FAQs",
    "support": "💬 Chat Support",
    "check": "📊 Check Status",
}


@pytest.mark.parametrize("words", ["menu", "Main Menu", "📍 Main Menu", "home", "hi", "thanks"])
def test_the_main_menu_of_a_registered_student(words: str) -> None:
    john = registered()
    assert john.writes(words) == "Hey John! What would you like to do?"
    assert john.sees == ROWS
    assert john.state is State.REGISTERED


def test_the_main_menu_of_an_unregistered_student_offers_to_register() -> None:
    ada = unregistered()
    assert ada.writes("menu").startswith("👋 Welcome to *EduBot*!")
    assert ada.sees == {**ROWS, "register": "✍️ Register"}


def test_without_a_name_nobody_is_called_empty() -> None:
    student = registered(person=Person("", True))
    assert student.writes("menu") == "What would you like to do?"


@pytest.mark.parametrize("state", sorted(set(State) - {State.CHAT_SUPPORT_ACTIVE}))
@pytest.mark.parametrize("person", [JOHN, NOBODY])
def test_the_main_menu_works_from_everywhere(state: State, person: Person) -> None:
    for say in (Student.writes, Student.taps):
        student = Student(person, state, {"subject": "Maths"})
        say(student, "main_menu")
        assert student.state is (State.REGISTERED if person.registered else State.IDLE)
        assert student.draft == {}
        assert "homework" in student.sees


def test_a_misunderstanding_brings_the_menu_and_the_second_a_person() -> None:
    john = registered()
    assert john.writes("purple elephants").startswith("Sorry, I did not understand")
    assert john.sees == ROWS
    assert "talk to a person" in john.writes("green elephants")
    assert list(john.sees) == ["support", "faq", "main_menu"]
    assert john.misses == 2


def test_something_understood_ends_the_row_of_misunderstandings() -> None:
    john = registered()
    john.writes("purple elephants")
    john.writes("menu")
    assert john.writes("purple elephants").startswith("Sorry, I did not understand")


@pytest.mark.parametrize("kind", ["image", "document", "audio", "video"])
def test_a_picture_out_of_the_blue_is_asked_about(kind: str) -> None:
    john = registered()
    assert john.sends(kind).startswith("Thank you! What shall I do with it?")
    assert list(john.sees) == ["homework", "support", "main_menu"]


@pytest.mark.parametrize("kind", ["sticker", "location", "contacts", "form", "order", "poll"])
def test_what_cannot_be_read_is_said_and_the_menu_shown(kind: str) -> None:
    john = registered()
    assert john.sends(kind).startswith("Sorry, I cannot read that kind of message.")
    assert john.sees == ROWS


@pytest.mark.parametrize("state", sorted(set(State) - {State.CHAT_SUPPORT_ACTIVE}))
def test_reactions_late_messages_and_notices_are_not_answered(state: State) -> None:
    for kind, late in (("reaction", False), ("system", False), ("text", True), ("choice", True)):
        student = registered(state=state, draft={"subject": "Maths"}, misses=1)
        assert student.sends(kind, "menu", late=late) == ""
        assert (student.state, student.draft) == (state, {"subject": "Maths"})
        assert student.misses == 1


def test_a_late_stop_still_counts() -> None:
    john = registered()
    assert john.writes("STOP", late=True) == ""
    assert john.effects == (OptOut(),)


def test_help_says_what_the_bot_can_do() -> None:
    john = registered()
    said = john.writes("help")
    assert all(word in said for word in ("*homework*", "*support*", "*faq*", "*status*"))
    assert said.endswith("Hey John! What would you like to do?")


def test_cancel_at_rest_is_just_the_menu() -> None:
    assert registered().writes("cancel") == "Hey John! What would you like to do?"


def test_the_status_of_a_registered_student() -> None:
    line = HomeworkLine("HW-1", "Maths", "received", date(2026, 11, 2))
    person = Person(
        "John",
        True,
        name="John Okoro",
        class_name="SS2",
        subscribed_until=date(2026, 12, 31),
        homework=(line,) * 9,
    )
    said = registered(person=person).taps("check")
    assert "Name: John Okoro\nClass: SS2" in said
    assert "Subscribed until 31/12/2026" in said
    assert said.count("• HW-1 Maths, 02/11/2026 – received") == 5


def test_the_status_of_who_has_nothing_yet() -> None:
    said = registered().writes("status")
    assert "No subscription" in said
    assert "No homework handed in yet" in said


def test_the_status_of_the_unregistered_is_an_offer() -> None:
    ada = unregistered()
    assert "not registered yet" in ada.writes("check")
    assert list(ada.sees) == ["register", "support", "main_menu"]


@pytest.mark.parametrize("person", [JOHN, NOBODY])
def test_closed_payments_are_said_to_be_closed(person: Person) -> None:
    student = registered(person=person)
    assert "not open yet" in student.taps("pay")
    assert list(student.sees) == ["support", "main_menu"]
    assert student.state is (State.REGISTERED if person.registered else State.IDLE)
    student.state = State.PAYMENT_PENDING
    assert "not open yet" in student.taps("confirm")
    assert student.effects == ()


@pytest.mark.parametrize("words", ["confirm", "✅ Confirm", "yes"])
def test_open_payments_are_offered_and_confirmed(words: str) -> None:
    john = registered(settings={"payments_open": True})
    assert "₦5,000 a month" in john.writes("subscribe")
    assert john.sees == {"confirm": "✅ Confirm", "main_menu": "📍 Main Menu"}
    assert john.state is State.PAYMENT_PENDING
    john.writes(words)
    assert john.effects == (ConfirmPayment(),)
    john.taps("confirm")
    assert john.effects == (ConfirmPayment(),)
    assert john.state is State.PAYMENT_PENDING


@pytest.mark.parametrize("state", sorted(WAITING))
def test_a_reminder_says_where_one_was_and_continue_asks_again(state: State) -> None:
    draft = {"subject": "Maths", "kind": "image", "files": "5"}
    step = reminder(state, JOHN, draft)
    assert body(step).endswith("Would you like to go on?")
    assert buttons(step) == {"continue": "▶️ Continue", "main_menu": "📍 Main Menu"}
    assert (step.state, step.draft) == (state, draft)
    john = registered(state=state, draft=draft, settings={"payments_open": True})
    assert john.taps("continue") != ""
    assert (john.state, john.draft) == (state, draft)


def test_reminders_name_the_errand() -> None:
    assert "homework" in body(reminder(State.HOMEWORK_TYPE, JOHN, {}))
    assert "registering" in body(reminder(State.REGISTERING_NAME, NOBODY, {}))
    assert "details" in body(reminder(State.REGISTERING_NAME, JOHN, {}))
    assert "subscribe" in body(reminder(State.PAYMENT_PENDING, JOHN, {}))


@pytest.mark.parametrize("state", sorted(set(State) - WAITING))
def test_nobody_is_reminded_of_nothing(state: State) -> None:
    assert reminder(state, JOHN, {}).say == ()


def test_who_opted_out_is_not_reminded() -> None:
    assert reminder(State.HOMEWORK_TYPE, Person("Ada", True, opted_out=True), {}).say == ()


@pytest.mark.parametrize("state", sorted(set(State) - {State.CHAT_SUPPORT_ACTIVE}))
def test_stop_and_start_count_in_every_state(state: State) -> None:
    john = registered(state=state, draft={"subject": "Maths", "kind": "text"})
    john.writes("Unsubscribe")
    assert john.person.opted_out
    john.state = state
    john.writes("START")
    assert not john.person.opted_out


@pytest.mark.parametrize("yes", ["yes", "Ok!", "oui"])
def test_yes_to_the_offer_of_a_person_opens_a_chat(yes: str) -> None:
    john = registered()
    john.writes("qwertz")
    john.writes("yxcvb")
    assert "talk to a person" in body(john.step)
    john.writes(yes)
    assert john.effects == (OpenChat(),)


def test_no_to_the_offer_of_a_person_leads_to_the_menu() -> None:
    john = registered()
    john.writes("qwertz")
    john.writes("yxcvb")
    assert john.writes("no") == "Hey John! What would you like to do?"


@pytest.mark.parametrize("cry", ["pls help", "Please help!!", "help pls 🙏"])
def test_a_polite_cry_for_help_is_help(cry: str) -> None:
    assert registered().writes(cry) == registered().writes("help")


@pytest.mark.parametrize("state", sorted(WAITING))
@pytest.mark.parametrize("words", ["▶️ Continue", "continuer"])
def test_continue_may_be_typed_where_something_is_half_done(state: State, words: str) -> None:
    john = registered(state=state, draft={"subject": "Maths", "kind": "text"})
    tapped = registered(state=state, draft=dict(john.draft))
    assert john.writes(words) == tapped.taps("continue")
    assert (john.state, john.draft, john.effects) == (state, tapped.draft, ())


@pytest.mark.parametrize("kind", ["image", "document", "audio", "video"])
def test_a_file_out_of_the_blue_must_be_sent_again_wherever_it_is_to_go(kind: str) -> None:
    said = registered().sends(kind)
    assert "*Support*" in said
    assert said.rstrip(".").endswith("end it again")
    assert ("cannot be homework" in said) == (kind in {"audio", "video"})


@pytest.mark.parametrize(
    "words", ["How are you?", "good morning ma", "ok thanks 🙏", "Sup", "hiii!!"]
)
def test_small_talk_of_students_brings_the_menu(words: str) -> None:
    john = registered()
    assert john.writes(words) == "Hey John! What would you like to do?"
    assert john.misses == 0


@pytest.mark.parametrize("words", ["Who are you?", "are you a robot", "What can you do??"])
def test_who_asks_what_this_is_reads_what_it_can_do(words: str) -> None:
    assert "Here is what I can do" in registered().writes(words)
