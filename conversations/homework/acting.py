"""What all acts on a homework share: taking hold of it, its history, who may be given it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from conversations.models import Homework, HomeworkEvent
from support.services import Actor, ServiceError
from whatsapp import lanes
from whatsapp.nudges import nudge

VIEW = "conversations.view_homework"
ANSWER = "conversations.answer_homework"
ASSIGN = "conversations.assign_homework"
AUTH_BACKEND = "django.contrib.auth.backends.ModelBackend"


def lock(homework_id: int) -> Homework:
    """The homework, with the lane of its student locked first.

    Raises Homework.DoesNotExist.
    """
    contacts = Homework.objects.values_list("student__contact_id", flat=True)
    contact = lanes.lock(contacts.get(pk=homework_id))
    homework = Homework.objects.select_for_update().get(pk=homework_id)
    homework.student.contact = contact
    return homework


def lock_open(homework_id: int) -> Homework:
    """Like `lock`. Raises ServiceError if it is solved or cancelled."""
    homework = lock(homework_id)
    if not homework.is_open:
        raise ServiceError(f"{homework.reference} is {homework.get_state_display().lower()}.")
    return homework


def record(
    homework: Homework, kind: HomeworkEvent.Kind, actor: Actor, detail: str = ""
) -> HomeworkEvent:
    return HomeworkEvent.objects.create(
        homework=homework, kind=kind, actor=actor.user, actor_name=actor.name, detail=detail[:255]
    )


def nudge_assigning() -> None:
    """Once committed: somebody has room, or something waits."""
    transaction.on_commit(lambda: nudge("conversations.tasks.assign_homework"))


def solving_staff() -> QuerySet[User]:
    """Everyone to whom homework can be given."""
    staff = User.objects.with_perm(ANSWER, backend=AUTH_BACKEND)
    return staff.filter(is_staff=True).order_by("first_name", "username")
