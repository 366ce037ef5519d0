"""Acts on many homework at once: each by itself, so that one refusal stops no other."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest

from conversations import homework
from conversations.homework.acting import solving_staff
from conversations.models import Homework
from conversations.tutoring.forms import GiveForm as Chosen
from support.desk.forms import Colleague
from support.services import Actor, ServiceError, name_of

Rows = QuerySet[Homework]


class GiveForm(ActionForm):
    """The box of actions, with whom to give homework to."""

    to = Colleague(solving_staff(), required=False, label="to", empty_label="Tutor …")


def on_each(
    request: HttpRequest, rows: Rows, done: str, do: Callable[[int, Actor], object]
) -> None:
    """Do it to each, then say how many are `done` and why others are not."""
    actor, count = Actor.of(request.user), 0  # type: ignore[arg-type]  # admin pages need a login
    for row in rows:
        try:
            do(row.pk, actor)
        except ServiceError as error:
            messages.error(request, str(error))
        else:
            count += 1
    if count:
        messages.success(request, f"{count} homework {done}.")


@admin.action(description="Give to …", permissions=["assign"])
def give(_admin: Any, request: HttpRequest, rows: Rows) -> None:
    chosen = Chosen(request.POST)
    if not chosen.is_valid():
        messages.error(request, "Choose a tutor beside the action.")
        return
    user = chosen.cleaned_data["to"]

    def assign(homework_id: int, actor: Actor) -> None:
        homework.assign(homework_id, actor, user)

    on_each(request, rows, f"given to {name_of(user)}", assign)


@admin.action(description="Release, for another tutor", permissions=["assign"])
def release(_admin: Any, request: HttpRequest, rows: Rows) -> None:
    on_each(request, rows, "released", homework.release)


@admin.action(description="Cancel, and tell the student", permissions=["answer"])
def cancel(_admin: Any, request: HttpRequest, rows: Rows) -> None:
    def call_off(homework_id: int, actor: Actor) -> None:
        homework.cancel(homework_id, actor, "", token=uuid.uuid4())

    on_each(request, rows, "cancelled", call_off)


ACTIONS = [give, release, cancel]
