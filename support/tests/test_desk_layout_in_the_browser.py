"""What stands where at the desk, on wide and narrow screens."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from support import services
from support.models import CannedReply, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, row, thread, toast
from whatsapp.models import Contact, MessageTemplate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What an act says stays until it has been looked at.
STAYING = """
  const later = window.setTimeout;
  window.setTimeout = (act, pause, ...more) => pause > 3000 ? 0 : later(act, pause, ...more);
"""
COVERED = """() => {
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const meets = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const place = (one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const pane = (one.closest('#queue-live, #thread, #beside') || one).getBoundingClientRect();
    return { left, right, top: Math.max(top, pane.top), bottom: Math.min(bottom, pane.bottom) };
  };
  const [toast, ...others] = seen('.desk-toast.shown');
  if (!toast || others.length) return ['not one toast'];
  return seen('a, button, summary, select, textarea, label, #queue_q')
    .filter((one) => meets(toast.getBoundingClientRect(), place(one)))
    .map((one) => one.outerHTML.slice(0, 80));
}"""


def test_on_a_phone_all_fields_of_the_filters_are_as_high_as_the_search(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = at_desk.sit(agent, viewport={"width": 390, "height": 700})
    page.locator("#filters-summary").click()
    fields = page.locator("#queue_q, #filters-summary, #filters select, #filters button:visible")
    heights = {round((one.bounding_box() or {})["height"]) for one in fields.all()}
    assert heights == {36}


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_opening_a_ticket_in_a_long_queue_moves_nothing_but_the_thread(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int
) -> None:
    services.mark_seen(ticket)
    desk.says(ticket, "Are you there?")
    for number in range(2, 14):
        desk.chat(number, f"Student {number}")
    page = at_desk.sit(agent, viewport={"width": width, "height": 700})
    row(page, "John Doe").get_by_role("link").click()
    expect(thread(page).get_by_text("New messages")).to_be_visible()
    expect(page.locator("#header")).to_be_in_viewport(ratio=1)
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight]") == [0, 700]
    writing = page.locator(".desk-writing").bounding_box() or {}
    assert round(writing["y"] + writing["height"]) == 700, "the thread fills what is left"


@pytest.mark.parametrize("width", [1440, 1024, 768, 360])
def test_all_tabs_of_a_busy_queue_are_seen(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int
) -> None:
    page = at_desk.sit(agent, viewport={"width": width, "height": 700})
    counts = page.locator(".desk-count")
    counts.evaluate_all("all => all.forEach((count) => (count.textContent = '1,234'))")
    assert page.locator(".desk-tabs").evaluate("it => it.scrollWidth <= it.clientWidth")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_list_of_keys_opens_at_its_top(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int
) -> None:
    page = at_desk.sit(agent, viewport={"width": width, "height": 600})
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("heading", name="Keys")).to_be_in_viewport(ratio=1)
    expect(keys.get_by_role("heading", name="Keys")).to_be_focused()
    page.keyboard.press("Tab")
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(keys).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390, 360])
def test_home_notices_and_logging_out_are_one_click_away(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int
) -> None:
    page = at_desk.sit(agent, viewport={"width": width, "height": 700})
    tools = page.locator("#user-tools")
    expect(tools.get_by_role("link", name="Home")).to_be_visible()
    assert (page.locator("#header").bounding_box() or {})["height"] < 50, "one line"
    tools.get_by_role("link", name="My notices").click()
    expect(page.get_by_role("heading", name="My notices")).to_be_visible()
    page.get_by_role("link", name="Desk", exact=True).click()
    expect(row(page, "John Doe")).to_be_visible()
    tools.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1024, 768, 390])
def test_the_buttons_of_the_reply_box_stand_inside_it(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int
) -> None:
    CannedReply.objects.create(shortcut="hello", text="Hi")
    size: Any = {"width": width, "height": 700}
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all", viewport=size)
    expect(page.get_by_role("button", name="Ready-made replies")).to_be_visible()
    frame, send = page.locator(".desk-box"), page.get_by_role("button", name="Send")
    right = [(one.bounding_box() or {}) for one in (frame, send)]
    assert right[1]["x"] + right[1]["width"] < right[0]["x"] + right[0]["width"]
    hint = page.locator("#composer-hint")
    assert hint.evaluate("it => it.scrollWidth <= it.clientWidth"), "no hint is cut off"


@pytest.mark.parametrize("height", [844, 560])
def test_on_a_phone_planned_answers_and_templates_leave_every_button_in_reach(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, height: int
) -> None:
    for hours in (1, 2):
        at = timezone.now() + timedelta(hours=hours)
        services.send_later(ticket.pk, Actor.of(agent), "Still there?", at)
    words = "Results of {{1}}: {{2}}, {{3}}, {{4}}, {{5}}, {{6}}."
    MessageTemplate.objects.create(
        name="results",
        language="en",
        status="APPROVED",
        category="UTILITY",
        components=[{"type": "BODY", "text": words}],
    )
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=2))
    size: Any = {"width": 390, "height": height}
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all", viewport=size)
    page.locator("#id_template").select_option(index=1)
    expect(page.get_by_role("button", name="Send template")).to_be_attached()
    for planned in page.locator(".desk-planned summary").all():
        planned.click()
    for name in ("Send template", "Keep note", "Send now"):
        button = page.get_by_role("button", name=name).last
        page.wait_for_timeout(100)
        button.hover()  # as a finger would: what is out of reach cannot be
        expect(button).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_what_an_act_says_covers_nothing_that_is_clickable(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int
) -> None:
    for number in range(2, 12):
        desk.chat(number, f"Student {number}")
    for number in range(8):
        desk.says(ticket, f"See https://example.org/{number}")
    services.mark_seen(ticket)
    size: Any = {"width": width, "height": 700}
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all", STAYING, viewport=size)
    page.get_by_role("button", name="Take").click()
    expect(page.get_by_role("status").filter(has_text="You have this ticket now.")).to_be_visible()
    assert page.evaluate(COVERED) == []
    expect(thread(page).locator(".desk-bubble").last).to_be_in_viewport(ratio=1)
    if width < 768:
        page.get_by_role("link", name="Back to the queue").click()
        expect(toast(page)).to_be_visible()
        assert page.evaluate(COVERED) == []
