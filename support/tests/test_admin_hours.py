"""Opening hours and holidays in the admin."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from support.models import Holiday, OpeningHours
from support.tests import desk
from support.tests.test_calendar_file import calendar

pytestmark = pytest.mark.django_db
HOURS, HOLIDAYS = "/admin/support/openinghours/", "/admin/support/holiday/"
IMPORT = f"{HOLIDAYS}import/"
FILE = calendar(
    "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY\nSUMMARY:New Year",
    "DTSTART;VALUE=DATE:20261001\nSUMMARY:Independence Day",
    "DTSTART;VALUE=DATE:20261001\nSUMMARY:The same once more",
)


@pytest.fixture
def lead() -> Client:
    return desk.browser(desk.staff("Lead"))


def upload(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("holidays.ics", content, "text/calendar")
    return client.post(IMPORT, {"file": file}, follow=True).content.decode()


def test_a_lead_sets_the_hours(lead: Client) -> None:
    lead.post(f"{HOURS}add/", {"weekday": 0, "opens": "08:00", "closes": "17:00"})
    assert str(OpeningHours.objects.get()) == "Monday 08:00–17:00"


def test_closing_before_opening_is_refused(lead: Client) -> None:
    form = {"weekday": 0, "opens": "17:00", "closes": "08:00"}
    html = lead.post(f"{HOURS}add/", form).content.decode()
    assert "The desk must close after it opens." in html
    assert not OpeningHours.objects.exists()


def test_midnight_may_close_the_day(lead: Client) -> None:
    lead.post(f"{HOURS}add/", {"weekday": 0, "opens": "17:00", "closes": "00:00"})
    assert OpeningHours.objects.exists()


def test_a_calendar_is_imported_once(lead: Client) -> None:
    assert "2 holiday(s) added, 0 known already." in upload(lead, FILE)
    assert "0 holiday(s) added, 2 known already." in upload(lead, FILE)
    assert list(Holiday.objects.values_list("date", "name", "every_year")) == [
        (date(2026, 1, 1), "New Year", True),
        (date(2026, 10, 1), "Independence Day", False),
    ]


def test_a_file_that_is_no_calendar_is_refused_with_a_reason(lead: Client) -> None:
    assert "This is no iCal file" in upload(lead, b"hello")
    assert not Holiday.objects.exists()


def test_nothing_of_a_broken_calendar_is_imported(lead: Client) -> None:
    broken = FILE.replace(b"20261001", b"20261301")
    assert "date that does not exist" in upload(lead, broken)
    assert not Holiday.objects.exists()


def test_the_list_leads_to_the_import(lead: Client) -> None:
    assert IMPORT in lead.get(HOLIDAYS).content.decode()


def test_agents_may_look_but_not_import() -> None:
    agent = desk.browser(desk.staff("Agent"))
    html = agent.get(HOLIDAYS)
    assert html.status_code == 200
    assert IMPORT not in html.content.decode()
    assert agent.get(IMPORT).status_code == 403
    assert agent.post(IMPORT).status_code == 403


def test_who_is_no_staff_is_sent_to_the_login(agent: User) -> None:
    assert Client().get(IMPORT).status_code == 302
