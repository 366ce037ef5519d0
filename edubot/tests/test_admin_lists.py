"""What the admin's lists and forms say where Django would say nothing, or say it oddly."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations.models import Lead
from support.models import Holiday, OpeningHours
from support.tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(agent: User) -> Client:
    return desk.browser(agent)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"admin:{name}", args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_empty_list_says_what_that_means(lead: Client) -> None:
    assert "open around the clock" in page(lead, "support_openinghours_changelist")
    assert "There is nothing here yet." in page(lead, "support_staffmail_changelist")
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="17:00")
    assert "around the clock" not in page(lead, "support_openinghours_changelist")


@pytest.mark.parametrize("query", [{"q": "nobody"}, {"every_year__exact": "1"}])
def test_a_search_without_results_says_so(lead: Client, query: dict[str, str]) -> None:
    Holiday.objects.create(date="2026-10-01", name="Independence Day")
    html = page(lead, "support_holiday_changelist", **query)
    assert "Nothing fits. Try fewer words or filters." in html
    assert "No holidays yet" not in html


def test_whoever_chose_no_language_can_be_filtered_for(lead: Client) -> None:
    desk.chat()
    assert ">Not chosen</a>" in page(lead, "whatsapp_contact_changelist")
    assert "John Doe" in page(lead, "whatsapp_contact_changelist", language="")


def test_the_admin_writes_times_as_the_desk_does(lead: Client) -> None:
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="12:00")
    html = page(lead, "support_openinghours_changelist")
    assert ">08:00<" in html
    assert ">12:00<" in html
    ticket = desk.chat()
    wrote = timezone.localtime(ticket.contact.last_inbound_at)
    assert f"{wrote:%-d %b %Y, %H:%M}" in page(lead, "whatsapp_contact_changelist")


def test_holidays_are_named_without_riddles() -> None:
    """01/10 is a day of October to some and of January to others."""
    once = Holiday.objects.create(date=timezone.localdate().replace(2026, 10, 1), name="Day off")
    assert str(once) == "Day off, 1 Oct 2026"
    once.every_year = True
    assert str(once) == "Day off, 1 October"


def test_a_leads_page_tells_the_first_message_like_the_last(lead: Client) -> None:
    ticket = desk.chat()
    desk.says(ticket, "Hello")
    someone = Lead.objects.get(pk=ticket.contact_id)
    html = page(lead, "conversations_lead_change", someone.pk)
    first = ticket.contact.messages.order_by("occurred_at").first()
    assert f"{timezone.localtime(first.occurred_at):%-d %b %Y, %H:%M}" in html
    assert "+00:00" not in html
