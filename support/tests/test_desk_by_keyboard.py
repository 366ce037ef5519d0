"""The desk without a mouse, and for those who cannot see it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from playwright.sync_api import Page, Route, expect

from support import drafts, services
from support.models import CannedReply, Category, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, row, thread, toast
from whatsapp.models import Media, Message
from whatsapp.tests.phone import PNG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{ 7|add:7 }}"
RTL = "مرحبا \u202egnp.exe"


@pytest.fixture
def busy(agent: User) -> list[SupportTicket]:
    """A desk on which there is everything that a student can send."""
    CannedReply.objects.create(shortcut="hello", text="Hi {name}")
    Category.objects.create(name="Payment")
    tickets = [desk.chat(1, "John Doe"), desk.chat(2, HOSTILE), desk.chat(3, RTL + "ن" * 200)]
    ticket = tickets[1]
    for words in (HOSTILE, RTL, "👩‍👩‍👧‍👦🏳️‍🌈" * 20, "a" * 4000, "word " * 600):
        desk.says(ticket, words)
    wire = desk.says(ticket, HOSTILE, kind="image")
    media = Media(message=wire, mime_type="image/png", state="stored", name=f"{HOSTILE}.png")
    media.file.save("x.png", ContentFile(PNG))
    failed = services.reply(ticket.pk, Actor.of(agent), "Hello")
    Message.objects.filter(pk=failed.wire_id).update(status="failed", error="No such number.")
    services.note(ticket.pk, Actor.of(agent), "Odd one")
    services.set_priority(ticket.pk, Actor.of(agent), "URGENT")
    return tickets


def test_a_ticket_is_found_opened_answered_and_ended_by_keys(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    page = at_desk.sit(agent)
    page.keyboard.press("/")
    page.keyboard.type("John")
    expect(page.locator("#queue-rows [data-ticket]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-title")).to_be_focused()
    expect(page.locator("#chat-title")).to_contain_text("John Doe")
    page.keyboard.press("t")
    expect(page.locator("#desk-head")).to_contain_text("You have this ticket")
    page.keyboard.press("n")
    page.keyboard.type("tea?")
    page.keyboard.press("Enter")
    expect(thread(page).locator(".note")).to_contain_text("tea?")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("/hel")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("Hi John")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_label("Assigned to:")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("dialog", name="End this chat?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_while_a_chat_is_on_its_way_keys_and_clicks_do_nothing_to_the_one_before(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    other = desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    held: list[Route] = []
    page.route(f"**/desk/{other.pk}/**", lambda route: held.append(route))
    row(page, "Ada Obi").get_by_role("link").click()
    expect(page.locator("#stage")).to_have_attribute("aria-busy", "true")
    for key in "tesmln":
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(toast(page)).to_contain_text("still on its way")
    page.locator("[data-act=take]").click(force=True)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")

    held[0].continue_()
    expect(page.locator("#chat-title")).to_contain_text("Ada Obi")
    page.keyboard.press("e")
    expect(page.get_by_role("dialog", name="End this chat?")).to_be_visible()
    ticket.refresh_from_db()
    assert ticket.assigned_admin is None


def answering(username: str) -> User:
    """Somebody who answers, but may not give tickets to others."""
    user = User.objects.create_user(username, is_staff=True)
    may = [desk.permission("view_supportticket"), desk.permission("reply_supportticket")]
    user.user_permissions.add(*may)
    return user


def test_taking_what_a_colleague_has_says_who_has_it_and_what_to_do(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    services.take(busy[0].pk, Actor.of(colleague("chidi")))
    lead = at_desk.sit(agent, f"{busy[0].pk}/?tab=all")
    lead.keyboard.press("t")
    expect(toast(lead)).to_have_text(
        "Chidi has this ticket. Press a to give it to yourself or to somebody else."
    )
    other = at_desk.sit(answering("ada"), f"{busy[0].pk}/?tab=all")
    for key in ("t", "a"):
        other.evaluate("document.getElementById('toast').textContent = ''")
        other.keyboard.press(key)
        expect(toast(other)).to_have_text(
            "Chidi has this ticket. A lead can give it to somebody else."
        )
    assert SupportTicket.objects.get(pk=busy[0].pk).assigned_admin.username == "chidi"


def test_the_row_under_the_cursor_stays_there_when_the_queue_is_drawn_anew(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    page = at_desk.sit(agent)
    page.keyboard.press("j")
    page.evaluate("""() => new Promise((done) => {
        document.addEventListener("htmx:afterSettle", () => done(), { once: true });
        htmx.trigger("#queue-form", "submit");
    })""")
    expect(page.locator("#queue-rows a").first).to_be_focused()


def test_the_tabs_and_the_rows_are_walked_by_keys(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    page = at_desk.sit(agent)
    rows = page.locator("#queue-rows a")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    for key, tab in (("m", "mine"), ("u", "unassigned"), ("r", "resolved"), ("a", "all")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.locator(f"#queue-form [value={tab}]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


@pytest.mark.parametrize("width", [1024, 390])
def test_on_narrow_desks_keys_open_the_drawer_and_the_focus_comes_back(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket], width: int
) -> None:
    size: Any = {"width": width, "height": 844}
    page = at_desk.sit(agent, f"{busy[0].pk}/?tab=all", viewport=size)
    beside, profile = page.locator("#beside"), page.get_by_role("button", name="Profile")
    expect(beside).to_be_hidden()
    page.keyboard.press("a")
    expect(page.get_by_label("Assigned to:")).to_be_focused()
    expect(profile).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()
    expect(profile).to_be_focused()
    page.keyboard.press("p")
    expect(beside).to_be_focused()
    page.keyboard.press("p")
    expect(beside).to_be_hidden()
    expect(profile).to_be_focused()


def test_escape_closes_the_filters_and_leads_back_to_them(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    page = at_desk.sit(agent)
    summary, field = page.locator("#filters-summary"), page.locator("#queue_priority")
    summary.press("Enter")
    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_key_for_a_reply_goes_on_behind_the_draft(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    drafts.save(busy[0].pk, agent, "Half a sent")
    page = at_desk.sit(agent, f"{busy[0].pk}/?tab=all")
    expect(box(page)).to_have_value("Half a sent")
    page.keyboard.press("r")
    page.keyboard.type("ence")
    expect(box(page)).to_have_value("Half a sentence")


def test_keys_are_letters_where_somebody_types(at_desk: AtDesk, agent: User, busy: Any) -> None:
    page = at_desk.sit(agent, f"{busy[0].pk}/?tab=all")
    box(page).focus()
    page.keyboard.type("jt e?ng")
    expect(box(page)).to_have_value("jt e?ng")
    expect(page.locator("#desk-head")).to_contain_text("Nobody has this ticket")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_hostile_words_stay_words_in_the_browser(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket]
) -> None:
    page = at_desk.sit(agent, f"{busy[1].pk}/?tab=all")
    expect(page.locator("#chat-title")).to_contain_text("<script>")
    expect(row(page, "<script>")).to_have_count(1)
    thread(page).get_by_role("button", name="Answer this message").nth(1).click()
    expect(page.locator("#quoting")).to_contain_text("<script>")
    thread(page).locator(".desk-picture").click()
    expect(page.locator("#viewer")).to_contain_text("<img src=x")
    assert page.evaluate("window.hacked") is None


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_axe_finds_nothing_serious(
    at_desk: AtDesk, agent: User, busy: list[SupportTicket], width: int, scheme: Any
) -> None:
    page = at_desk.sit(agent, viewport={"width": width, "height": 844}, color_scheme=scheme)
    expect(row(page, "John Doe")).to_be_visible()
    assert faults(page) == []
    row(page, "<script>").click()
    expect(thread(page).locator(".desk-problem")).to_be_attached()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("radio", name="Internal note").check()
    box(page).focus()
    page.keyboard.type("/")
    expect(page.get_by_role("listbox", name="Ready-made replies")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#chat-title").focus()
    page.keyboard.press("?")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="New ticket")).to_be_visible()
    assert faults(page) == []
