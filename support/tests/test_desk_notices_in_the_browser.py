"""Being told while the desk is in the background, in a real browser."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from playwright.sync_api import Page, expect

from support import services
from support.models import DeskPreferences, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, row, thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the browser would show and play is written down; `away` puts the page in the background.
STUBS = """
  window.notices = [];
  window.tones = 0;
  let away = false;
  Object.defineProperty(document, 'hidden', { get: () => away });
  Object.defineProperty(window, 'away', {
    set: (is) => { away = is; document.dispatchEvent(new Event('visibilitychange')); },
  });
  window.Notification = class {
    static permission = sessionStorage.getItem('permission') || 'default';
    static async requestPermission() {
      window.Notification.permission = 'granted';
      sessionStorage.setItem('permission', 'granted');
    }
    constructor(title) { this.title = title; window.notices.push(this); }
    close() {}
  };
  const node = { connect: (to) => to, gain: {}, frequency: {}, stop() {} };
  node.start = () => window.tones++;
  node.gain.setValueAtTime = node.gain.exponentialRampToValueAtTime = () => {};
  window.AudioContext = class {
    state = 'running';
    currentTime = 0;
    createOscillator() { return node; }
    createGain() { return node; }
  };
"""


@pytest.fixture
def ticket(agent: User) -> SupportTicket:
    ticket = desk.chat()
    services.take(ticket.pk, Actor.of(agent))
    services.mark_seen(ticket)
    return ticket


def sit(at_desk: AtDesk, agent: User, **preferences: bool) -> Page:
    """At the desk, with notices allowed and a click behind one."""
    DeskPreferences.objects.create(user=agent, **preferences)
    page = at_desk.sit(agent, "../deskpreferences/", prepared=STUBS)
    page.evaluate("Notification.requestPermission()")
    page.goto(f"{at_desk.url}/admin/support/desk/?tab=all")
    page.locator("#queue_q").click()
    return page


def heard(page: Page) -> list[str]:
    titles: list[str] = page.evaluate("window.notices.map((notice) => notice.title)")
    return titles


def wait_for(page: Page, count: int) -> None:
    page.wait_for_function("count => window.notices.length >= count", arg=count)


def test_who_is_away_is_told_of_a_new_ticket_and_of_words_in_an_own_one(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = sit(at_desk, agent, browser_notices=True, sound=True)
    page.evaluate("window.away = true")
    other = desk.chat(2, "Ada Obi")
    wait_for(page, 1)
    assert heard(page) == ["Ada Obi waits for somebody"]
    assert page.evaluate("window.tones") == 2
    desk.says(ticket, "Are you there?")
    desk.says(other, "Hello?")  # it waits as before
    wait_for(page, 2)
    assert heard(page)[1:] == ["John Doe has written"]
    expect(page).to_have_title("(2) Support desk | EduBot")
    page.evaluate("window.away = false")
    page.evaluate("window.notices[1].onclick()")
    expect(thread(page)).to_contain_text("Are you there?")
    expect(page).to_have_title(f"(1) #{ticket.pk} John Doe")
    row(page, "Ada Obi").click()
    expect(page).to_have_title(f"#{other.pk} Ada Obi")


def second_tab(page: Page, prepared: str = "") -> Page:
    """Of the same person in the same browser, and in the background as the first one is."""
    other = page.context.new_page()
    other.add_init_script(prepared)
    other.goto(page.url)
    other.evaluate("Notification.requestPermission()")
    other.locator("#queue_q").click()
    for tab in (page, other):
        tab.evaluate("window.away = true")
    return other


def told_by(tabs: list[Page], title: str) -> tuple[list[str], int]:
    """What the tabs have shown, and the tones they have played, once both know what is new."""
    for tab in tabs:
        expect(tab).to_have_title(title)
        tab.evaluate("navigator.locks.request('edubot-claims', () => {})")  # behind their claims
    notices = [notice for tab in tabs for notice in heard(tab)]
    return notices, sum(tab.evaluate("window.tones") for tab in tabs)


def test_of_two_tabs_one_tells(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> None:
    page = sit(at_desk, agent, browser_notices=True, sound=True)
    tabs = [page, second_tab(page)]
    other = desk.chat(2, "Ada Obi")
    assert told_by(tabs, "(1) Support desk | EduBot") == (["Ada Obi waits for somebody"], 2)
    desk.says(ticket, "Are you there?")
    notices, tones = told_by(tabs, "(2) Support desk | EduBot")
    assert sorted(notices) == ["Ada Obi waits for somebody", "John Doe has written"]
    assert tones == 4
    services.mark_seen(ticket)
    services.mark_seen(other)
    told_by(tabs, "Support desk | EduBot")
    desk.says(ticket, "Are you back?")
    notices, tones = told_by(tabs, "(1) Support desk | EduBot")
    assert notices.count("John Doe has written") == 2, "what comes later is told again"
    assert tones == 6


def test_a_tab_that_may_not_sound_leaves_it_to_the_other(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = sit(at_desk, agent, sound=True)
    never = "Object.defineProperty(navigator, 'userActivation', {value: {hasBeenActive: false}})"
    silent = second_tab(page, never)
    desk.chat(2, "Ada Obi")
    told_by([silent, page], "(1) Support desk | EduBot")
    assert [tab.evaluate("window.tones") for tab in (silent, page)] == [0, 2]


def test_who_looks_is_told_by_the_page_alone(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = sit(at_desk, agent, browser_notices=True, sound=True)
    desk.chat(2, "Ada Obi")
    expect(row(page, "Ada Obi")).to_be_visible()
    expect(page).to_have_title("(1) Support desk | EduBot")
    assert heard(page) == []
    assert page.evaluate("window.tones") == 0


def test_a_tab_in_the_background_leaves_it_to_the_one_that_is_looked_at(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = sit(at_desk, agent, browser_notices=True, sound=True)
    tabs = [page, second_tab(page)]
    page.evaluate("window.away = false")
    desk.chat(2, "Ada Obi")
    assert told_by(tabs, "(1) Support desk | EduBot") == ([], 0)
    page.evaluate("window.away = true")
    desk.says(ticket, "Are you there?")
    notices, tones = told_by(tabs, "(2) Support desk | EduBot")
    assert (notices, tones) == (["John Doe has written"], 2), "nobody looks any more"


def test_what_was_seen_in_one_tab_does_not_ring_late_in_another(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = sit(at_desk, agent, browser_notices=True, sound=True)
    tabs = [page, second_tab(page)]
    page.evaluate("window.away = false")
    tabs[1].route("**/pulse*", lambda route: route.abort())  # a browser makes it look rarely
    desk.chat(2, "Ada Obi")
    expect(page).to_have_title("(1) Support desk | EduBot")
    page.evaluate("window.away = true")
    tabs[1].unroute("**/pulse*")
    assert told_by(tabs, "(1) Support desk | EduBot") == ([], 0)


def test_who_wants_neither_gets_neither(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = sit(at_desk, agent)
    page.evaluate("window.away = true")
    desk.chat(2, "Ada Obi")
    expect(page).to_have_title("(1) Support desk | EduBot")
    assert heard(page) == []
    assert page.evaluate("window.tones") == 0


def test_many_at_once_are_one_notice(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> None:
    page = sit(at_desk, agent, browser_notices=True)
    page.evaluate("window.away = true")
    with transaction.atomic():  # the desk sees all of them, or none
        for number in range(2, 7):
            desk.chat(number, f"Student {number}")
    expect(page).to_have_title("(5) Support desk | EduBot")
    assert heard(page) == ["5 students wait for an answer"]


def test_what_moves_up_behind_a_hundred_waiting_tickets_does_not_ring(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    with transaction.atomic():
        oldest, *others = [desk.chat(number, f"Student {number}") for number in range(2, 103)]
    page = sit(at_desk, agent, browser_notices=True)
    oldest_told = page.locator(f"#desk-news [data-ticket='{oldest.pk}']")
    expect(page.locator("#desk-news li")).to_have_count(100)
    expect(oldest_told).to_have_count(0)
    page.evaluate("window.away = true")
    services.take(others[-1].pk, Actor.of(colleague("chidi")))
    expect(oldest_told).to_have_count(1)
    desk.chat(103, "Ada Obi")
    wait_for(page, 1)
    assert heard(page) == ["Ada Obi waits for somebody"]


def test_browsers_are_asked_by_a_click_on_the_preferences(at_desk: AtDesk, agent: User) -> None:
    page = at_desk.sit(agent, "../deskpreferences/", prepared=STUBS)
    expect(page.get_by_text("This browser has to allow them first.")).to_be_visible()
    assert page.evaluate("Notification.permission") == "default", "nobody has asked yet"
    page.get_by_label("Notices of the browser").check()
    expect(page.get_by_text("This browser shows them.")).to_be_visible()
    expect(page.get_by_role("button", name="Allow notices in this browser")).to_be_hidden()
    page.get_by_role("button", name="Try the sound").click()
    page.wait_for_function("window.tones === 2")
    page.get_by_label("Sound", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    wanted = DeskPreferences.objects.get(user=agent)
    assert (wanted.browser_notices, wanted.sound) == (True, True)


def test_another_browser_of_the_same_person_asks_for_itself(at_desk: AtDesk, agent: User) -> None:
    DeskPreferences.objects.create(user=agent, browser_notices=True)
    page = at_desk.sit(agent, "../deskpreferences/", prepared=STUBS)
    page.get_by_role("button", name="Allow notices in this browser").click()
    expect(page.get_by_text("This browser shows them.")).to_be_visible()


def test_the_title_follows_what_is_opened(at_desk: AtDesk, agent: User) -> None:
    other = desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent)
    expect(page).to_have_title("(1) Support desk | EduBot")
    row(page, "Ada Obi").click()
    expect(box(page)).to_be_visible()
    expect(page).to_have_title(f"#{other.pk} Ada Obi")
