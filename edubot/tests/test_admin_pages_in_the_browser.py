"""The admin's lists and forms on a wide screen and on a phone: nothing is cut off or squeezed."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page

from conversations import payments
from conversations.models import Homework, Student
from support.models import Event
from support.tests import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Oluwaseun Adébáyọ̀-Oyèníyì Jr."
WORDS = "Please how do I send more than one page of homework at once? " * 3
LISTS = (
    *("whatsapp/message", "whatsapp/inboundmessage", "whatsapp/contact", "conversations/lead"),
    *("conversations/payment", "conversations/homework", "conversations/student"),
    "support/ticketevent",
)
CUT_OFF = """() => [...document.querySelectorAll('html, .results, pre, .readonly')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
    .map((one) => one.outerHTML.slice(0, 60))"""


@pytest.fixture
def rows(agent: User) -> dict[str, int]:
    """Something in each list; the ids of rows that are looked at."""
    ticket = desk.chat(1, NAME)
    for words in (WORDS, "a" * 200):
        desk.says(ticket, words)
    learner = Student.objects.create(
        contact=desk.student(2, NAME),
        name=NAME,
        class_name="SS2",
        email=f"{'long' * 15}@example.org",
    )
    payments.begin(learner)
    Homework.objects.create(reference="HW-2611-0001", student=learner, subject="Mathematics")
    event = Event.objects.create(
        type="ticket.opened", contact=ticket.contact, data={"words": WORDS, "id": "x" * 400}
    )
    return {"contact": ticket.contact_id, "event": event.pk}


def opened(browser: Browser, url: str, user: User, address: str, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900})
    cookie = desk.browser(user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])
    page = context.new_page()
    page.goto(f"{url}/admin/{address}")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_no_list_is_cut_off(
    chromium: Browser, live_server, agent: User, rows: dict[str, int], width: int
) -> None:
    page = opened(chromium, live_server.url, agent, "", width)
    for name in LISTS:
        page.goto(f"{live_server.url}/admin/{name}/")
        assert page.locator("#result_list tbody tr").count(), name
        assert page.evaluate(CUT_OFF) == [], name


def test_words_in_the_list_of_messages_have_room(
    chromium: Browser, live_server, agent: User, rows: dict[str, int]
) -> None:
    page = opened(chromium, live_server.url, agent, "whatsapp/message/", 1440)
    widths = [(cell.bounding_box() or {})["width"] for cell in page.locator("td.field-words").all()]
    assert min(widths) > 125, "three words beside each other"


@pytest.mark.parametrize("width", [1440, 390])
def test_what_was_told_to_other_systems_is_seen_whole(
    chromium: Browser, live_server, agent: User, rows: dict[str, int], width: int
) -> None:
    address = f"support/event/{rows['event']}/change/"
    page = opened(chromium, live_server.url, agent, address, width)
    block = page.locator("pre").bounding_box() or {}
    assert block["x"] + block["width"] <= width
    assert page.evaluate(CUT_OFF) == []


def test_on_a_phone_the_buttons_of_a_contact_stand_in_rows(
    chromium: Browser, live_server, agent: User, rows: dict[str, int]
) -> None:
    address = f"whatsapp/contact/{rows['contact']}/change/"
    page = opened(chromium, live_server.url, agent, address, 390)
    places = [tool.bounding_box() or {} for tool in page.locator(".object-tools li").all()]
    assert len(places) == 4
    left = min(place["x"] for place in places)
    by_row = {round(place["y"]): place["x"] for place in reversed(places)}
    assert set(by_row.values()) == {left}, "each row begins at the edge"


def test_on_a_phone_the_sentences_of_the_bot_fit(
    chromium: Browser, live_server, agent: User
) -> None:
    page = opened(chromium, live_server.url, agent, "conversations/bottext/add/", 390)
    assert page.evaluate(CUT_OFF) == []
    assert page.get_by_role("link", name="home", exact=True).is_visible()
