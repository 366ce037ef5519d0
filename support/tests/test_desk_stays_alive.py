"""The desk left open: colleagues, new words, a lost connection, an ended login."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from support import services
from support.models import SupportMessage, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, keep_typing, row, thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_agents_see_what_the_other_does(
    at_desk: AtDesk, page: Page, ticket: SupportTicket
) -> None:
    chidi = User.objects.create_superuser("chidi", first_name="Chidi")
    other = at_desk.sit(chidi, f"{ticket.pk}/?tab=all")
    other.get_by_role("button", name="Take").click()
    expect(page.locator("#desk-head")).to_contain_text("Chidi has this ticket")
    expect(row(page, "John Doe")).to_contain_text("Chidi")
    box(page).fill("I was about to say")
    keep_typing(page, until=row(other, "Grace is typing"))
    other.route("**/desk/here", lambda route: route.abort())  # that is what Chidi knows
    expect(other.locator("#company")).to_contain_text("Grace is typing")
    words = box(page).input_value()
    box(other).fill("Hello John")
    box(other).press("Enter")
    expect(other.locator("#composer-problems")).to_contain_text("Send again if")
    assert desk.outgoing(ticket) == []
    box(other).press("Enter")
    expect(thread(page)).to_contain_text("Hello John")
    other.locator("#properties").get_by_label("Priority:").select_option("HIGH")
    expect(page.locator("#properties").get_by_label("Priority:")).to_have_value("HIGH")
    expect(box(page)).to_have_value(words)


def test_new_words_come_by_themselves_and_what_is_typed_stays(
    page: Page, ticket: SupportTicket
) -> None:
    box(page).fill("Have you tried")
    desk.says(ticket, "It works now!")
    expect(thread(page)).to_contain_text("It works now!")
    expect(box(page)).to_have_value("Have you tried")
    desk.chat(2, "Ada Obi")
    expect(row(page, "Ada Obi")).to_be_visible()
    expect(page.locator("#count-all")).to_have_text("2")


def test_a_draft_waits_until_its_ticket_is_opened_again(page: Page) -> None:
    desk.chat(2, "Ada Obi")
    box(page).fill("Half a sent")
    row(page, "Ada Obi").click()
    expect(page.locator("#chat-title")).to_contain_text("Ada Obi")
    expect(box(page)).to_have_value("")
    row(page, "John Doe").click()
    expect(box(page)).to_have_value("Half a sent")
    page.reload()
    expect(box(page)).to_have_value("Half a sent")


def test_the_browser_s_back_leads_to_the_ticket_before(page: Page, ticket: SupportTicket) -> None:
    other = desk.chat(2, "Ada Obi")
    row(page, "Ada Obi").click()
    expect(page.locator("#chat-title")).to_contain_text("Ada Obi")
    assert f"/desk/{other.pk}/" in page.url
    page.go_back()
    expect(page.locator("#chat-title")).to_contain_text("John Doe")
    expect(row(page, "John Doe").locator("a")).to_have_attribute("aria-current", "true")


def test_on_a_phone_the_chat_covers_the_queue_and_back_leads_to_it(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    phone = at_desk.sit(agent, viewport={"width": 390, "height": 844})
    row(phone, "John Doe").click()
    expect(box(phone)).to_be_visible()
    expect(phone.locator("#queue")).to_be_hidden()
    phone.go_back()
    expect(phone.locator("#queue")).to_be_visible()
    row(phone, "John Doe").click()
    phone.get_by_role("button", name="Profile").click()
    expect(phone.locator("#beside")).to_be_visible()
    phone.locator("#beside").get_by_role("button", name="Close").click()
    phone.get_by_role("link", name="Back to the queue").click()
    expect(phone.locator("#queue")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_connection_nothing_is_lost(page: Page, ticket: SupportTicket) -> None:
    page.context.set_offline(True)
    expect(page.locator("#desk-offline")).to_be_visible()
    box(page).fill("Are you there?")
    box(page).press("Enter")
    expect(page.locator("#composer-problems")).to_contain_text("not sent yet")
    expect(box(page)).to_have_value("Are you there?")
    page.context.set_offline(False)
    expect(page.locator("#desk-offline")).to_be_hidden()
    box(page).press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("Are you there?")
    expect(box(page)).to_have_value("")
    assert len(desk.outgoing(ticket)) == 1


def test_a_search_that_is_typed_on_is_no_lost_connection(page: Page) -> None:
    held: list[Route] = []
    page.evaluate("""
        window.alarms = 0;
        const notice = document.querySelector('#desk-offline');
        const look = () => (window.alarms += notice.hidden ? 0 : 1);
        new MutationObserver(look).observe(notice, {attributes: true});
    """)
    page.route(
        "**/desk/queue**", lambda route: held.append(route) if not held else route.continue_()
    )
    with page.expect_request("**/desk/queue**"):
        page.locator("#queue_q").fill("Joh")
    with page.expect_response("**/desk/queue**"):
        page.locator("#queue_q").fill("John")
    expect(page.locator("#queue-live")).to_contain_text("In all tickets")
    assert page.evaluate("window.alarms") == 0
    expect(page.locator("#toast")).not_to_contain_text("That did not arrive.")


def test_an_ended_login_is_said_and_the_desk_goes_on_after_a_new_one(
    at_desk: AtDesk, page: Page, ticket: SupportTicket, agent: User
) -> None:
    box(page).fill("Nearly done")
    Session.objects.all().delete()
    dialog = page.get_by_role("dialog", name="You have been logged out")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("link", name="Log in again")).to_have_attribute("target", "_blank")
    at_desk.log_in(page.context, agent)
    expect(dialog).to_be_hidden()
    expect(box(page)).to_have_value("Nearly done")
    box(page).press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("Nearly done")


def test_new_messages_begin_below_a_line(at_desk: AtDesk, agent: User, ticket) -> None:
    services.reply(ticket.pk, Actor.of(agent), "Hello")
    services.mark_seen(ticket)
    for words in ("One more thing", "and another"):
        desk.says(ticket, words)
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    line = page.locator("#new-from")
    expect(line).to_have_text("New messages")
    after = line.evaluate("line => line.nextElementSibling.textContent")
    assert "One more thing" in after
    desk.says(ticket, "and a third")
    expect(thread(page)).to_contain_text("and a third")
    expect(line).to_have_count(1)


def test_a_long_thread_opens_at_its_end_and_is_read_upwards(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    began = timezone.now() - timedelta(days=2)
    SupportMessage.objects.bulk_create(
        SupportMessage(
            ticket=ticket,
            sender_type="user",
            message=f"line {n:03}",
            created_at=began + timedelta(minutes=n),
        )
        for n in range(300)
    )
    SupportTicket.objects.update(unread_count=0)
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    expect(thread(page).get_by_text("line 299")).to_be_in_viewport()
    expect(thread(page).get_by_text("line 050")).to_have_count(0)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(thread(page).get_by_text("line 150")).to_have_count(1)
    expect(thread(page).get_by_text("line 150")).not_to_be_in_viewport()
    desk.says(ticket, "the newest")
    expect(page.get_by_role("button", name="New messages")).to_be_visible()
    page.get_by_role("button", name="New messages").click()
    expect(thread(page).get_by_text("the newest")).to_be_in_viewport()


def test_the_queue_keeps_its_search_and_its_place(page: Page, ticket: SupportTicket) -> None:
    for number in range(2, 6):
        desk.chat(number, f"Ada {number}")
    page.get_by_role("searchbox").fill("ada")
    expect(page.locator("#queue-rows li")).to_have_count(4)
    desk.chat(7, "Ada 7")
    expect(page.locator("#queue-rows li")).to_have_count(5)
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("ada")
    expect(page.locator("#chat-title")).to_contain_text("John Doe")


def test_filters_are_chosen_and_counted(page: Page, ticket: SupportTicket) -> None:
    other = desk.chat(2, "Ada Obi")
    SupportTicket.objects.filter(pk=other.pk).update(priority="URGENT")
    page.get_by_text("Filter", exact=True).click()
    page.locator("#queue_priority").select_option("URGENT")
    expect(row(page, "John Doe")).to_have_count(0)
    expect(row(page, "Ada Obi")).to_be_visible()
    expect(page.locator("#filters-summary")).to_contain_text("1")


def test_more_rows_are_shown_and_stay_while_the_queue_moves(at_desk: AtDesk, agent: User) -> None:
    for number in range(1, 61):
        desk.chat(number, f"Student {number}")
    page = at_desk.sit(agent)
    expect(page.locator("#queue-rows [data-ticket]")).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#queue-rows [data-ticket]")).to_have_count(60)
    services.take(SupportTicket.objects.latest("id").pk, Actor.of(agent))
    expect(page.locator("#count-mine")).to_have_text("1")
    expect(page.locator("#queue-rows [data-ticket]")).to_have_count(60)
