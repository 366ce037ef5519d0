"""How far a session has come. Kept in the session, so that asking costs no statement."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

from edubot.second_factor import devices

KEY = "second_factor"


class State(StrEnum):
    NONE = "none"  # the account has no second factor
    WANTED = "wanted"  # the password was right, the code is still to come
    PASSED = "passed"


def of(request: HttpRequest) -> State:
    return State(request.session.get(KEY, State.NONE))


def set_to(request: HttpRequest, state: State) -> None:
    request.session[KEY] = state.value


def begin(request: HttpRequest | None = None, user: User | None = None, **_: Any) -> None:
    """Called at each login (Django's signal): the state of an older login must not stay."""
    if request is not None and user is not None and hasattr(request, "session"):
        set_to(request, State.WANTED if devices.confirmed(user) else State.NONE)


def next_page(request: HttpRequest) -> str:
    """The name of the page that must come before any other; empty if none must."""
    state = of(request)
    if state is State.WANTED:
        return "admin:second_factor_verify"
    if state is State.NONE and settings.SECOND_FACTOR_REQUIRED:
        return "admin:second_factor"
    return ""
