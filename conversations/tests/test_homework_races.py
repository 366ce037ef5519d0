"""Tutors, workers and students at the same moment: nothing is given or said twice."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from conversations import homework
from conversations.models import HomeworkAnswer, HomeworkEvent, Tutor
from conversations.tests.homework import handed_in, student
from support.services import Actor, ServiceError
from whatsapp.models import Message
from whatsapp.tests.threads import outcomes, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


@pytest.fixture
def grace() -> User:
    user = User.objects.create_superuser("grace")
    Tutor.objects.create(user=user, max_open=3)
    return user


def test_four_workers_do_not_overfill_a_desk(grace: User) -> None:
    ada = student()
    for _ in range(10):
        handed_in(ada)
    for _ in range(ROUNDS):
        together(*[homework.assign_waiting] * 4)
    assert grace.homework.count() == 3
    assert HomeworkEvent.objects.count() == 3


def test_the_same_answer_sent_twice_at_once_is_one(grace: User) -> None:
    ada = student()
    for _ in range(ROUNDS):
        made, token = handed_in(ada), uuid4()

        def answer(pk: int = made.pk, token: object = token) -> None:
            homework.answer(pk, Actor.of(grace), "x = 4", token=token)

        together(answer, answer)
    assert HomeworkAnswer.objects.count() == ROUNDS
    assert Message.objects.count() == ROUNDS


def test_an_answer_and_a_cancellation_exclude_each_other(grace: User) -> None:
    ada = student()
    for _ in range(ROUNDS):
        made = handed_in(ada)
        found = outcomes(
            lambda pk=made.pk: homework.answer(pk, Actor.of(grace), "x = 4", token=uuid4()),
            lambda pk=made.pk: homework.cancel(pk, Actor.of(grace), "", token=uuid4()),
            refused=ServiceError,
        )
        assert len([one for one in found if isinstance(one, ServiceError)]) == 1
        assert made.answers.count() == 1
