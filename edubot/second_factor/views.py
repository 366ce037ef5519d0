"""Setting up the second factor, and asking for it. All behind the admin's login."""

import base64
from typing import Any

import segno
import structlog
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from edubot.second_factor import devices, sessions, state
from edubot.second_factor.forms import CodeForm, FirstCodeForm
from edubot.second_factor.state import State

log = structlog.get_logger(__name__)


@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Begin, show the picture to scan, and take the first code."""
    user = _user(request)
    if state.of(request) is State.NONE and devices.confirmed(user):
        return _owed(request)
    if request.method == "POST" and "begin" in request.POST:
        devices.begin(user)
        return redirect("admin:second_factor")
    device = devices.begun(user)
    if device is None:
        return _page(request, "set_up", has_one=state.of(request) is State.PASSED)
    form = FirstCodeForm(user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "scan", form=form, picture=_picture(device), secret=_secret(device))
    with transaction.atomic():
        codes = devices.confirm(device)
        sessions.end_elsewhere(user, request.session.session_key)
    state.set_to(request, State.PASSED)
    log.info("second_factor_set_up", user=user.pk)
    return _page(request, "codes", codes=codes)


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The code, after the password; then on to where the person wanted to go."""
    if state.of(request) is not State.WANTED:
        return redirect(_wanted(request))
    form = CodeForm(_user(request), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        if form.is_bound:
            log.warning("second_factor_refused", user=form.user.pk)
        return _page(request, "verify", form=form, next=request.GET.get("next", ""))
    request.session.cycle_key()
    state.set_to(request, State.PASSED)
    log.info("second_factor_passed", user=form.user.pk)
    return redirect(_wanted(request))


def _owed(request: HttpRequest) -> HttpResponse:
    """The account got its factor in another session: this one must not replace it unasked."""
    state.set_to(request, State.WANTED)
    return redirect("admin:second_factor_verify")


def _wanted(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if is_ours else reverse("admin:index")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - behind the admin's login
    return request.user


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    is_required = settings.SECOND_FACTOR_REQUIRED
    shared = {
        **admin.site.each_context(request),
        "title": "Second factor",
        "is_required": is_required,
        "is_nav_sidebar_enabled": False,
    }
    return render(request, f"admin/second_factor/{name}.html", {**shared, **context})


def _picture(device: TOTPDevice) -> str:
    """The QR code as a data address."""
    return segno.make(device.config_url, micro=False).svg_data_uri(scale=5, light="#fff")


def _secret(device: TOTPDevice) -> str:
    """For those who cannot scan: base 32 in groups of four."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
