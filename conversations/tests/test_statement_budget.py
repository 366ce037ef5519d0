"""An inbound text costs at most ten SQL statements from waiting message to queued reply."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conversations.models import Student, Subscription
from whatsapp import inbox, lanes, sorting
from whatsapp.models import Contact, Message
from whatsapp.models.message import Direction
from whatsapp.simulator import delivery, student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.phone import Phone

BUDGET = 10
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def statements(john: Phone, words: str) -> list[str]:
    """What a worker executes for `words`, from claiming the lane to the queued reply."""
    student.say(john._fresh(), words)
    delivery.deliver(SimulatedWebhook.objects.exclude(due_at=None), john.post)
    sorting.sort_all()
    queued = Message.objects.filter(direction=Direction.OUTBOUND)
    before, contact_id = queued.count(), Message.objects.latest("id").contact_id
    with CaptureQueriesContext(connection) as captured:
        lane = lanes.claim(contact_id)
        assert lane is not None
        inbox.handle_waiting(lane)
    lanes.release(lane, None)
    assert queued.count() == before + 1, "There must be a reply to count up to."
    executed = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in executed if not sql.startswith(NOT_COUNTED)]


@pytest.fixture
def registered(john: Phone) -> Phone:
    for words in ("hi", "John Doe", "john@example.org", "10A"):
        john.say(words)
    return john


def assert_within_budget(executed: list[str], budget: int = BUDGET) -> None:
    assert len(executed) <= budget, "\n".join(executed)


AT_REST = (
    *("purple elephants", "menu", "help", "pay", "homework", "status"),
    *("I have homework to hand in", "I want to pay", "paid"),
)


@pytest.mark.parametrize("words", AT_REST)
def test_at_rest(registered: Phone, words: str):
    assert_within_budget(statements(registered, words))


@pytest.mark.parametrize("words", AT_REST)
def test_a_subscriber_at_rest(registered: Phone, words: str):
    ends_at = timezone.now() + timedelta(days=9)
    Subscription.objects.create(student=Student.objects.get(), ends_at=ends_at)

    assert_within_budget(statements(registered, words))


def test_my_requests(registered: Phone):
    registered.say("support")
    registered.say("end chat")

    assert_within_budget(statements(registered, "my requests"))


def test_soon_after_a_chat(registered: Phone, settings):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    registered.say("support")
    registered.say("end chat")

    assert_within_budget(statements(registered, "purple elephants"))


def test_not_understood_twice(registered: Phone):
    registered.say("purple elephants")

    assert_within_budget(statements(registered, "purple elephants"))


def test_the_first_words_of_a_stranger(john: Phone):
    assert_within_budget(statements(john, "hi"))


def test_the_first_words_of_a_stranger_in_another_language(john: Phone):
    assert_within_budget(statements(john, "bonjour"))


@pytest.mark.parametrize("words", ["français", "langue", "statut", "je veux payer", "fin"])
def test_in_another_language(registered: Phone, words: str):
    Contact.objects.update(language="fr")
    assert_within_budget(statements(registered, words))


@pytest.mark.parametrize("answered", range(3))
def test_in_registration(john: Phone, answered: int):
    *before, words = ("hi", "John Doe", "john@example.org", "10A")[: answered + 2]
    for said in before:
        john.say(said)

    assert_within_budget(statements(john, words))


@pytest.mark.parametrize("answered", range(2))
def test_on_the_way_to_handing_in_homework(registered: Phone, answered: int):
    *before, words = ("homework", "Biology", "text")[: answered + 2]
    for said in before:
        registered.say(said)

    assert_within_budget(statements(registered, words))


def test_handing_in_homework_costs_one_more_for_telling_other_systems(registered: Phone):
    for said in ("homework", "Biology", "text"):
        registered.say(said)

    assert_within_budget(statements(registered, "My essay"), BUDGET + 1)


def test_a_note_beside_pages_whose_receipt_is_taken_back(registered: Phone):
    for words in ("homework", "Biology", "image"):
        registered.say(words)
    registered.send_image()

    assert_within_budget(statements(registered, "only question 3"))


def test_the_first_words_in_a_chat(john: Phone):
    john.say("support")

    assert_within_budget(statements(john, "My upload fails"))


def test_the_first_words_of_a_student_in_a_chat(registered: Phone):
    registered.say("support")

    assert_within_budget(statements(registered, "My upload fails"))
