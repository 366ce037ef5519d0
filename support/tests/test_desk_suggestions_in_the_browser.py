"""What a "/" or an "@" in the reply box offers, in a real browser."""

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from playwright.sync_api import Locator, Page, expect

from support.models import CannedReply, SupportTicket
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, thread, toast
from whatsapp.models import Media
from whatsapp.tests.phone import PNG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> Page:
    for first, last in (("Ada", "Obi"), ("Chidi", "Eze"), ("Chika", "Ada")):
        colleague(f"{first}.{last}".lower(), first, last)
    CannedReply.objects.create(shortcut="hello", text="Hi {name}")
    way = CannedReply(shortcut="way", text="This way", file_kind="image", mime_type="image/png")
    way.file.save("way.png", ContentFile(PNG))
    return at_desk.sit(agent, f"{ticket.pk}/?tab=all")


def note(page: Page) -> None:
    page.get_by_role("radio", name="Internal note").check()
    box(page).focus()


def offered(page: Page) -> Locator:
    return page.locator("#colleagues").get_by_role("option")


def chosen(page: Page) -> Locator:
    return page.locator("#composer").get_by_role("option", selected=True)


# --- Colleagues -------------------------------------------------------------------------------
def test_an_at_sign_in_a_note_offers_colleagues_by_their_letters(page: Page) -> None:
    note(page)
    page.keyboard.type("Please ask @")
    expect(offered(page)).to_have_count(3)
    page.keyboard.type("ada")
    expect(offered(page)).to_have_count(2)
    expect(chosen(page)).to_contain_text("@ada.obi")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("@chika.ada")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("@ada.obi")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("Please ask @ada.obi ")
    expect(page.locator("#colleagues")).to_be_hidden()
    page.keyboard.type("and @chid")
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value("Please ask @ada.obi and @chidi.eze ")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(thread(page).locator(".note")).to_contain_text("@ada.obi and @chidi.eze")


def test_a_screen_reader_hears_what_is_chosen(page: Page) -> None:
    note(page)
    page.keyboard.type("@chidi")
    expect(page.get_by_role("listbox", name="Colleagues")).to_be_visible()
    expect(box(page)).to_have_attribute("aria-controls", "colleagues")
    active = box(page).get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_contain_text("Chidi Eze")
    page.keyboard.press("Escape")
    expect(page.locator("#colleagues")).to_be_hidden()
    expect(box(page)).not_to_have_attribute("aria-activedescendant", active or "")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(thread(page).locator(".note")).to_contain_text("@chidi")


def test_colleagues_are_chosen_with_the_mouse(page: Page) -> None:
    note(page)
    page.keyboard.type("@")
    offered(page).filter(has_text="Chika").click()
    expect(box(page)).to_have_value("@chika.ada ")
    expect(box(page)).to_be_focused()


def test_nobody_is_offered_to_a_student_or_behind_an_address(page: Page) -> None:
    box(page).focus()
    page.keyboard.type("@ada")
    expect(box(page)).to_have_value("@ada")
    expect(page.locator("#colleagues")).to_be_hidden()
    box(page).fill("")
    note(page)
    page.keyboard.type("me@ada")
    expect(box(page)).to_have_value("me@ada")
    expect(page.locator("#colleagues")).to_be_hidden()
    page.keyboard.type(" @nobody")
    expect(page.locator("#colleagues")).to_be_hidden()


def test_on_a_phone_the_list_stays_inside_the_screen(
    at_desk: AtDesk, page: Page, agent: User, ticket: SupportTicket
) -> None:
    size = {"width": 390, "height": 844}
    phone = at_desk.sit(agent, f"{ticket.pk}/?tab=all", viewport=size, has_touch=True)
    note(phone)
    phone.keyboard.type("@")
    offered(phone).filter(has_text="Chidi").tap()
    expect(box(phone)).to_have_value("@chidi.eze ")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


# --- Ready-made replies with a file ---------------------------------------------------------------
def chips(page: Page) -> Locator:
    return page.locator("#ready-chips li")


def test_the_file_of_a_ready_made_reply_is_shown_and_sent(
    page: Page, ticket: SupportTicket
) -> None:
    box(page).focus()
    page.keyboard.type("/way")
    expect(chosen(page)).to_contain_text("📎 way")
    page.keyboard.press("Enter")
    expect(chips(page)).to_contain_text("way")
    expect(page.get_by_role("button", name="Later")).to_be_disabled()
    page.keyboard.type(", please")
    page.keyboard.press("Enter")
    expect(thread(page).locator(".team img")).to_have_count(1)
    expect(thread(page).locator(".team")).to_contain_text("This way, please")
    expect(chips(page)).to_have_count(0)
    page.keyboard.type("And now?")
    page.keyboard.press("Enter")
    expect(thread(page).locator(".team")).to_have_count(2)
    assert Media.objects.count() == 1


def test_the_file_is_taken_off_before_the_words_are_sent(page: Page, ticket: SupportTicket) -> None:
    box(page).focus()
    page.keyboard.type("/way")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Do not send way").click()
    expect(chips(page)).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("This way")
    assert not Media.objects.exists()
    assert desk.outgoing(ticket) == ["🎧 Support Team: This way"]


def test_a_note_takes_the_words_alone(page: Page) -> None:
    note(page)
    page.keyboard.type("/way")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("This way")
    expect(chips(page)).to_have_count(0)
    expect(toast(page)).to_have_text("")
