"""Reports: what is counted, for whom, and the file of it."""

import csv
import io
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from support.models import Category, SupportTicket
from support.reports import export, figures
from support.reports.period import Period
from support.reports.spread import Spread, in_words
from support.tests import desk
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db
PAGE, FILE = "/admin/support/reports/", "/admin/support/reports/tickets.csv"
MORNING = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
NOVEMBER = {"start": "2026-11-01", "end": "2026-11-30"}


@pytest.fixture
def lead(db) -> Client:
    return desk.browser(desk.staff("Lead"))


def ticket(number: int, *, at: datetime = MORNING, **fields: Any) -> SupportTicket:
    made = desk.chat(number, fields.pop("name", f"Student {number}"))
    SupportTicket.objects.filter(pk=made.pk).update(created_at=at, **fields)
    made.refresh_from_db()
    return made


def answered(number: int, minutes: int, **fields: Any) -> SupportTicket:
    return ticket(number, first_response_at=MORNING + timedelta(minutes=minutes), **fields)


def of_november() -> figures.Report:
    period = Period(datetime(2026, 11, 1).date(), datetime(2026, 11, 30).date())  # noqa: DTZ001
    return figures.report(SupportTicket.objects.all(), period)


def written(client: Client, **query: str) -> str:
    body = b"".join(client.get(FILE, NOVEMBER | query).streaming_content).decode()
    assert body.startswith("\ufeff")
    return body.removeprefix("\ufeff")


def rows(client: Client, **query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(client, **query))))


def test_first_responses_have_a_median_and_a_ninth_tenth() -> None:
    for number, minutes in enumerate([1, 2, 3, 4, 100], start=1):
        answered(number, minutes)
    ticket(6)
    total = of_november().total
    assert (total.opened, total.response.median, total.response.most) == (6, 3, 100)


def test_ratings_are_counted_and_satisfaction_is_a_share_of_the_rated() -> None:
    for number, rating in enumerate(["good", "good", "bad", ""], start=1):
        ticket(number, rating=rating)
    total = of_november().total
    assert (total.good, total.bad, total.satisfied) == (2, 1, 67)


def test_agents_and_categories_are_told_apart(agent: User) -> None:
    fees = Category.objects.create(name="Fees")
    answered(1, 10, assigned_admin=agent)
    answered(2, 20, assigned_admin=agent, category=fees)
    ticket(3)
    report = of_november()
    assert [(name, one.opened) for name, one in report.by_agent] == [("Grace", 2), ("Nobody", 1)]
    by_category = {name: one.response.median for name, one in report.by_category}
    assert by_category == {"Fees": 20, "No category": 10}


def test_resolution_lasts_until_the_chat_ends(agent: User) -> None:
    made = ticket(1)
    SupportTicket.objects.filter(pk=made.pk).update(
        status="RESOLVED", open_for=None, closed_at=MORNING + timedelta(hours=3)
    )
    assert of_november().total.resolution.median == 180


@pytest.mark.parametrize(
    ("zone", "hour", "day"),
    [("Africa/Lagos", 9, 2), ("Asia/Kolkata", 14, 2), ("Pacific/Auckland", 21, 2)],
)
def test_hours_and_days_are_the_schools(settings, zone: str, hour: int, day: int) -> None:
    settings.TIME_ZONE = zone
    timezone.get_default_timezone.cache_clear()
    with timezone.override(zone):
        ticket(1)
        volume = of_november().volume
    timezone.get_default_timezone.cache_clear()
    assert [at for at, count in enumerate(volume.by_hour) if count] == [hour]
    assert [at.day for at, count in volume.by_day.items() if count] == [day]


def test_only_the_days_asked_for_count() -> None:
    ticket(1, at=datetime(2026, 10, 31, 22, 59, tzinfo=UTC))  # 23:59 in Lagos
    ticket(2, at=datetime(2026, 10, 31, 23, 0, tzinfo=UTC))  # midnight in Lagos
    assert of_november().total.opened == 1


def test_a_report_costs_the_same_for_thirty_tickets_as_for_three(agent: User) -> None:
    def cost(numbers: range) -> int:
        for number in numbers:
            answered(number, number, assigned_admin=agent)
        with queries_made() as sql:
            of_november()
        return len(sql)

    assert cost(range(1, 4)) == cost(range(4, 31)) <= 7


