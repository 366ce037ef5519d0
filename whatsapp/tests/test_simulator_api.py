"""The phone's page and JSON API."""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from whatsapp.simulator import delivery, phones
from whatsapp.simulator.models import (
    Misbehaviour,
    SimulatedPhone,
    SimulatedWebhook,
)
from whatsapp.tests.graph import TEXT, send

pytestmark = pytest.mark.django_db
API = "/simulator/api"


@pytest.fixture(autouse=True)
def media_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def john() -> SimulatedPhone:
    return phones.create("John Doe", "2348031234567")


def post(client: Client, path: str, data: object) -> Any:
    return client.post(f"{API}/{path}", data, content_type="application/json")


def messages(client: Client, phone: SimulatedPhone, after: float = 0) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"{API}/students/{phone.pk}/messages?after={after}").json()
    return answer


def test_the_first_visit_finds_three_students(client: Client) -> None:
    page = client.get("/simulator/")

    assert page.status_code == 200
    names = [row["name"] for row in client.get(f"{API}/students").json()["students"]]
    assert names == ["John Doe", "Ada Obi", "Musa Bello"]


def test_the_page_has_no_inline_script_or_style(client: Client) -> None:
    page = client.get("/simulator/").content.decode()

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_a_new_student_can_be_made(client: Client) -> None:
    new = {"name": "Grace", "number": "+234 805 000 0000", "hides_phone": False}

    response = post(client, "students", new)

    assert response.status_code == 201
    assert response.json()["number"] == "2348050000000"
    assert SimulatedPhone.objects.get().user_id.startswith("NG.")


def test_a_student_without_a_number_hides_it(client: Client) -> None:
    assert post(client, "students", {"name": "Grace"}).json()["hides_phone"] is True


@pytest.mark.parametrize(
    "new",
    [{}, {"name": ""}, {"name": "Grace", "number": "0803"}, {"name": "X", "number": "call me"}, []],
)
def test_a_student_that_cannot_be_is_refused_with_the_reason(client: Client, new: object) -> None:
    response = post(client, "students", new)

    assert response.status_code == 400
    assert response.json()["status"] == "error"
    assert response.json()["message"]


def test_two_students_cannot_share_a_number(client: Client, john: SimulatedPhone) -> None:
    new = {"name": "Grace", "number": "+2348031234567"}

    assert post(client, "students", new).status_code == 400


def test_what_is_said_shows_and_waits_for_delivery(client: Client, john: SimulatedPhone) -> None:
    response = post(client, f"students/{john.pk}/say", {"text": "  Hello\n*you*"})

    assert response.status_code == 201
    assert SimulatedWebhook.objects.filter(due_at__lte=timezone.now()).count() == 1
    (shown,) = messages(client, john)["messages"]
    assert (shown["text"], shown["from_student"]) == ("  Hello\n*you*", True)
    assert shown["status"] == "accepted"


@pytest.mark.parametrize("text", ["", "   ", None])
def test_saying_nothing_is_refused(client: Client, john: SimulatedPhone, text: object) -> None:
    assert post(client, f"students/{john.pk}/say", {"text": text}).status_code == 400


def test_what_the_bot_sends_shows_with_its_buttons(client: Client, john: SimulatedPhone) -> None:
    post(client, f"students/{john.pk}/say", {"text": "Hello"})
    reply = {"type": "reply", "reply": {"id": "end_chat", "title": "End Chat"}}
    menu = {"type": "button", "body": {"text": "*Hi*"}, "action": {"buttons": [reply]}}
    send({"type": "interactive", "interactive": menu})

    shown = messages(client, john)["messages"][-1]
    assert shown["text"] == "*Hi*"
    assert [button["title"] for button in shown["buttons"]] == ["End Chat"]

    tapped = {"wamid": shown["wamid"], "choice_id": "end_chat"}
    assert post(client, f"students/{john.pk}/tap", tapped).json()["text"] == "End Chat"
    wrong = {"wamid": shown["wamid"], "choice_id": "nothing"}
    assert post(client, f"students/{john.pk}/tap", wrong).status_code == 400


def test_a_message_of_another_phone_cannot_be_tapped(client: Client, john: SimulatedPhone) -> None:
    tapped = {"wamid": "wamid.OTHER", "choice_id": "end_chat"}

    assert post(client, f"students/{john.pk}/tap", tapped).status_code == 400


def test_a_template_reads_as_filled_in(client: Client, john: SimulatedPhone) -> None:
    body = {"type": "body", "parameters": [{"type": "text", "text": "John"}]}
    template = {"name": "support_reply", "language": {"code": "en"}, "components": [body]}
    send({"type": "template", "template": template})

    shown = messages(client, john)["messages"][-1]
    assert shown["text"].startswith("Hello John, our support team")
    assert shown["buttons"][0]["title"] == "Read the answer"


