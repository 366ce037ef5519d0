"""A unit of work is repeated where the database asks for it, while nothing is kept of it yet."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from whatsapp import transactions
from whatsapp.models import Contact
from whatsapp.transactions import ATTEMPTS, step_by_step, unit_of_work

pytestmark = pytest.mark.django_db(transaction=True)

DEADLOCK = OperationalError(1213, "Deadlock found when trying to get lock")
# In words of MariaDB's. After 1205 the first half of the work would stay if it were committed.
ASKED_TO_REPEAT = [
    OperationalError(1020, "Record has changed since last read in table 'whatsapp_contact'"),
    OperationalError(1205, "Lock wait timeout exceeded; try restarting transaction"),
    DEADLOCK,
    OperationalError(2013, "Lost connection to server during query"),
    OperationalError("database is locked"),
]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions.time, "sleep", lambda _seconds: None)


def failing(times: int, error: OperationalError = DEADLOCK) -> Callable[[], None]:
    """Raises `error` the first `times` that it is called."""
    left = [error] * times

    def fail() -> None:
        if left:
            raise left.pop()

    return fail


@pytest.mark.parametrize("error", ASKED_TO_REPEAT, ids=str)
def test_it_is_repeated_whole_until_it_succeeds(error: OperationalError):
    fail = failing(2, error)

    @unit_of_work
    def work() -> str:
        Contact.objects.create(name="Ada")
        fail()
        return "done"

    assert work() == "done"
    assert Contact.objects.count() == 1


def test_after_the_last_attempt_the_error_is_raised():
    fail = failing(ATTEMPTS)
    with pytest.raises(OperationalError):
        unit_of_work(fail)()


def test_another_error_is_not_repeated():
    fail = failing(1, OperationalError(1366, "Incorrect string value"))
    with pytest.raises(OperationalError):
        unit_of_work(fail)()
    fail()


def test_what_fails_after_the_commit_does_not_bring_the_work_about_twice():
    fail = failing(1)

    @unit_of_work
    def work() -> None:
        Contact.objects.create(name="Ada")
        transaction.on_commit(fail)

    with pytest.raises(OperationalError):
        work()
    assert Contact.objects.count() == 1


def test_within_another_unit_the_outer_one_is_repeated():
    fail = failing(1)
    begun = []

    @unit_of_work
    def inner() -> None:
        fail()

    @unit_of_work
    def outer() -> None:
        begun.append("outer")
        inner()

    outer()
    assert begun == ["outer", "outer"]


@pytest.mark.parametrize("error", ASKED_TO_REPEAT, ids=str)
def test_steps_are_repeated_too(error: OperationalError):
    fail = failing(2, error)

    @step_by_step
    def work() -> str:
        fail()
        return "done"

    assert work() == "done"


def test_each_step_is_committed_by_itself():
    @step_by_step
    def work() -> bool:
        Contact.objects.create(name="Ada")
        return connection.in_atomic_block

    assert work() is False
    assert Contact.objects.count() == 1


def test_steps_in_a_transaction_are_repeated_with_it():
    fail = failing(1)

    @step_by_step
    def step() -> None:
        fail()

    with pytest.raises(OperationalError), transaction.atomic():
        step()
