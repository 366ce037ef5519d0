"""Nothing behind the login before the second factor."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import urlencode

from edubot.second_factor import state

OPEN = {"admin:login", "admin:logout", "admin:jsi18n"}


class SecondFactorMiddleware:
    """Sends a session that still owes its code to the page that asks for it.

    Requests without a session (webhooks, tokens, probes) are none of its business. Being the
    first to ask who is there, it also tells the logs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            page = state.next_page(request)
            if page and resolve(request.path_info).view_name not in {page, *OPEN}:
                return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")
            with structlog.contextvars.bound_contextvars(staff=request.user.pk):
                return self.get_response(request)
        return self.get_response(request)