def test_only_what_changed_is_told_again(client: Client, john: SimulatedPhone) -> None:
    post(client, f"students/{john.pk}/say", {"text": "Hello"})
    later = messages(client, john)["cursor"] + 10

    assert messages(client, john, later)["messages"] == []
    john.messages.update(changed_at=timezone.now() + timedelta(seconds=10))
    assert len(messages(client, john, later)["messages"]) == 1


def test_a_tick_counts_as_a_change(client: Client, john: SimulatedPhone) -> None:
    post(client, f"students/{john.pk}/say", {"text": "Hello"})
    before = john.messages.get().changed_at

    delivery.deliver_due(timezone.now(), lambda *_: 200)

    assert john.messages.get().changed_at > before


@pytest.mark.parametrize("after", ["soon", "nan", "inf", "1e300"])
def test_a_cursor_that_is_none_is_refused(client: Client, john: SimulatedPhone, after: str) -> None:
    response = client.get(f"{API}/students/{john.pk}/messages?after={after}")

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("name", "mime_type", "kind"),
    [
        ("photo.jpg", "image/jpeg", "image"),
        ("clip.mp4", "video/mp4", "video"),
        ("note.ogg", "audio/ogg", "audio"),
        ("essay.pdf", "application/pdf", "document"),
        ("page.html", "text/html", "document"),
    ],
)
def test_a_file_is_shown_as_what_it_is(
    client: Client, john: SimulatedPhone, name: str, mime_type: str, kind: str
) -> None:
    file = SimpleUploadedFile(name, b"content", mime_type)

    shown = client.post(f"{API}/students/{john.pk}/media", {"file": file, "caption": "Look"}).json()

    assert shown["media_kind"] == kind
    with closing(client.get(shown["media_url"])) as response:
        assert b"".join(response.streaming_content) == b"content"
        attached = response.headers.get("Content-Disposition", "").startswith("attachment")
    assert attached is (kind == "document")


def test_a_place_and_a_reaction_can_be_sent(client: Client, john: SimulatedPhone) -> None:
    place = {"latitude": 6.5244, "longitude": 3.3792, "name": "Balogun Market"}
    sent = post(client, f"students/{john.pk}/location", place).json()
    reaction = {"wamid": sent["wamid"], "emoji": "👍"}

    assert post(client, f"students/{john.pk}/react", reaction).status_code == 201

    first = messages(client, john)["messages"][0]
    assert first["location"]["name"] == "Balogun Market"
    assert first["student_reaction"] == "👍"


def test_switches_are_read_and_set(client: Client) -> None:
    assert client.get(f"{API}/misbehaviour").json()["reads_messages"] is True

    changed = post(client, "misbehaviour", {"error_500_percent": 30, "reads_messages": False})

    assert changed.json()["error_500_percent"] == 30
    mood = Misbehaviour.current()
    assert (mood.error_500_percent, mood.reads_messages, mood.checks_window) == (30, False, True)


def test_a_probability_over_a_hundred_is_refused(client: Client) -> None:
    assert post(client, "misbehaviour", {"error_500_percent": 101}).status_code == 400


def test_the_log_tells_of_both_directions(client: Client, john: SimulatedPhone) -> None:
    post(client, f"students/{john.pk}/say", {"text": "Hello"})
    delivery.deliver_due(timezone.now(), lambda *_: 503)
    send(TEXT)

    entries = client.get(f"{API}/log").json()["entries"]
    webhook = next(entry for entry in entries if entry["about"] == "text from John Doe")
    assert (webhook["status"], webhook["attempts"], webhook["waits"]) == (503, 1, True)
    call = next(entry for entry in entries if entry["kind"] == "call")
    assert call["about"] == "POST /v25.0/100000000000001/messages"


def test_a_stranger_site_cannot_post_for_the_student(john: SimulatedPhone) -> None:
    guarded = Client(enforce_csrf_checks=True)

    response = guarded.post(
        f"{API}/students/{john.pk}/say", json.dumps({"text": "x"}), content_type="application/json"
    )

    assert response.status_code == 403


def test_the_graph_answers_over_http_too(client: Client, john: SimulatedPhone) -> None:
    guarded = Client(enforce_csrf_checks=True)

    response = guarded.post(
        "/simulator/graph/v25.0/100000000000001/messages",
        json.dumps(TEXT),
        content_type="application/json",
    )

    assert (response.status_code, response.json()["error"]["code"]) == (401, 190)


def test_a_dropped_connection_is_a_gateways_error_over_http(client: Client) -> None:
    Misbehaviour(pk=1, refuse_connection_percent=100).save()

    assert client.get("/simulator/graph/v25.0/100000000000001").status_code == 503
