"""A ticket's page: the thread as the agent reads it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from support import services
from support.models import SupportMessage, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.queries_made import queries_made
from whatsapp.kinds import Kind
from whatsapp.models import Media, Message
from whatsapp.models.message import Status

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> {{ 7|add:7 }} مرحبا"


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def opened(client: Client, ticket: SupportTicket) -> str:
    return client.get(desk.page(ticket)).content.decode()


def answered(ticket: SupportTicket, agent: User, **wire: object) -> SupportMessage:
    """An answer whose message stands as `wire` says."""
    bubble = services.reply(ticket.pk, Actor.of(agent), "Let me look.")
    Message.objects.filter(pk=bubble.wire_id).update(**wire)
    return bubble


def with_file(ticket: SupportTicket, kind: str, mime_type: str, **fields: object) -> Media:
    wire = desk.says(ticket, "", kind=kind)
    media = Media(message=wire, mime_type=mime_type, state=Media.State.STORED, **fields)
    media.file.save("file", ContentFile(b"content"))
    return media


def test_the_thread_tells_student_team_and_notes_apart(root: Client, agent: User) -> None:
    ticket = desk.chat()
    services.reply(ticket.pk, Actor.of(agent), "Hello John")
    services.note(ticket.pk, Actor.of(agent), "Seems angry")
    html = opened(root, ticket)
    for side in ("student", "team", "note"):
        assert f'<article class="desk-bubble {side}"' in html
    assert "Internal note" in html
    assert "Hello John" in html


@pytest.mark.parametrize("text", [HOSTILE, "\u202egnp.exe", "a" * 4000])
def test_hostile_words_stay_words(root: Client, text: str) -> None:
    ticket = desk.chat(name=text[:60])
    desk.says(ticket, text)
    html = opened(root, ticket) + root.get(desk.LIST).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "{{ 7|add:7 }}" in html or "7|add" not in text
    assert 'dir="auto"' in html


@pytest.mark.parametrize(
    ("status", "symbol", "label"),
    [
        (Status.QUEUED, "🕓", "Queued"),
        (Status.ACCEPTED, "✓", "Sent"),
        (Status.SENT, "✓", "Sent"),
        (Status.DELIVERED, "✓✓", "Delivered"),
        (Status.READ, "✓✓", "Read"),
        (Status.FAILED, "!", "Failed"),
        (Status.EXPIRED, "!", "Not sent"),
        (Status.UNCERTAIN, "?", "Not confirmed"),
    ],
)
def test_each_answer_has_its_tick(root: Client, agent: User, status, symbol, label) -> None:
    ticket = desk.chat()
    answered(ticket, agent, status=status)
    html = opened(root, ticket)
    assert f'<span aria-hidden="true">{symbol}</span>' in html
    assert f'<span class="visually-hidden">{label}</span>' in html


def test_every_status_of_an_outgoing_message_has_a_tick(root: Client, agent: User) -> None:
    ticket = desk.chat()
    bubble = answered(ticket, agent)
    for status in set(Status) - {Status.WAITING, Status.HANDLED}:
        Message.objects.filter(pk=bubble.wire_id).update(status=status)
        assert 'class="desk-tick' in opened(root, ticket), status


def test_an_answer_that_has_to_wait_says_why_where_it_is_read(root: Client, agent: User) -> None:
    ticket = desk.chat()
    answered(ticket, agent, status=Status.QUEUED, error="The login has expired.")
    assert "<strong>Queued.</strong> The login has expired." in opened(root, ticket)
    assert "Send again" not in opened(root, ticket)


def test_a_failure_says_why_and_offers_to_send_again(root: Client, agent: User) -> None:
    ticket = desk.chat()
    answered(ticket, agent, status=Status.FAILED, error="The number may not use WhatsApp.")
    html = opened(root, ticket)
    assert "The number may not use WhatsApp." in html
    assert "Send again" in html
    assert "It arrived" not in html


def test_files_are_shown_as_what_they_are(root: Client) -> None:
    ticket = desk.chat()
    picture = with_file(ticket, Kind.IMAGE, "image/png")
    voice = with_file(ticket, Kind.AUDIO, "audio/ogg", voice=True)
    page = with_file(ticket, Kind.DOCUMENT, "text/html", name="<b>page.html")
    html = opened(root, ticket)
    assert f'<img src="/admin/support/media/{picture.pk}"' in html
    assert f'<audio controls preload="none" src="/admin/support/media/{voice.pk}"' in html
    assert f'<a href="/admin/support/media/{page.pk}" download>' in html
    assert "&lt;b&gt;page.html" in html


def test_a_file_that_is_not_here_says_why(root: Client) -> None:
    ticket = desk.chat()
    media = with_file(ticket, Kind.IMAGE, "image/png")
    Media.objects.filter(pk=media.pk).update(state=Media.State.WAITING)
    assert "being fetched" in opened(root, ticket)
    Media.objects.filter(pk=media.pk).update(state=Media.State.FAILED, error="Ask for it again.")
    assert "Ask for it again." in opened(root, ticket)


def test_a_place_is_a_link_to_a_map(root: Client) -> None:
    ticket = desk.chat()
    payload = {"location": {"latitude": 6.45, "longitude": 3.39}}
    desk.says(ticket, "📍 Balogun Market", kind=Kind.LOCATION, payload=payload)
    desk.says(ticket, "📍 Nowhere", kind=Kind.LOCATION, payload={"location": "odd"})
    html = opened(root, ticket)
    assert "https://www.google.com/maps?q=6.45%2C3.39" in html
    assert "📍 Nowhere" in html


def test_quotes_and_reactions_hang_on_what_they_answer(root: Client, agent: User) -> None:
    ticket = desk.chat()
    answer = answered(ticket, agent).wire
    desk.says(ticket, "Thanks", reply_to=answer)
    desk.says(ticket, "👍", kind=Kind.REACTION, reply_to=answer)
    desk.says(ticket, "❤️", kind=Kind.REACTION, reply_to=answer)
    html = opened(root, ticket)
    assert '<blockquote dir="auto">🎧 Support Team: Let me look.</blockquote>' in html
    assert '<span class="visually-hidden">Reactions:</span> ❤️' in html
    assert "Reacted" not in html, "they hang on it, and have no bubble of their own"
    assert "Reactions:</span> 👍" not in html, "the second took the place of the first"
    desk.says(ticket, "", kind=Kind.REACTION, reply_to=answer)
    assert "Reactions:" not in opened(root, ticket)


def test_opening_a_ticket_marks_it_seen_for_who_can_answer(root: Client) -> None:
    ticket = desk.chat()
    opened(desk.browser(desk.looker()), ticket)
    ticket.refresh_from_db()
    assert ticket.unread_count == 1
    opened(root, ticket)
    ticket.refresh_from_db()
    assert ticket.unread_count == 0


def test_days_are_separated_and_long_threads_shown_from_their_end(root: Client) -> None:
    ticket = desk.chat()
    yesterday = timezone.now() - timedelta(days=1)
    for number in range(210):
        SupportMessage.objects.create(ticket=ticket, sender_type="user", message=f"line {number}.")
    SupportMessage.objects.filter(message="line 209.").update(created_at=yesterday)
    html = opened(root, ticket)
    assert html.count('class="desk-day"') == 2
    assert "line 3." not in html
    assert "Show earlier messages" in html
    assert "line 3." in root.get(desk.page(ticket), {"show": "400"}).content.decode()


def test_a_long_thread_costs_no_more_statements_than_a_short_one(root: Client, agent: User) -> None:
    def cost(ticket: SupportTicket) -> int:
        opened(root, ticket)
        with queries_made() as found:
            opened(root, ticket)
        return len(found)

    short, long = desk.chat(1), desk.chat(2)
    answered(short, agent), with_file(short, Kind.IMAGE, "image/png")
    for _ in range(10):
        answered(long, agent), with_file(long, Kind.IMAGE, "image/png")
    assert cost(long) == cost(short)


def test_a_file_that_was_given_up_can_be_fetched_again_from_the_thread(root: Client) -> None:
    ticket = desk.chat()
    media = with_file(ticket, Kind.IMAGE, "image/png", remote_id="77")
    Media.objects.filter(pk=media.pk).update(state=Media.State.FAILED, error="Not handed over.")
    assert "Fetch again" in opened(root, ticket)
    assert "Fetch again" not in opened(desk.browser(desk.looker()), ticket)

    data = {"message": media.message.support_message.pk}
    html = root.post(desk.url(ticket, "act", "fetch-again"), data, follow=True).content.decode()
    assert "The file is being fetched again." in html
    assert "being fetched …" in html
    refused = root.post(desk.url(ticket, "act", "fetch-again"), data, follow=True)
    assert "seven days" in refused.content.decode()