def test_the_page_shows_tables_that_need_no_script(lead: Client) -> None:
    answered(1, 7)
    html = lead.get(PAGE, NOVEMBER).content.decode()
    assert "7\N{NO-BREAK SPACE}min" in html
    assert '<th scope="row">09:00</th><td>1</td>' in html
    assert "<style" not in html
    assert " style=" not in html


def test_a_report_is_of_one_agent_or_category_if_wanted(lead: Client) -> None:
    grace = desk.staff(username="grace")
    ticket(1, name="Hers", assigned_admin=grace)
    ticket(2, name="Nobodys")
    assert [row["Name"] for row in rows(lead, agent=str(grace.pk))] == ["Hers"]
    assert [row["Name"] for row in rows(lead)] == ["Hers", "Nobodys"]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"start": "2026-11-30", "end": "2026-11-01"}, "must not come after"),
        ({"start": "2020-01-01", "end": "2026-11-01"}, "at most 93 days"),
        ({"start": "yesterday"}, "Enter a valid date"),
        ({"agent": "99999"}, "Select a valid choice"),
    ],
)
@pytest.mark.parametrize("address", [PAGE, FILE])
def test_what_cannot_be_reported_is_said(lead: Client, address, query, problem: str) -> None:
    answer = lead.get(address, query)
    assert answer.status_code == 200
    assert problem in answer.content.decode()


def test_agents_see_no_reports() -> None:
    agent = desk.browser(desk.staff())
    assert agent.get(PAGE).status_code == 403
    assert agent.get(FILE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_the_file_has_a_row_for_each_ticket_in_local_time(lead: Client) -> None:
    made = answered(1, 7, rating="good", rating_comment="Quick!")
    (row,) = rows(lead)
    assert row["Ticket"] == str(made.pk)
    assert row["Opened"] == "2026-11-02 09:30:00"
    assert row["First answer"] == "2026-11-02 09:37:00"
    assert row["Minutes to first answer"] == "7"
    assert (row["Ended"], row["Minutes to end"]) == ("", "")
    assert (row["Rating"], row["Comment"]) == ("good", "Quick!")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_nothing_that_a_student_wrote(lead: Client, formula: str) -> None:
    ticket(1, name=formula, issue_description=f'{formula}",x\nnext line')
    (row,) = rows(lead)
    assert row["Issue"].startswith("'")
    assert row["Name"].startswith("'") or not row["Name"].startswith(export.FORMULA)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("formula", ["=1+1", " =1+1", '"=1+1"', "\uff1d1+1", "@SUM(A1)"])
def test_nor_if_it_takes_another_sign_to_part_the_cells(
    lead: Client, formula: str, separator: str
) -> None:
    """French and German spreadsheets open a file with commas at its semicolons and new lines."""
    ticket(1, name=f"x;{formula}", issue_description=f"I;{formula}\t{formula}\n{formula}, thanks")
    read = csv.reader(io.StringIO(written(lead)), delimiter=separator)
    assert [cell for row in read for cell in row if cell.lstrip().startswith(DANGEROUS)] == []


DANGEROUS = ("=", "+", "-", "@", "\uff1d")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("address", [PAGE, FILE])
def test_days_that_no_clock_here_reaches_are_refused(lead: Client, address: str, day: str) -> None:
    html = lead.get(address, {"start": day, "end": day}).content.decode()
    assert "Ensure this value is" in html


def test_a_cell_of_empty_lines_is_looked_at_once() -> None:
    """And not again from each of its lines on: one long message would hold up the whole file."""
    began = time.perf_counter()
    assert export.safe("I" + "\n" * 16_000 + "=1").endswith("\n'=1")
    assert time.perf_counter() - began < 1


def test_the_file_is_read_in_pages(lead: Client, monkeypatch) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    made = [ticket(number) for number in range(1, 6)]
    assert [row["Ticket"] for row in rows(lead)] == [str(one.pk) for one in made]


def test_spans_are_said_in_two_units_at_most() -> None:
    spoken = [in_words(minutes) for minutes in (None, 0, 59, 60, 125, 24 * 60, 50 * 60)]
    words = ["–", "0 min", "59 min", "1 h 00", "2 h 05", "1 d 0 h", "2 d 2 h"]
    assert spoken == [one.replace(" ", "\N{NO-BREAK SPACE}") for one in words]


def test_clocks_that_disagree_make_no_negative_span() -> None:
    assert Spread().add(-5, 1).median == 0
