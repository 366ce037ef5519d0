"""Who leaves a homework half-way, on purpose or by a slip of the finger, finds it again."""

import pytest

from conversations.flows import collecting, payment_news
from conversations.flows.payment_news import Place
from conversations.models import Homework
from conversations.states import State
from conversations.step import SubmitHomework
from conversations.tests.homework import PHOTO
from conversations.tests.talk import Student, registered
from conversations.turn import Heard
from whatsapp.tests.phone import Phone

COLLECTED = {"subject": "Biology", "kind": "image", "files": "1:5,2:6", "note": "question 3"}
WAITS = "📎 Your Biology homework waits for you: choose *Homework* to go on with it."
MENU = "Hey John! What would you like to do?"
BACK = (
    "Here is your homework again. To drop it, write *cancel*.\n\n"
    "📎 *Biology*, pages so far: 2. Send more, or choose *Done* to hand it in."
)
HANDED_IN = (SubmitHomework("Biology", "image", "question 3", (5, 6)),)


@pytest.fixture
def student() -> Student:
    return registered(state=State.HOMEWORK_CONTENT, draft=dict(COLLECTED))


def goes_on(student: Student) -> None:
    assert student.taps("homework") == BACK
    assert list(student.sees) == ["done", "remove", "main_menu"]
    student.taps("done")
    assert student.effects == HANDED_IN


@pytest.mark.parametrize("way", ["main_menu", "Main Menu", "menu", "check", "faq", "pay"])
def test_it_waits_while_the_student_is_elsewhere(student: Student, way: str) -> None:
    said = student.taps(way) if way in {"main_menu", "check", "faq", "pay"} else student.writes(way)
    assert said.startswith(WAITS)
    goes_on(student)


def test_the_menu_says_so_once(student: Student) -> None:
    assert student.writes("menu") == f"{WAITS}\n\n{MENU}"
    assert student.writes("menu") == MENU
    goes_on(student)


def test_it_waits_through_other_errands(student: Student) -> None:
    student.writes("menu")
    student.writes("update")
    for answer in ("John Okoro", "john@example.com", "SS2"):
        student.writes(answer)
    assert student.state is State.REGISTERED
    student.taps("pay")
    student.writes("menu")
    student.writes("What is this?")
    goes_on(student)


def test_it_waits_for_the_end_of_a_chat_that_was_opened_at_the_menu(student: Student) -> None:
    student.writes("menu")
    student.writes("support")
    assert "Your Biology homework is still here" in student.writes("end chat")
    student.taps("done")
    assert student.effects == HANDED_IN


def test_an_old_button_begins_no_other_homework_on_top_of_it(student: Student) -> None:
    goes_on(student)


@pytest.mark.parametrize("at", ["its pages", "the menu"])
def test_cancel_drops_it(student: Student, at: str) -> None:
    if at == "the menu":
        student.writes("menu")
    dropped = "🗑️ All right, your Biology homework is dropped. Nothing was handed in."
    assert student.writes("cancel") == f"{dropped}\n\n{MENU}"
    assert student.draft == {}
    assert "Which subject" in student.taps("homework")


@pytest.mark.parametrize(
    ("errand", "words"),
    [("pay", "cancel"), ("pay", "no"), ("pay", "Not now"), ("update", "annuler")],
)
def test_leaving_another_errand_leaves_it_alone(student: Student, errand: str, words: str) -> None:
    student.settings["payments_open"] = True
    student.writes("menu")
    student.writes(errand)
    assert student.writes(words) == f"All right, that is cancelled.\n\n{WAITS}\n\n{MENU}"
    goes_on(student)


def test_a_payment_that_comes_in_meanwhile_keeps_it() -> None:
    step = payment_news.received(Place(State.PAYMENT_PENDING, COLLECTED), "1 May")
    assert (step.state, step.draft) == (State.REGISTERED, COLLECTED)


def test_what_the_photo_check_finds_meanwhile_is_said_on_the_way_back(student: Student) -> None:
    student.writes("menu")
    step = collecting.examined(student.turn(Heard("system")), 6, "blurred")
    assert step is not None
    assert (step.state, step.say) == (State.REGISTERED, ())
    student.draft = dict(step.draft)
    assert "Page 2: blurred" in student.taps("homework")


def test_on_the_phone(john: Phone, work) -> None:
    for words in ("hi", "John Doe", "john@example.org", "10A", "homework", "Biology", "image"):
        john.say(words)
    john.send_image(PHOTO)
    work()
    john.say("menu")
    john.say("homework")
    john.send_image(PHOTO)
    john.say("done")
    assert Homework.objects.get().pages.count() == 2
