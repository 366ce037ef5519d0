"""Who is given which homework."""

import pytest
from django.contrib.auth.models import User

from conversations import homework
from conversations.models import Homework, HomeworkEvent, HomeworkState, Tutor
from conversations.subjects import covers
from conversations.tests.homework import answered, handed_in, student, tutor
from support.services import Actor, ServiceError
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db


def has(user: User) -> list[str]:
    return list(user.homework.order_by("id").values_list("text", flat=True))


def test_the_oldest_goes_first_to_the_tutor_of_the_subject() -> None:
    ada = student()
    grace, _physicist = tutor("grace", "Maths, Art"), tutor("niels", "Physics", max_open=1)
    for subject, text in (("Physics", "1"), ("Maths", "2"), ("physics", "3"), ("art", "4")):
        handed_in(ada, subject, text=text)

    assert homework.assign_waiting() == 3
    assert has(grace) == ["2", "4"]
    assert list(Homework.objects.filter(state="PENDING").values_list("text", flat=True)) == ["3"]


def test_who_has_less_is_given_more() -> None:
    ada = student()
    first, second = tutor("first"), tutor("second")
    for number in range(4):
        handed_in(ada, text=str(number))
    homework.assign_waiting()
    assert (has(first), has(second)) == (["0", "2"], ["1", "3"])


def test_a_full_desk_gets_more_when_something_is_solved() -> None:
    ada, grace = student(), tutor("grace", max_open=1)
    first, _second = handed_in(ada, text="1"), handed_in(ada, text="2")
    assert homework.assign_waiting() == 1
    assert homework.assign_waiting() == 0
    answered(first, grace)
    assert homework.assign_waiting() == 1
    assert has(grace) == ["1", "2"]


@pytest.mark.parametrize("change", [{"is_available": False}, {"subjects": "Art"}, {"max_open": 0}])
def test_who_cannot_take_it_is_not_given_it(change: dict[str, object]) -> None:
    tutor("grace")
    Tutor.objects.update(**change)
    handed_in()
    assert homework.assign_waiting() == 0


@pytest.mark.parametrize("left", [{"is_active": False}, {"is_staff": False}, "role"])
def test_who_has_left_the_team_is_given_nothing(left: dict[str, bool] | str) -> None:
    grace = tutor("grace")
    if left == "role":
        grace.groups.clear()
    else:
        User.objects.update(**left)
    handed_in()
    assert homework.assign_waiting() == 0


def test_what_the_account_of_a_tutor_left_behind_is_given_anew() -> None:
    made = handed_in(tutor=tutor("gone"), state=HomeworkState.IN_PROGRESS)
    User.objects.all().delete()
    grace = tutor("grace")
    assert homework.assign_waiting() == 1
    made.refresh_from_db()
    assert (made.state, made.tutor) == (HomeworkState.ASSIGNED, grace)


def test_what_was_taken_from_a_tutor_goes_to_another() -> None:
    made, grace = handed_in(), tutor("grace")
    homework.assign_waiting()
    homework.release(made.pk, Actor.of(grace))
    made.refresh_from_db()
    assert (made.state, made.tutor) == (HomeworkState.PENDING, None)
    assert homework.assign_waiting() == 0, "not back to the one who was relieved of it"
    niels = tutor("niels")
    homework.assign_waiting()
    made.refresh_from_db()
    assert made.tutor == niels


def test_a_lead_gives_it_to_anybody_even_beyond_the_limit() -> None:
    made, grace, lead = handed_in(), tutor("grace", "Art", max_open=1), Actor("Lead")
    homework.assign(made.pk, lead, grace)
    made.refresh_from_db()
    assert (made.state, made.tutor) == (HomeworkState.ASSIGNED, grace)


def test_starting_takes_it() -> None:
    made, grace = handed_in(), tutor("grace")
    homework.start(made.pk, Actor.of(grace))
    homework.start(made.pk, Actor.of(grace))
    made.refresh_from_db()
    assert (made.state, made.tutor) == (HomeworkState.IN_PROGRESS, grace)
    assert made.events.count() == 1


@pytest.mark.parametrize("state", [HomeworkState.SOLVED, HomeworkState.CANCELLED])
def test_what_is_done_with_is_given_to_nobody(state: HomeworkState) -> None:
    made, grace = handed_in(state=state), tutor("grace")
    assert homework.assign_waiting() == 0
    for act in (
        lambda: homework.assign(made.pk, Actor.of(grace), grace),
        lambda: homework.start(made.pk, Actor.of(grace)),
        lambda: homework.release(made.pk, Actor.of(grace)),
    ):
        with pytest.raises(ServiceError, match=made.reference):
            act()


def test_every_act_is_in_the_history_with_who_did_it() -> None:
    made, grace = handed_in(), tutor("grace")
    homework.assign_waiting()
    homework.start(made.pk, Actor.of(grace))
    answered(made, grace)
    events = HomeworkEvent.objects.values_list("kind", "actor_name", "detail")
    assert list(events) == [
        ("assigned", "EduBot", "grace"),
        ("started", "grace", ""),
        ("answered", "grace", ""),
    ]


def test_assigning_many_costs_as_many_statements_as_assigning_one() -> None:
    ada = student()
    tutor("grace")
    tutor("niels")
    handed_in(ada)
    with queries_made() as one:
        homework.assign_waiting()
    for _ in range(8):
        handed_in(ada)
    with queries_made() as eight:
        homework.assign_waiting()
    assert len(eight) == len(one)


@pytest.mark.parametrize(
    ("listed", "subject", "is_covered"),
    [
        ("Maths, Physics", " MATHS ", True),
        ("Maths", "Math", True),
        ("Mathematics", "mathmatics", True),
        ("Biology", "Geology", False),
        ("Chemistry", "History", False),
        ("English", "Spanish", False),
        ("Maths", "Mathematics", False),
        ("", "Anything", True),
        (" , ", "Anything", True),
    ],
)
def test_subjects_are_compared_as_people_write_them(
    listed: str, subject: str, is_covered: bool
) -> None:
    assert covers(listed, subject) is is_covered
