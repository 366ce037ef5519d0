"""Who solves it: given by hand, or by itself to a tutor of the subject who has room."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from conversations.homework.acting import (
    lock_open,
    nudge_assigning,
    record,
    solving_staff,
)
from conversations.models import Homework, HomeworkEvent, HomeworkState, Tutor
from conversations.models.homework import OPEN_STATES, TAKEN_STATES
from conversations.subjects import covers
from support.services import BOT, Actor, ServiceError, name_of
from whatsapp.transactions import unit_of_work


@dataclass(slots=True)
class Workload:
    """A tutor and how much homework lies there."""

    user: User
    subjects: str
    room: int
    load: int

    def takes(self, homework: Homework) -> bool:
        is_free = self.room > 0 and homework.released_by_id != self.user.pk
        return is_free and covers(self.subjects, homework.subject)


@unit_of_work
def assign_waiting() -> int:
    """Give pending homework, oldest first, to the least loaded tutor of its subject.

    How many were given. The tutors' rows are the lock: two workers cannot both give to one tutor.
    """
    workloads = _workloads()
    if not any(workload.room > 0 for workload in workloads):
        return 0
    waiting = _waiting().order_by("id").only("subject", "released_by")
    return _give(_distribute(waiting.iterator(), workloads))


@unit_of_work
def assign(homework_id: int, actor: Actor, user: User) -> Homework:
    """Give it to `user`, whatever else lies there. Raises ServiceError if it is done with."""
    homework = lock_open(homework_id)
    if homework.tutor_id == user.pk:
        return homework
    homework.tutor, homework.assigned_at = user, timezone.now()
    homework.state = HomeworkState.ASSIGNED
    homework.save(update_fields=["tutor", "assigned_at", "state", "updated_at"])
    record(homework, HomeworkEvent.Kind.ASSIGNED, actor, name_of(user))
    nudge_assigning()
    return homework


@unit_of_work
def release(homework_id: int, actor: Actor) -> Homework:
    """Take it from its tutor; it waits for another. Raises ServiceError if nobody has it."""
    homework = lock_open(homework_id)
    if homework.tutor is None:
        raise ServiceError(f"Nobody has {homework.reference}.")
    record(homework, HomeworkEvent.Kind.RELEASED, actor, name_of(homework.tutor))
    homework.released_by, homework.tutor, homework.assigned_at = homework.tutor, None, None
    homework.state = HomeworkState.PENDING
    homework.save(update_fields=["released_by", "tutor", "assigned_at", "state", "updated_at"])
    nudge_assigning()
    return homework


@unit_of_work
def start(homework_id: int, actor: Actor) -> Homework:
    """The acting tutor begins, and has it from now on. Raises ServiceError if it is done with."""
    homework = lock_open(homework_id)
    if homework.state == HomeworkState.IN_PROGRESS and homework.tutor == actor.user:
        return homework
    if homework.tutor != actor.user:
        homework.tutor, homework.assigned_at = actor.user, timezone.now()
    homework.state = HomeworkState.IN_PROGRESS
    homework.save(update_fields=["tutor", "assigned_at", "state", "updated_at"])
    record(homework, HomeworkEvent.Kind.STARTED, actor)
    return homework


def _waiting() -> QuerySet[Homework]:
    """Whatever nobody has, also because the account of whoever had it is gone."""
    return Homework.objects.filter(tutor=None, state__in=OPEN_STATES)


def _workloads() -> list[Workload]:
    tutors = {t.user_id: t for t in Tutor.objects.select_for_update().filter(is_available=True)}
    taken = Count("homework", filter=Q(homework__state__in=TAKEN_STATES))
    users = solving_staff().filter(pk__in=tutors).annotate(taken=taken)
    return [
        Workload(user, tutor.subjects, tutor.max_open - user.taken, user.taken)
        for user in users.order_by("pk")
        if (tutor := tutors[user.pk])
    ]


def _distribute(waiting: Iterable[Homework], workloads: list[Workload]) -> dict[int, User]:
    """Whose each homework becomes; the workloads grow meanwhile."""
    given: dict[int, User] = {}
    for homework in waiting:
        workload = min(
            (one for one in workloads if one.takes(homework)),
            key=lambda one: one.load,
            default=None,
        )
        if workload is not None:
            workload.room, workload.load = workload.room - 1, workload.load + 1
            given[homework.pk] = workload.user
        if not any(one.room > 0 for one in workloads):
            break
    return given


def _give(given: dict[int, User]) -> int:
    now = timezone.now()
    rows = list(_waiting().select_for_update().filter(pk__in=given))
    for homework in rows:
        homework.tutor, homework.assigned_at = given[homework.pk], now
        homework.state, homework.updated_at = HomeworkState.ASSIGNED, now
    Homework.objects.bulk_update(rows, ["tutor", "assigned_at", "state", "updated_at"])
    kind = HomeworkEvent.Kind.ASSIGNED
    HomeworkEvent.objects.bulk_create(
        HomeworkEvent(homework=row, kind=kind, actor_name=BOT.name, detail=name_of(given[row.pk]))
        for row in rows
    )
    return len(rows)
