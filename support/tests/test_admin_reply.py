"""Answering from a ticket's page."""

import uuid

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from support import services
from support.models import CannedReply, SenderType, SupportMessage, TicketStatus
from support.services import Actor
from support.tests import desk
from whatsapp.models import Media, Message
from whatsapp.models.message import Direction, Status
from whatsapp.tests.phone import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def test_a_reply_queues_one_whatsapp_message(root: Client, agent: User) -> None:
    ticket = desk.chat()
    response = desk.compose(root, ticket, "Good morning!")
    assert response["HX-Trigger"] == "said"
    assert desk.outgoing(ticket) == ["🎧 Support Team: Good morning!"]
    assert Message.objects.get(direction=Direction.OUTBOUND).status == Status.QUEUED
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assigned_admin) == (TicketStatus.IN_PROGRESS, agent)


def test_the_same_form_sent_twice_says_it_once(root: Client) -> None:
    ticket, token = desk.chat(), str(uuid.uuid4())
    for _ in range(2):
        assert desk.compose(root, ticket, "Hello", token=token).status_code == 200
    assert desk.outgoing(ticket) == ["🎧 Support Team: Hello"]


def test_words_changed_in_between_are_said_too(root: Client) -> None:
    ticket, token = desk.chat(), str(uuid.uuid4())
    desk.compose(root, ticket, "Hello", token=token)
    desk.compose(root, ticket, "Hello John", token=token)
    assert len(desk.outgoing(ticket)) == 2


def test_a_note_never_leaves_the_desk_and_is_kept_once(root: Client) -> None:
    ticket, token = desk.chat(), str(uuid.uuid4())
    for _ in range(2):
        desk.compose(root, ticket, "Ask finance", mode="note", token=token)
    assert desk.outgoing(ticket) == []
    assert SupportMessage.objects.filter(sender_type=SenderType.NOTE).count() == 1


def test_a_picture_is_sent_as_a_picture(root: Client) -> None:
    ticket = desk.chat()
    file = SimpleUploadedFile("../../graph.png", PNG, "text/html")
    desk.compose(root, ticket, "Look", file=file)
    wire = Message.objects.get(direction=Direction.OUTBOUND)
    assert (wire.kind, wire.text, wire.media.mime_type) == (
        "image",
        "🎧 Support Team: Look",
        "image/png",
    )
    assert wire.media.file.name.startswith("whatsapp/")


def test_several_files_go_one_by_one_and_the_words_with_the_first(root: Client) -> None:
    ticket, token = desk.chat(), str(uuid.uuid4())
    for _ in range(2):  # the same form sent twice sends them once
        files = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(3)]
        desk.compose(root, ticket, "Look", file=files, token=token)
    sent = Message.objects.filter(direction=Direction.OUTBOUND).order_by("id")
    assert [(wire.kind, wire.text) for wire in sent] == [
        ("image", "🎧 Support Team: Look"),
        ("image", ""),
        ("image", ""),
    ]
    assert [wire.media.name for wire in sent] == ["0.png", "1.png", "2.png"]


def test_one_file_that_is_refused_holds_the_others_back(root: Client) -> None:
    ticket = desk.chat()
    files = [SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("a.exe", b"MZ" + bytes(60))]
    assert desk.compose(root, ticket, "Look", file=files)["HX-Retarget"]
    assert Media.objects.count() == 0


def test_more_than_ten_files_are_refused_in_words(root: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(11)]
    response = desk.compose(root, desk.chat(), "Look", file=files)
    assert "At most 10 files" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.html", b"<html><script>"), ("a.exe", b"MZ\x90" + b"\0" * 60), ("empty.pdf", b"")],
)
def test_a_file_that_whatsapp_does_not_take_is_refused(root: Client, name, content) -> None:
    ticket = desk.chat()
    response = desk.compose(root, ticket, "Look", file=SimpleUploadedFile(name, content))
    assert response["HX-Retarget"] == "#composer-problems"
    assert Media.objects.count() == 0


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 20_001])
def test_what_cannot_be_sent_is_refused_and_stays_in_the_box(root: Client, text: str) -> None:
    ticket = desk.chat()
    response = desk.compose(root, ticket, text)
    assert response["HX-Retarget"] == "#composer-problems"
    assert "<li>" in response.content.decode()
    assert desk.outgoing(ticket) == []


def test_a_long_text_becomes_several_messages(root: Client) -> None:
    ticket = desk.chat()
    desk.compose(root, ticket, "One more word. " * 500)
    assert len(desk.outgoing(ticket)) == 2


def test_an_answer_can_quote_what_it_answers(root: Client) -> None:
    ticket, other = desk.chat(1), desk.chat(2)
    bubble, foreign = ticket.messages.get(), other.messages.get()
    desk.compose(root, ticket, "Since when?", quoting=bubble.pk)
    wire = Message.objects.get(direction=Direction.OUTBOUND)
    assert wire.payload["context"] == {"message_id": bubble.wire.wamid}
    refused = desk.compose(root, ticket, "Hm", quoting=foreign.pk)
    assert refused["HX-Retarget"]


def test_a_shut_window_is_explained_and_nothing_is_sent(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    html = root.get(desk.page(ticket)).content.decode()
    assert "The 24-hour window closed on" in html
    assert 'data-open="no"' in html
    response = desk.compose(root, ticket, "Are you there?")
    assert "24 hours" in response.content.decode()
    assert desk.outgoing(ticket) == []


def test_an_open_window_says_when_it_closes(root: Client) -> None:
    assert "closes in 2 h" in root.get(desk.page(desk.chat(hours_ago=21.5))).content.decode()


def test_an_ended_chat_is_refused_but_notes_are_not(root: Client, agent: User) -> None:
    ticket = desk.chat()
    services.end(ticket.pk, Actor.of(agent))
    said = len(desk.outgoing(ticket))
    assert "This chat has ended" in desk.compose(root, ticket, "Wait!").content.decode()
    assert desk.compose(root, ticket, "For later", mode="note")["HX-Trigger"] == "said"
    assert len(desk.outgoing(ticket)) == said


def test_without_scripts_a_refused_answer_is_still_in_the_box(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    data = {"mode": "reply", "text": "Are you <there>?", "token": str(uuid.uuid4())}
    html = root.post(desk.url(ticket, "compose"), data).content.decode()
    assert "Are you &lt;there&gt;?</textarea>" in html
    assert "24 hours" in html


def test_without_scripts_an_answer_leads_back_to_the_ticket(root: Client) -> None:
    ticket = desk.chat()
    data = {"mode": "reply", "text": "Hello", "token": str(uuid.uuid4())}
    response = root.post(desk.url(ticket, "compose"), data)
    assert response.url == desk.page(ticket)
    assert len(desk.outgoing(ticket)) == 1


def test_ready_made_answers_carry_the_names(root: Client) -> None:
    CannedReply.objects.create(shortcut="hello", text="Hello {name}, {agent} here. {other}")
    html = root.get(desk.page(desk.chat(name="John Doe"))).content.decode()
    assert 'data-begins="hello" data-text="Hello John, Grace here. {other}"' in html
