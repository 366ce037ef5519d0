"""Answering an act: a word to the open desk, or a whole page to a browser without scripts."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from support.desk.access import is_partial
from support.models import SupportTicket

NO_CONTENT = 204


def tell(
    request: HttpRequest,
    ticket: SupportTicket,
    sentence: str,
    *,
    refused: bool = False,
    **events: Any,
) -> HttpResponse:
    """The sentence; the open desk then asks at once what is new ("said").

    `events` are for its scripts, e.g. "answered": the student will read something new.
    """
    if not is_partial(request):
        level = messages.ERROR if refused else messages.SUCCESS
        messages.add_message(request, level, sentence)
        return redirect("admin:desk_ticket", ticket.pk)
    return triggering(HttpResponse(status=NO_CONTENT), sentence, refused=refused, **events)


def triggering(
    response: HttpResponse, sentence: str, *, refused: bool = False, **events: Any
) -> HttpResponse:
    """`response`, with the sentence for the desk to show, and more `events` for its scripts."""
    told = {"text": sentence, "refused": refused}
    response["HX-Trigger"] = json.dumps({"told": told, "said": "", **events})
    return response


def give_back(
    request: HttpRequest,
    ticket: SupportTicket,
    sentence: str,
    text: str,
    files: Sequence[dict[str, str]] = (),
    quoting: int | None = None,
) -> HttpResponse:
    """As `tell`, with what the reply box gets back, which may be too long for a header.

    `quoting` is the id of the message that the words answer.
    """
    if not is_partial(request):
        return tell(request, ticket, sentence)
    back = {"text": text, "files": list(files), "quoting": quoting}
    response = triggering(JsonResponse(back), sentence)
    response["HX-Reswap"] = "none"
    return response


def problems(request: HttpRequest, form: forms.Form, where: str) -> HttpResponse:
    """What is wrong with what was typed, put at `where`; what was typed stays."""
    response = render(request, "support/desk/_problems.html", {"form": form})
    response["HX-Retarget"], response["HX-Reswap"] = where, "innerHTML"
    return response
