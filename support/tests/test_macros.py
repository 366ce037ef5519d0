"""Ready-made words with marks and files, and several acts in one click."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from support import filling, services
from support.models import CannedReply, Category, Macro, SupportTicket
from support.services import Actor, ServiceError, WindowClosed
from support.tests import desk
from whatsapp.models import Contact, Media
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 50


def macro(**fields: object) -> Macro:
    made = Macro(name="A macro", **fields)
    made.full_clean()
    made.save()
    return made


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {{ name }}, {{agent}} here", "Hi John, Grace here"),
        ("Hi {name}", "Hi John"),
        ("{{ full_name }} #{{ ticket }}", "John Doe #7"),
        ("{{ odd }} {odd} {} {{ }}", "{{ odd }} {odd} {} {{ }}"),
        ("{{ name.upper }} {% if x %}", "{{ name.upper }} {% if x %}"),
    ],
)
def test_only_names_are_filled_in(text: str, filled: str) -> None:
    values = {"name": "John", "full_name": "John Doe", "agent": "Grace", "ticket": "7"}
    assert filling.fill(text, values) == filled


def test_what_is_filled_in_is_not_read_again() -> None:
    assert filling.fill("Hi {{ name }}", {"name": "{{ agent }}", "agent": "x"}) == "Hi {{ agent }}"


def test_a_mark_that_nothing_fills_is_refused_when_it_is_saved() -> None:
    with pytest.raises(ValidationError, match="Nothing is known for nmae"):
        CannedReply(shortcut="hi", text="Hi {{ nmae }}").full_clean()
    with pytest.raises(ValidationError, match="Nothing is known for nmae"):
        macro(reply="Hi {{ nmae }}")


def test_a_ready_made_answer_brings_its_picture(john: Phone, team: Actor, work) -> None:
    john.say("support")
    ticket = SupportTicket.objects.get()
    file = ContentFile(PICTURE, "way.png")
    canned = CannedReply.objects.create(
        shortcut="way",
        text="This way, {{ name }}",
        file=file,
        file_kind="image",
        mime_type="image/png",
    )
    services.reply_with_canned(ticket.pk, team, canned)
    work()
    assert "This way, John" in john.received[-1].text
    assert ticket.messages.last().message == "This way, John"
    assert Media.objects.get().file.name != canned.file.name, "a copy: either may go"


def test_a_file_that_is_gone_is_said_so(ticket, team: Actor) -> None:
    canned = CannedReply.objects.create(shortcut="way", text="Hi", file="canned/gone.png")
    with pytest.raises(ServiceError, match="is gone"):
        services.reply_with_canned(ticket.pk, team, canned)


def test_changed_words_are_sent_as_they_are(ticket, team: Actor) -> None:
    canned = CannedReply.objects.create(shortcut="hi", text="Hi {{ name }}")
    services.reply_with_canned(ticket.pk, team, canned, "Hi {{ name }}!")
    assert desk.outgoing(ticket)[-1].endswith("Hi {{ name }}!")


def test_a_macro_does_all_its_acts(ticket, team: Actor) -> None:
    category = Category.objects.create(name="Payment")
    services.run_macro(
        ticket.pk,
        team,
        macro(
            priority="HIGH",
            category=category,
            assign="me",
            note="Refund, says {{ agent }}",
            reply="Dear {{ name }}, it is done.",
            status="RESOLVED",
        ),
    )
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.category, ticket.status) == ("HIGH", category, "RESOLVED")
    assert ticket.assigned_admin == team.user
    assert "🎧 Support Team: Dear John, it is done." in desk.outgoing(ticket)
    assert ticket.messages.get(sender_type="note").message == "Refund, says Grace"
    kinds = [event.kind for event in ticket.events.all()]
    assert kinds[:2] == ["opened", "macro"]
    assert {"priority", "category", "assigned", "ended"} <= set(kinds)


def test_what_a_macro_leaves_empty_stays(ticket, team: Actor) -> None:
    services.run_macro(ticket.pk, team, macro(priority="LOW"))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assigned_admin, ticket.snoozed_until) == ("OPEN", None, None)
    assert desk.outgoing(ticket) == []


def test_a_macro_gives_to_somebody_and_snoozes(ticket, team: Actor) -> None:
    colleague = desk.staff()
    services.run_macro(
        ticket.pk, team, macro(assign="person", assignee=colleague, snooze_minutes=60)
    )
    ticket.refresh_from_db()
    assert ticket.assigned_admin == colleague
    assert ticket.snoozed_until is not None


def test_a_macro_is_done_whole_or_not_at_all(ticket, team: Actor) -> None:
    Contact.objects.update(last_inbound_at="2020-01-01T00:00Z")
    with pytest.raises(WindowClosed):
        services.run_macro(ticket.pk, team, macro(priority="HIGH", note="Hm", reply="Hi"))
    ticket.refresh_from_db()
    assert ticket.priority == "MEDIUM"
    assert not ticket.messages.filter(sender_type="note").exists()
    assert not ticket.events.filter(kind="macro").exists()


@pytest.mark.parametrize("left", ["is_active", "is_staff", "role"])
def test_a_macro_gives_nothing_to_who_no_longer_answers(ticket, team: Actor, left: str) -> None:
    chidi = desk.staff(username="chidi")
    if left == "role":
        chidi.groups.clear()
    else:
        setattr(chidi, left, False)
        chidi.save()
    given = Macro.objects.create(name="To Chidi", assign="person", assignee=chidi)
    with pytest.raises(ServiceError, match="chidi no longer answers here"):
        services.run_macro(ticket.pk, team, given)
    ticket.refresh_from_db()
    assert ticket.assigned_admin is None


def test_a_macro_takes_no_ticket_from_a_colleague(ticket, team: Actor) -> None:
    services.assign(ticket.pk, team, desk.staff())
    with pytest.raises(ServiceError, match="has this ticket"):
        services.run_macro(ticket.pk, team, macro(assign="me"))


def test_a_macro_that_contradicts_itself_is_refused() -> None:
    canned = CannedReply.objects.create(shortcut="hi", text="Hi")
    with pytest.raises(ValidationError, match="Either"):
        macro(reply="Hi", canned=canned)
    with pytest.raises(ValidationError, match="Choose who"):
        macro(assign="person")
