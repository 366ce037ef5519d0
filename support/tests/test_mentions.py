"""@username in a note."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core import mail as sent_mail

from support import mail, services
from support.models import DeskPreferences, Mention, StaffMail
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    user = desk.staff(username="Ada.Obi")
    user.email = "ada@example.org"
    user.save()
    return user


@pytest.mark.parametrize(
    "text", ["@Ada.Obi look", "look, @ada.obi.", "(@ADA.OBI)", "@ada.obi, @ada.obi and @nobody"]
)
def test_who_is_named_has_an_unread_mention(team: Actor, ada: User, text: str) -> None:
    note = services.note(desk.chat().pk, team, text)
    assert [mention.note for mention in services.unread_mentions(ada)] == [note]


@pytest.mark.parametrize("text", ["ada.obi", "write to x@ada.obi", "@ada", "@ada.obi2"])
def test_who_is_not_named_has_none(team: Actor, ada: User, text: str) -> None:
    services.note(desk.chat().pk, team, text)
    assert not Mention.objects.exists()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@nobody, look", ["nobody"]),
        ("(@Nobody.) and @ada.obi.", ["Nobody"]),
        ("@agent @ADA.OBI", []),
        ("write to x@nobody.org, @ 5 o'clock, @.", []),
        ("@student and @cleaner", ["student", "cleaner"]),
    ],
)
def test_names_that_tell_nobody_are_known(
    agent: User, ada: User, text: str, names: list[str]
) -> None:
    User.objects.create_user("student")
    User.objects.create_user("cleaner", is_staff=True)
    assert services.unmatched(text) == names


def test_a_note_for_nobody_is_kept_and_says_so(agent: User) -> None:
    ticket, client = desk.chat(), desk.browser(agent)
    response = desk.compose(client, ticket, "@nobody please look", mode="note")
    assert "No colleague is called @nobody: that told nobody." in response["HX-Trigger"]
    assert ticket.messages.latest("id").message == "@nobody please look"
    answer = desk.compose(client, ticket, "Ask @nobody")
    assert answer["HX-Trigger"] == "said", "a student's answer tells nobody anyway"
    data = {"mode": "note", "text": "@nobody again", "token": str(uuid4())}
    html = client.post(desk.url(ticket, "compose"), data, follow=True).content.decode()
    assert "No colleague is called @nobody" in html


def test_looking_at_the_ticket_settles_it(team: Actor, ada: User) -> None:
    ticket, other = desk.chat(1), desk.chat(2)
    services.note(ticket.pk, team, "@ada.obi")
    services.note(other.pk, team, "@ada.obi")
    assert services.mark_mentions_seen(ticket.pk, ada) == 1
    assert [mention.note.ticket for mention in services.unread_mentions(ada)] == [other]


def test_who_is_named_gets_an_e_mail_at_once(team: Actor, ada: User) -> None:
    ticket = desk.chat()
    services.note(ticket.pk, team, "@ada.obi please look")
    assert mail.send_due() == 1
    assert mail.send_due() == 0
    (letter,) = sent_mail.outbox
    assert letter.to == ["ada@example.org"]
    assert letter.subject == f"Grace mentioned you in ticket {ticket.pk}"
    assert "@ada.obi please look" in letter.body
    assert f"http://127.0.0.1:8000/admin/support/desk/{ticket.pk}/" in letter.body


def test_who_wants_no_e_mail_has_the_mention_only(team: Actor, ada: User) -> None:
    DeskPreferences.objects.create(user=ada, mail_mentions=False)
    services.note(desk.chat().pk, team, "@ada.obi")
    assert Mention.objects.count() == 1
    assert not StaffMail.objects.exists()


def test_who_may_not_read_notes_is_not_told(team: Actor) -> None:
    User.objects.create_user("student", email="student@example.org")
    User.objects.create_user("cleaner", email="cleaner@example.org", is_staff=True)
    services.note(desk.chat().pk, team, "@student @cleaner @agent")
    assert not Mention.objects.exists()


def test_a_note_sent_twice_mentions_once(team: Actor, ada: User) -> None:
    ticket, token = desk.chat(), uuid4()
    for _ in range(2):
        services.note(ticket.pk, team, "@ada.obi", client_token=token)
    assert Mention.objects.count() == StaffMail.objects.count() == 1
