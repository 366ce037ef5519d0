"""/api/docs in a real browser: under our own Content-Security-Policy and without the internet."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from support.tests import api

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_calls_are_shown_and_nothing_is_refused_or_fetched_from_outside(
    live_server, chromium: Browser
):
    client = Client()
    client.force_login(api.staff("grace"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    complaints: list[str] = []
    asked: list[str] = []
    context = chromium.new_context()
    context.add_cookies([{**cookie, "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/docs")
    expect(page.locator(".opblock")).not_to_have_count(0)
    shown = page.locator(".opblock-summary-description").all_inner_texts()
    assert "Open a ticket for a student" in shown
    assert [words for words in complaints if "Content Security Policy" in words] == []
    outside = [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))]
    assert outside == []
