"""What a tutor answers, and how it reaches the student."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from conversations import homework
from conversations.homework import Attachment
from conversations.models import Homework, HomeworkAnswer, HomeworkState, Student
from conversations.tests.homework import PHOTO, answered, handed_in, student, tutor
from support.services import Actor, ServiceError, WindowClosed
from whatsapp.kinds import Kind
from whatsapp.models import Media, Message
from whatsapp.models.message import Author, Direction, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> User:
    return tutor("grace")


def picture(name: str = "solved.jpg") -> Attachment:
    return Attachment(ContentFile(PHOTO, name), name, Kind.IMAGE, "image/jpeg")


def document() -> Attachment:
    return Attachment(ContentFile(b"%PDF-1.4", "s.pdf"), "s.pdf", Kind.DOCUMENT, "application/pdf")


def queued() -> list[tuple[str, str]]:
    sent = Message.objects.filter(direction=Direction.OUTBOUND).order_by("id")
    return list(sent.values_list("kind", "text"))


def shut(made: Homework) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    made.student.contact.last_inbound_at = long_ago
    made.student.contact.save()


def test_words_are_one_message_with_the_number_of_the_homework(grace: User) -> None:
    made = handed_in()
    answered(made, grace, "  x = 4  ")
    opening = f"✅ Here is the solution of your Maths homework *{made.reference}*."
    assert queued() == [("text", f"{opening}\n\nx = 4")]
    assert Message.objects.get().author == Author.AGENT
    made.refresh_from_db()
    assert (made.state, made.tutor) == (HomeworkState.SOLVED, grace)
    assert made.solved_at


def test_the_words_stand_on_the_first_file_so_that_meta_bills_one_message_less(
    grace: User,
) -> None:
    made = handed_in()
    answered(made, grace, "See page 2", attachments=[picture(), document()])
    (first, words), second = queued()
    assert (first, words.endswith("See page 2"), second) == ("image", True, ("document", ""))


def test_words_too_long_for_a_caption_go_before_the_file(grace: User) -> None:
    answered(handed_in(), grace, "word " * 400, attachments=[picture()])
    assert [kind for kind, _ in queued()] == ["text", "image"]


def test_a_drawing_alone_is_an_answer(grace: User) -> None:
    answered(handed_in(), grace, "", attachments=[picture()])
    ((kind, words),) = queued()
    assert (kind, words.startswith("✅ Here is the solution")) == ("image", True)
    with Media.objects.get().file.open("rb") as file:
        assert file.read() == PHOTO


def test_the_same_form_sent_twice_answers_once(grace: User) -> None:
    made, token = handed_in(), uuid4()
    for _ in range(2):
        homework.answer(made.pk, Actor.of(grace), "x = 4", token=token)
    assert len(queued()) == 1


def test_an_empty_answer_is_refused(grace: User) -> None:
    with pytest.raises(ServiceError, match="Write, draw or attach"):
        answered(handed_in(), grace, "  ")
    assert queued() == []


def test_more_may_be_said_about_a_solved_homework(grace: User) -> None:
    made = handed_in()
    answered(made, grace)
    answered(made, grace, "I forgot: also −4")
    assert queued()[1][1].startswith("✏️ More about your Maths homework")


def test_a_cancelled_homework_is_not_answered(grace: User) -> None:
    made = handed_in()
    homework.cancel(made.pk, Actor.of(grace), "Twice the same", token=uuid4())
    with pytest.raises(ServiceError, match="is cancelled"):
        answered(made, grace)
    assert queued() == [
        ("text", f"Your Maths homework *{made.reference}* was cancelled.\n\nTwice the same")
    ]


def test_what_is_solved_is_not_cancelled(grace: User) -> None:
    made = handed_in()
    answered(made, grace)
    with pytest.raises(ServiceError, match="is solved"):
        homework.cancel(made.pk, Actor.of(grace), "", token=uuid4())


# --- The 24-hour window -------------------------------------------------------------------------
def test_while_the_window_is_shut_the_answer_is_kept(grace: User) -> None:
    made = handed_in(student(hours_ago=30))
    answered(made, grace, attachments=[picture()])
    assert queued() == []
    assert HomeworkAnswer.objects.get().sent_at is None
    assert Student.objects.get().answer_waits


def test_all_that_waits_goes_out_in_order_once_the_student_writes(grace: User) -> None:
    ada = student(hours_ago=30)
    answered(handed_in(ada, "Art"), grace, "first")
    answered(handed_in(ada), grace, "second", attachments=[picture()])
    ada.contact.last_inbound_at = timezone.now()
    ada.contact.save()

    for _ in range(2):
        homework.send_waiting(Student.objects.select_related("contact").get())
    assert [(kind, text.split("\n\n")[-1]) for kind, text in queued()] == [
        ("text", "first"),
        ("image", "second"),
    ]
    assert not Student.objects.get().answer_waits
    assert not HomeworkAnswer.objects.filter(sent_at=None).exists()


def test_a_late_message_does_not_open_the_window(grace: User) -> None:
    answered(handed_in(student(hours_ago=30)), grace)
    homework.send_waiting(Student.objects.select_related("contact").get())
    assert queued() == []
    assert Student.objects.get().answer_waits


# --- What did not go through --------------------------------------------------------------------
@pytest.fixture
def failed(grace: User) -> tuple[Homework, Message]:
    made = handed_in()
    answered(made, grace)
    Message.objects.update(status=Status.FAILED, error="The number is wrong.")
    return made, Message.objects.get()


def test_a_failed_message_is_sent_again(failed: tuple[Homework, Message]) -> None:
    made, wire = failed
    homework.send_again(made.pk, wire.pk)
    wire.refresh_from_db()
    assert wire.status == Status.QUEUED


def test_sending_again_needs_the_window_and_something_that_failed(
    failed: tuple[Homework, Message],
) -> None:
    made, wire = failed
    refusals: list[tuple[type[Exception], Callable[[], None]]] = [
        (ServiceError, lambda: homework.send_again(made.pk, wire.pk + 1)),
        (WindowClosed, lambda: (shut(made), homework.send_again(made.pk, wire.pk))[1]),
    ]
    for expected, act in refusals:
        with pytest.raises(expected):
            act()


def test_nobody_sends_a_message_of_somebody_else_again(failed: tuple[Homework, Message]) -> None:
    _made, wire = failed
    other = handed_in(student(2))
    with pytest.raises(ServiceError):
        homework.send_again(other.pk, wire.pk)
