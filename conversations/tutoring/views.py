"""A homework's page over HTTP."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from conversations import homework as services
from conversations.homework.acting import ANSWER, ASSIGN, VIEW
from conversations.models import AnswerFile, Homework
from conversations.tutoring import pages
from conversations.tutoring.forms import AnswerForm, CancelForm, GiveForm
from support.desk.files import serve
from support.services import REFUSALS, Actor
from whatsapp.models import Media
from whatsapp.text import whole_number


@require_GET
def homework_page(request: HttpRequest, homework_id: int) -> HttpResponse:
    return _page(request, homework_id, _user(request, VIEW))


@require_GET
def page_file(request: HttpRequest, homework_id: int, number: int) -> HttpResponseBase:
    """The student's page; whoever solves homework need not see support chats."""
    _user(request, VIEW)
    stored = Media.objects.filter(state=Media.State.STORED, message__homework_page__number=number)
    return serve(request, get_object_or_404(stored, message__homework_page__homework=homework_id))


@require_GET
def answer_file(request: HttpRequest, homework_id: int, file_id: int) -> HttpResponseBase:
    """A file that was sent as an answer."""
    _user(request, VIEW)
    return serve(request, get_object_or_404(AnswerFile, pk=file_id, answer__homework=homework_id))


@require_POST
def answer(request: HttpRequest, homework_id: int) -> HttpResponse:
    """Send the solution. What was typed survives every refusal."""
    user = _user(request, ANSWER)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid() or not _answered(homework_id, user, form):
        return _page(request, homework_id, user, answer_form=form)
    messages.success(request, "The answer is on its way, or waits for the student to write.")
    return _back(homework_id)


@require_POST
def cancel(request: HttpRequest, homework_id: int) -> HttpResponse:
    actor = Actor.of(_user(request, ANSWER))
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The reason is too long.")
        return _back(homework_id)
    data = form.cleaned_data
    return _told(
        request,
        homework_id,
        "Cancelled; the student is told.",
        lambda: services.cancel(homework_id, actor, data["reason"], token=data["token"]),
    )


@require_POST
def give(request: HttpRequest, homework_id: int) -> HttpResponse:
    actor = Actor.of(_user(request, ASSIGN))
    form = GiveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a tutor from the list.")
        return _back(homework_id)
    to = form.cleaned_data["to"]
    return _told(request, homework_id, "Given.", lambda: services.assign(homework_id, actor, to))


@require_POST
def act(request: HttpRequest, homework_id: int, name: str) -> HttpResponse:
    """One of `ACTS`."""
    if name not in ACTS:
        raise Http404("There is no such act.")
    done, do = ACTS[name]
    user = _user(request, ANSWER)
    return _told(request, homework_id, done, lambda: do(homework_id, user, request.POST))


def _start(homework_id: int, user: User, _data: QueryDict) -> None:
    services.start(homework_id, Actor.of(user))


def _release(homework_id: int, user: User, _data: QueryDict) -> None:
    """One's own; others' only by who may assign."""
    has_it = Homework.objects.filter(pk=homework_id, tutor=user).exists()
    if not has_it and not user.has_perm(ASSIGN):
        raise PermissionDenied
    services.release(homework_id, Actor.of(user))


def _send_again(homework_id: int, _user: User, data: QueryDict) -> None:
    services.send_again(homework_id, whole_number(data.get("message", "")))


ACTS: dict[str, tuple[str, Callable[[int, User, QueryDict], None]]] = {
    "start": ("You have this homework now.", _start),
    "release": ("It is free for another tutor.", _release),
    "send-again": ("The message is sent again.", _send_again),
}


def _answered(homework_id: int, user: User, form: AnswerForm) -> bool:
    data = form.cleaned_data
    try:
        services.answer(
            homework_id, Actor.of(user), data["text"], data["attachments"], token=data["token"]
        )
    except Homework.DoesNotExist as error:
        raise Http404("There is no such homework.") from error
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _told(
    request: HttpRequest, homework_id: int, done: str, do: Callable[[], object]
) -> HttpResponse:
    """Do it, say how it went, and go back to the page."""
    try:
        do()
    except Homework.DoesNotExist as error:
        raise Http404("There is no such homework.") from error
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(homework_id)


def _page(request: HttpRequest, homework_id: int, user: User, **forms: Any) -> HttpResponse:
    rows = Homework.objects.select_related("student__contact", "tutor")
    homework = rows.filter(pk=homework_id).first()
    if homework is None:
        raise Http404("There is no such homework.")
    context = {
        **admin.site.each_context(request),
        "title": str(homework),
        "opts": Homework._meta,  # noqa: SLF001 - Django documents it as public
        **pages.context(homework, user),
        **forms,
    }
    return render(request, "conversations/homework/page.html", context)


def _user(request: HttpRequest, permission: str) -> User:
    """Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perms([VIEW, permission]):
        raise PermissionDenied
    return user


def _back(homework_id: int) -> HttpResponse:
    return redirect("admin:conversations_homework_change", homework_id)
