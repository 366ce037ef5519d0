"""What a macro does is read before it is run."""

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from support.desk.macro_words import in_words
from support.desk.pages import macros
from support.models import CannedReply, Category, Macro
from support.tests import desk
from whatsapp.tests.phone import PNG

pytestmark = pytest.mark.django_db


def test_its_steps_stand_in_the_order_in_which_they_are_done() -> None:
    macro = Macro(
        priority="URGENT",
        category=Category(name="Payment"),
        assign="me",
        note="On it.",
        reply="One moment.",
        snooze_minutes=180,
        status="RESOLVED",
    )
    assert in_words(macro, str) == (
        "Priority Urgent · category Payment · you get the ticket · note “On it.” · "
        "answer “One moment.” · snoozes it for 3 h · then Resolved"
    )


def test_who_gets_the_ticket_is_named() -> None:
    chidi = User(username="chidi", first_name="Chidi")
    assert in_words(Macro(assign="person", assignee=chidi), str) == "Chidi gets the ticket"
    assert in_words(Macro(assign="nobody"), str) == "Nobody has the ticket"


def test_whose_person_has_left_gives_the_ticket_to_nobody_else() -> None:
    left = Macro(assign="person", assignee=None, status="RESOLVED")
    assert in_words(left, str) == "Then Resolved"


def test_a_macro_without_steps_says_so() -> None:
    assert in_words(Macro(), str) == "Does nothing yet."


def test_the_dialog_has_the_words_and_the_file_as_they_would_be_sent(agent: User) -> None:
    way = CannedReply.objects.create(
        shortcut="way", text="This way, {{ name }}", file=ContentFile(PNG, "way.png")
    )
    Macro.objects.create(name="Show the way", canned=way)
    html = desk.browser(agent).get(desk.page(desk.chat())).content.decode()
    assert f"Answer “This way, John” · 📎 {way.file_name}</span>" in html


def test_ten_macros_cost_no_more_statements_than_one(
    agent: User, django_assert_num_queries
) -> None:
    ticket = desk.chat()
    for number in range(10):
        canned = CannedReply.objects.create(shortcut=f"hi{number}", text="Hi")
        category = Category.objects.create(name=f"C{number}")
        who = {"assign": "person", "assignee": agent}
        Macro.objects.create(name=f"M{number}", canned=canned, category=category, **who)
    with django_assert_num_queries(1):
        macros(ticket, agent)
