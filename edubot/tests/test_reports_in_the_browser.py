"""The dashboard and the reports as a browser shows them, for eyes and for screen readers."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Browser, Page

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOUD = {"serious", "critical"}
PICTURES = os.environ.get("PICTURES", "")  # a folder, to look at what was tested
LONG = "Oluwaseun-Babatunde " * 6 + "مرحبا 🎉"
ADDRESSES = {"dashboard": "/admin/", "reports": "/admin/support/reports/"}
FIELDS_FIT = """[...document.querySelectorAll(".report-form > div")]
    .every((field) => field.scrollHeight <= field.clientHeight)"""
WIDTHS = (1440, 1024, 390)


@pytest.fixture
def busy_day(db) -> User:
    """Somebody who may see all, and a day with everything on it."""
    user = User.objects.create_superuser("agent", "agent@example.org", "agent", first_name="Grace")
    for number in range(1, 13):
        ticket = desk.chat(number, LONG if number == 1 else f"Student {number}")
        opened = timezone.now() - timedelta(hours=number, days=number % 5)
        SupportTicket.objects.filter(pk=ticket.pk).update(created_at=opened, waiting_since=opened)
        if number % 3 == 0:
            services.reply(ticket.pk, Actor.of(user), "Hello")
            services.end(ticket.pk, Actor.of(user))
            services.rate(ticket.pk, "good" if number % 2 else "bad")
    return user


@pytest.fixture
def session(busy_day: User) -> str:
    return str(desk.browser(busy_day).cookies["sessionid"].value)


def opened(
    browser: Browser, url: str, session: str, *, width: int, scheme: str, script: bool = True
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=script,
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page = context.new_page()
    page.problems = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
    page.goto(url)
    return page


def test_both_pages_are_drawn_fit_and_have_no_serious_fault(
    chromium: Browser, live_server, session: str
) -> None:
    for name, address in ADDRESSES.items():
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                url = live_server.url + address
                page = opened(chromium, url, session, width=width, scheme=scheme)
                page.wait_for_selector("figure.chart.drawn canvas")
                if PICTURES:
                    path = Path(PICTURES) / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=path, full_page=True)
                assert page.problems == []  # type: ignore[attr-defined]
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
                assert page.evaluate(FIELDS_FIT), (name, width)
                found = Axe().run(page).response["violations"]
                loud = [one for one in found if one["impact"] in LOUD]
                assert loud == [], (name, width, scheme, [one["id"] for one in loud])
                page.context.close()


def test_without_scripts_the_numbers_are_tables(
    chromium: Browser, live_server, session: str
) -> None:
    url = live_server.url + ADDRESSES["reports"]
    page = opened(chromium, url, session, width=390, scheme="light", script=False)
    assert page.get_by_role("table", name="Requests by hour").is_visible()
    assert page.locator("canvas").count() == 0


def test_a_strict_policy_does_not_stop_the_charts(
    chromium: Browser, live_server, session: str
) -> None:
    policy = "default-src 'self'; script-src 'self'; style-src 'self'"
    page = opened(chromium, live_server.url + "/healthz", session, width=1024, scheme="light")

    def answer(route) -> None:
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": policy}
        route.fulfill(response=response, headers=headers)

    page.route("**/*", answer)
    page.goto(live_server.url + ADDRESSES["dashboard"])
    page.wait_for_selector("figure.chart.drawn canvas")
    assert page.problems == []  # type: ignore[attr-defined]
