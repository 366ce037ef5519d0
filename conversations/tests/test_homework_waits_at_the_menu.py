"""Who leaves a homework half-way, on purpose or by a slip of the finger, finds it again."""

import pytest

from conversations.flows import collecting, payment_news
from conversations.flows.payment_news import Place
from conversations.models import Homework
from conversations.states import State
from conversations.step import CommentOnChat, SubmitHomework
from conversations.tests.homework import PHOTO
from conversations.tests.talk import Student, body, buttons, registered
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


@pytest.mark.parametrize("words", ["done", "I am done", "submit", "terminé"])
def test_done_at_the_menu_hands_it_in(student: Student, words: str) -> None:
    student.writes("menu")
    student.writes(words)
    assert student.effects == HANDED_IN


@pytest.mark.parametrize("state", [State.REGISTERED, State.PAYMENT_PENDING, State.REGISTERING_NAME])
def test_its_old_buttons_work_from_elsewhere(student: Student, state: State) -> None:
    student.state = state
    assert student.taps("remove:6").startswith("🗑️ Removed: page 2.")
    student.state = state
    student.taps("done")
    assert student.effects == (SubmitHomework("Biology", "image", "question 3", (5,)),)


def test_a_page_is_removed_by_words_from_the_menu(student: Student) -> None:
    student.writes("menu")
    assert student.writes("remove 2").startswith("🗑️ Removed: page 2.")


def test_a_picture_at_the_menu_is_its_next_page(student: Student) -> None:
    student.writes("menu")
    assert student.sends("image", sent_at=1000).startswith("✓ Page 3 is here.")
    assert list(student.sees) == ["done", "remove", "main_menu"]


def test_a_picture_sent_much_later_is_asked_about(student: Student) -> None:
    student.writes("menu")
    assert student.sends("image", sent_at=2 + 3601).startswith("Thank you! What shall I do")
    goes_on(student)


def test_a_picture_after_a_chat_that_has_just_ended_is_for_the_team(student: Student) -> None:
    student.writes("menu")
    student.settings["resolved_chat"] = 12
    student.sends("image", sent_at=100)
    assert student.state is State.CHAT_SUPPORT_ACTIVE


@pytest.mark.parametrize("words", ["continue", "Continuer"])
def test_the_menu_is_left_by_going_on(student: Student, words: str) -> None:
    student.writes("menu")
    assert student.writes(words) == BACK


def test_continue_is_the_button_of_an_old_reminder(student: Student) -> None:
    student.writes("menu")
    assert student.taps("continue") == BACK


def test_done_is_a_word_on_a_rating_where_one_is_awaited(student: Student) -> None:
    student.writes("menu")
    student.taps("rate:12:good")
    student.writes("finished")
    assert student.effects == (CommentOnChat(12, "finished"),)


def test_it_was_begun_within_the_limit(student: Student) -> None:
    student.settings["homework_left"] = 0
    student.writes("menu")
    goes_on(student)


def test_the_status_tells_that_it_is_not_handed_in(student: Student) -> None:
    student.writes("menu")
    assert student.writes("status").endswith(f"No homework handed in yet\n\n{WAITS}")
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
    assert body(step).endswith(f"you are subscribed until 1 May.\n\n{WAITS}")
    assert list(buttons(step)) == ["homework", "main_menu"]


def test_what_the_photo_check_finds_meanwhile_is_said_on_the_way_back(student: Student) -> None:
    student.writes("menu")
    step = collecting.examined(student.turn(Heard("system")), 6, "blurred")
    assert step is not None
    assert (step.state, step.say) == (State.REGISTERED, ())
    student.draft = dict(step.draft)
    assert "Page 2: blurred" in student.taps("homework")
    assert "blurred" not in student.sends("image")


@pytest.mark.parametrize("way", ["menu", "support"])
@pytest.mark.parametrize("back", ["homework", "image", "done"])
@pytest.mark.parametrize("was_read", [True, False])
def test_a_finding_that_was_taken_back_is_said_on_the_way_back(
    student: Student, way: str, back: str, was_read: bool
) -> None:
    student.draft["remarks"] = "dark:6"
    student.settings["unsaid"] = not was_read
    student.writes(way)
    student.settings["unsaid"] = False
    if way == "support":
        student.writes("end chat")
        student.writes("menu")
    said = student.sends("image", sent_at=3) if back == "image" else student.taps(back)
    assert ("Page 2: very dark" in said) != was_read


def test_that_its_only_page_is_lost_is_said_on_the_way_back() -> None:
    draft = {"subject": "Biology", "kind": "image", "files": "1:5"}
    student = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    student.writes("menu")
    step = collecting.examined(student.turn(Heard("system")), 5, "lost")
    assert step is not None
    student.draft = dict(step.draft)
    student.taps("check")
    assert student.taps("homework") == (
        "Here is your homework again. To drop it, write *cancel*.\n\n"
        "Sorry, one file did not reach me. Please send it again.\n\n"
        "🖼️ Please send the pictures or PDF files of your Biology homework. "
        "When all are sent, choose *Done*."
    )
    assert student.taps("done").startswith("There is nothing to hand in yet.")


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
