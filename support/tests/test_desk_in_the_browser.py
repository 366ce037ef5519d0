"""Every act at the desk, in a real browser."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page, expect

from support import services
from support.models import CannedReply, Category, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, row, thread, toast
from whatsapp import templates
from whatsapp.models import Contact, Media, Message, MessageTemplate
from whatsapp.models.message import Direction, Status
from whatsapp.tests.phone import PNG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> Page:
    Category.objects.create(name="Payment")
    CannedReply.objects.create(shortcut="hello", text="Hi {name}, this is {agent}.")
    CannedReply.objects.create(shortcut="bye", text="Have a good day, {name}!")
    opened = at_desk.sit(agent)
    row(opened, "John Doe").click()
    expect(thread(opened)).to_contain_text("I cannot log in.")
    return opened


def test_somebody_new_answers_the_first_ticket_from_the_login(
    at_desk: AtDesk, ticket: SupportTicket
) -> None:
    User.objects.create_superuser("grace", password="a long password")
    page = at_desk.browser.new_context().new_page()
    page.goto(f"{at_desk.url}/admin/")
    page.get_by_label("Username").fill("grace")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="View Support").click()
    page.get_by_role("link", name="Open the first one").click()
    page.get_by_label("Message", exact=True).fill("Hello John")
    page.get_by_role("button", name="Send").click()
    expect(thread(page)).to_contain_text("Hello John")
    assert desk.outgoing(ticket) == ["🎧 Support Team: Hello John"]


def test_a_ticket_is_taken_and_released(page: Page) -> None:
    page.get_by_role("button", name="Take").click()
    expect(toast(page)).to_have_text("You have this ticket now.")
    expect(page.locator("#desk-head")).to_contain_text("You have this ticket")
    expect(row(page, "John Doe")).to_contain_text("You")
    page.get_by_role("button", name="Release").click()
    expect(page.locator("#desk-head")).to_contain_text("Nobody has this ticket")


def test_properties_save_when_they_are_chosen(page: Page, ticket: SupportTicket) -> None:
    User.objects.create_superuser("chidi", first_name="Chidi")
    page.reload()
    page.locator("#properties").get_by_label("Priority:").select_option("URGENT")
    expect(row(page, "John Doe")).to_contain_text("Urgent")
    page.locator("#properties").get_by_label("Priority:").select_option("MEDIUM")
    expect(row(page, "John Doe")).not_to_contain_text("Urgent")
    page.locator("#properties").get_by_label("Category:").select_option(label="Payment")
    expect(row(page, "John Doe")).to_contain_text("Payment")
    page.get_by_label("Assigned to:").select_option(label="Chidi")
    expect(page.locator("#desk-head")).to_contain_text("Chidi has this ticket")
    ticket.refresh_from_db()
    assert ticket.assigned_admin == User.objects.get(username="chidi")
    assert (ticket.priority, ticket.category and ticket.category.name) == ("MEDIUM", "Payment")


def test_a_chat_is_ended_with_words_and_reopened(page: Page, ticket: SupportTicket) -> None:
    page.get_by_role("button", name="End chat").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Closing words").fill("Good luck!")
    dialog.get_by_role("button", name="End chat").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#desk-head")).to_contain_text("Resolved")
    expect(page.locator("#desk-gate")).to_contain_text("This chat has ended.")
    expect(page.get_by_role("radio", name="Reply to the student")).to_be_disabled()
    assert "Good luck!" in desk.outgoing(ticket)[0]
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator("#desk-head")).to_contain_text("Open")
    expect(page.get_by_role("radio", name="Reply to the student")).to_be_enabled()


def test_who_reopens_a_chat_answers_and_who_has_begun_a_note_goes_on_with_it(page: Page) -> None:
    send, note = page.locator(".desk-send"), page.get_by_role("radio", name="Internal note")
    for begun, says in (("", "Send"), ("He was rude", "Keep note")):
        page.get_by_role("button", name="End chat").click()
        page.get_by_role("dialog").get_by_role("button", name="End chat").click()
        expect(note).to_be_checked()
        box(page).fill(begun)
        page.get_by_role("button", name="Reopen").click()
        expect(page.locator("#desk-gate")).to_have_attribute("data-open", "yes")
        expect(send).to_have_text(says)


def test_a_reaction_closes_its_choices_and_covers_nothing(page: Page) -> None:
    choices = thread(page).locator(".desk-react form")
    react = thread(page).locator(".desk-react summary")
    react.click()
    choices.get_by_role("button", name="👍").click()
    expect(thread(page).locator(".desk-reactions")).to_contain_text("👍")
    expect(choices).to_be_hidden()
    thread(page).get_by_role("button", name="Answer this message").click(timeout=5000)
    expect(page.locator("#quoting")).to_be_visible()
    react.click()
    expect(choices).to_be_visible()
    box(page).click()
    expect(choices).to_be_hidden()


PICTURE_GROWS = """() => {
  const thread = document.querySelector('#thread');
  const line = document.querySelector('#thread-lines');
  line.insertAdjacentHTML('beforeend', '<img alt="A picture that comes late">');
  const picture = line.lastElementChild;
  for (let lines = 0; lines < 60; lines++) line.append(document.createElement('br'), 'Later');
  thread.dispatchEvent(new Event('scroll'));  // of how the thread was put at its end before
  picture.dispatchEvent(new Event('load'));
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight;
}"""


def test_the_thread_stays_at_its_end_while_a_picture_grows(
    page: Page, ticket: SupportTicket
) -> None:
    for number in range(1, 31):
        desk.says(ticket, f"Word {number}")
    expect(thread(page)).to_contain_text("Word 30")
    assert page.evaluate(PICTURE_GROWS) < 2
    page.evaluate("document.querySelector('#thread').scrollTop = 0")
    page.wait_for_timeout(100)  # until the reader's move is told
    assert page.evaluate(PICTURE_GROWS) > 100, "whoever reads above is left there"


def test_ending_what_a_colleague_has_ended_is_refused_in_the_dialog(
    page: Page, ticket: SupportTicket, agent: User
) -> None:
    page.get_by_role("button", name="End chat").click()
    services.end(ticket.pk, Actor.of(agent))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Closing words").fill("Bye")
    dialog.get_by_role("button", name="End chat").click()
    expect(dialog).to_contain_text("already ended")
    expect(dialog.get_by_label("Closing words")).to_have_value("Bye")


def test_a_note_looks_different_and_stays_inside(page: Page, ticket: SupportTicket) -> None:
    page.get_by_role("radio", name="Internal note").check()
    box(page).fill("Ask finance")
    page.get_by_role("button", name="Keep note").click()
    expect(thread(page).locator(".note")).to_contain_text("Ask finance")
    assert desk.outgoing(ticket) == []


def test_an_answer_quotes_what_it_answers(page: Page) -> None:
    thread(page).get_by_role("button", name="Answer this message").click()
    expect(page.locator("#quoting")).to_contain_text("I cannot log in.")
    box(page).fill("Since when?")
    box(page).press("Enter")
    expect(thread(page).locator(".team blockquote")).to_contain_text("I cannot log in.")


def test_shift_and_enter_begin_a_new_line(page: Page, ticket: SupportTicket) -> None:
    box(page).type("one")
    box(page).press("Shift+Enter")
    box(page).type("two")
    box(page).press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("two")
    assert desk.outgoing(ticket) == ["🎧 Support Team: one\ntwo"]


def test_a_slash_finds_ready_made_replies(page: Page, ticket: SupportTicket) -> None:
    box(page).type("/b")
    chosen = page.locator("#canned").get_by_role("option", selected=True)
    expect(chosen).to_contain_text("/bye")
    box(page).press("Enter")
    expect(box(page)).to_have_value("Have a good day, John!")
    box(page).fill("")
    box(page).type("/")
    box(page).press("ArrowDown")
    box(page).press("Tab")
    expect(box(page)).to_have_value("Hi John, this is Grace.")
    box(page).type(" and/or /")
    box(page).press("Escape")
    expect(page.locator("#canned")).to_be_hidden()
    assert desk.outgoing(ticket) == []


def test_ready_made_replies_are_found_with_the_mouse_too(page: Page) -> None:
    page.get_by_role("button", name="Ready-made").click()
    page.get_by_role("option", name="/hello").click()
    expect(box(page)).to_have_value("Hi John, this is Grace.")


def files(page: Page) -> list[str]:
    return page.locator("#chips li bdi").all_text_contents()


GIVE = """([name, kind]) => {
  const bytes = Uint8Array.from(atob('%s'), (c) => c.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: 'image/png' }));
  const init = { bubbles: true, cancelable: true };
  const event = kind === 'paste'
    ? new ClipboardEvent('paste', { ...init, clipboardData: carried })
    : new DragEvent('drop', { ...init, dataTransfer: carried });
  document.getElementById(kind === 'paste' ? 'id_text' : 'thread').dispatchEvent(event);
}"""


def test_files_are_chosen_pasted_and_dropped_and_can_be_taken_off(
    page: Page, ticket: SupportTicket
) -> None:
    give = GIVE % base64.b64encode(PNG).decode()
    one = {"name": "one.png", "mimeType": "image/png", "buffer": PNG}
    two = {"name": "two.png", "mimeType": "image/png", "buffer": PNG}
    page.set_input_files("#id_file", [one, two])
    page.evaluate(give, ["pasted.png", "paste"])
    page.evaluate(give, ["dropped.png", "drop"])
    assert files(page) == ["one.png", "two.png", "pasted.png", "dropped.png"]
    page.get_by_role("button", name="Do not send two.png").click()
    box(page).fill("Look")
    box(page).press("Enter")
    expect(thread(page).locator(".team img")).to_have_count(3)
    assert files(page) == []
    sent = Message.objects.filter(direction=Direction.OUTBOUND).order_by("id")
    assert [wire.media.name for wire in sent] == ["one.png", "pasted.png", "dropped.png"]


def test_a_refused_file_says_why_and_the_words_stay(page: Page, ticket: SupportTicket) -> None:
    odd = {"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ" + bytes(60)}
    page.set_input_files("#id_file", [odd])
    box(page).fill("Look")
    box(page).press("Enter")
    expect(page.locator("#composer-problems")).to_contain_text("WhatsApp takes pictures")
    expect(box(page)).to_have_value("Look")
    assert files(page) == ["a.exe"]


def test_pictures_open_above_the_desk_one_after_the_other(page: Page, ticket: Any) -> None:
    for name in ("first.png", "second.png"):
        wire = desk.says(ticket, "", kind="image")
        media = Media(message=wire, mime_type="image/png", state="stored", name=name)
        media.file.save(name, ContentFile(PNG))
    expect(thread(page).locator("img")).to_have_count(2)
    thread(page).locator(".desk-picture").first.click()
    viewer = page.locator("#viewer")
    expect(viewer).to_contain_text("first.png · 1 of 2")
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("second.png · 2 of 2")
    viewer.get_by_role("button", name="Next picture").click()
    expect(viewer).to_contain_text("first.png")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()


def test_a_failure_has_its_right_button(page: Page, ticket: SupportTicket, agent: User) -> None:
    bubble = services.reply(ticket.pk, Actor.of(agent), "Hello")
    Message.objects.filter(pk=bubble.wire_id).update(status=Status.FAILED, error="No such number.")
    expect(thread(page)).to_contain_text("No such number.")
    thread(page).get_by_role("button", name="Send again").click()
    expect(toast(page)).to_have_text("The message is sent again.")
    expect(thread(page)).not_to_contain_text("No such number.")
    assert Message.objects.get(pk=bubble.wire_id).status == Status.QUEUED


def test_templates_take_the_place_of_free_text_when_the_window_shuts(
    page: Page, ticket: SupportTicket
) -> None:
    templates.sync()
    expect(page.locator("#template")).to_be_hidden()
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(hours=25))
    expect(page.locator("#desk-gate")).to_contain_text("The 24-hour window closed")
    chosen = MessageTemplate.objects.get(name="homework_answered")
    page.locator("#id_template").select_option(str(chosen.pk))
    page.get_by_label("{{1}}").fill("Ada")
    page.get_by_label("{{2}}").fill("HW-7")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#template .team")).to_contain_text("Hello Ada")
    page.get_by_role("button", name="Send template").click()
    expect(toast(page)).to_have_text("The template is on its way.")
    expect(thread(page)).to_contain_text("Hello Ada")
    assert len(desk.outgoing(ticket)) == 1


def test_long_words_are_folded_and_stay_open_once_unfolded(page: Page, ticket: Any) -> None:
    desk.says(ticket, "Once upon a time. " * 200)
    more = thread(page).get_by_role("button", name="Show more")
    expect(more).to_be_visible()
    folded = page.locator(".desk-text.folded")
    height = (folded.bounding_box() or {})["height"]
    more.click()
    assert (folded.bounding_box() or {})["height"] > 2 * height
    desk.says(ticket, "The end")
    expect(thread(page)).to_contain_text("The end")
    expect(thread(page).get_by_role("button", name="Show less")).to_be_visible()
    assert (folded.bounding_box() or {})["height"] > 2 * height


def test_earlier_tickets_are_one_click_away(page: Page, ticket: SupportTicket, agent: User) -> None:
    services.end(ticket.pk, Actor.of(agent))
    SupportTicket.objects.update(closed_at=timezone.now() - timedelta(days=9))
    again = services.open_ticket(ticket.contact, services.STUDENT, sender_name="John Doe")
    desk.says(again, "It happens again")
    page.goto(page.url.replace(f"/{ticket.pk}/", f"/{again.pk}/"))
    page.locator("#beside").get_by_role("link", name=f"#{ticket.pk}").click()
    expect(thread(page)).to_contain_text("I cannot log in.")
    assert f"/desk/{ticket.pk}/" in page.url
