"""What a student does becomes the webhook that Meta would send."""

import hashlib
import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from whatsapp.simulator import demo, phones, student
from whatsapp.simulator.models import SimulatedMedia, SimulatedPhone, SimulatedWebhook
from whatsapp.tests.graph import TEXT, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def john() -> SimulatedPhone:
    return phones.create("John Doe", "2348031234567", user_id="NG.1")


@pytest.fixture
def hidden() -> SimulatedPhone:
    return phones.create("Musa Bello", None, user_id="NG.1100223344556677", hides_phone=True)


def value() -> dict[str, Any]:
    """The `value` of the newest webhook."""
    webhook = SimulatedWebhook.objects.order_by("-id")[0]
    content: dict[str, Any] = json.loads(bytes(webhook.body))["entry"][0]["changes"][0]["value"]
    return content


def message() -> dict[str, Any]:
    content: dict[str, Any] = value()["messages"][0]
    return content


def test_a_text_arrives_whole(john: SimulatedPhone) -> None:
    said = student.say(john, "Good morning 🌞", at=datetime(2026, 11, 21, 8, tzinfo=UTC))

    assert value() == {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "2347001234567",
            "phone_number_id": "100000000000001",
        },
        "contacts": [
            {"profile": {"name": "John Doe"}, "wa_id": "2348031234567", "user_id": "NG.1"}
        ],
        "messages": [
            {
                "from": "2348031234567",
                "from_user_id": "NG.1",
                "id": said.wamid,
                "timestamp": "1795248000",
                "type": "text",
                "text": {"body": "Good morning 🌞"},
            }
        ],
    }


def test_the_bytes_are_escaped_as_meta_escapes_them(john: SimulatedPhone) -> None:
    student.say(john, "10/10 für Ada")

    assert rb"10\/10 f\u00fcr Ada" in bytes(SimulatedWebhook.objects.get().body)


def test_a_hidden_number_leaves_its_keys_out(hidden: SimulatedPhone) -> None:
    student.say(hidden, "Hello")

    assert "from" not in message()
    assert message()["from_user_id"] == "NG.1100223344556677"
    assert value()["contacts"] == [
        {
            "profile": {"name": "Musa Bello", "username": "musa"},
            "user_id": "NG.1100223344556677",
        }
    ]


def test_a_number_that_is_known_but_hidden_is_left_out_too(john: SimulatedPhone) -> None:
    john.hides_phone = True

    student.say(john, "Hello")

    assert b"2348031234567" not in bytes(SimulatedWebhook.objects.get().body)


def received(content: dict[str, Any], john: SimulatedPhone) -> Any:
    student.say(john, "Hello")
    send(content)
    return john.messages.get(direction="from_business")


def test_a_tap_on_a_button_carries_its_id_and_what_it_answers(john: SimulatedPhone) -> None:
    reply = {"type": "reply", "reply": {"id": "end_chat", "title": "❌ End Chat"}}
    menu = {"type": "button", "body": {"text": "Hi"}, "action": {"buttons": [reply]}}
    asked = received({"type": "interactive", "interactive": menu}, john)

    student.tap(john, asked, "end_chat")

    assert message()["interactive"] == {
        "type": "button_reply",
        "button_reply": {"id": "end_chat", "title": "❌ End Chat"},
    }
    assert message()["context"] == {"from": "2347001234567", "id": asked.wamid}


def test_a_tap_on_a_row_carries_its_description(john: SimulatedPhone) -> None:
    row = {"id": "faq", "title": "FAQs", "description": "Answers"}
    menu = {
        "type": "list",
        "body": {"text": "Hi"},
        "action": {"button": "Menu", "sections": [{"rows": [row, {"id": "pay", "title": "Pay"}]}]},
    }
    asked = received({"type": "interactive", "interactive": menu}, john)

    student.tap(john, asked, "faq")
    assert message()["interactive"] == {"type": "list_reply", "list_reply": row}

    student.tap(john, asked, "pay")
    assert message()["interactive"]["list_reply"] == {"id": "pay", "title": "Pay"}


def test_a_tap_on_a_template_arrives_as_a_button(john: SimulatedPhone) -> None:
    payload = {"type": "payload", "payload": "open:8812"}
    components = [
        {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [payload]}
    ]
    template = {"name": "keep_chat_open", "language": {"code": "en"}, "components": components}
    asked = received({"type": "template", "template": template}, john)

    student.tap(john, asked, "open:8812")

    assert message()["type"] == "button"
    assert message()["button"] == {"payload": "open:8812", "text": "Keep my chat open"}


def test_what_is_not_there_cannot_be_tapped(john: SimulatedPhone) -> None:
    with pytest.raises(LookupError):
        student.tap(john, received(TEXT, john), "end_chat")


def test_a_picture_names_its_file_and_digest(john: SimulatedPhone) -> None:
    student.send_media(john, "image", b"pixels", "photo.png", "image/png", caption="My homework")

    image = message()["image"]
    row = SimulatedMedia.objects.get(media_id=image["id"])
    assert image["caption"] == "My homework"
    assert image["mime_type"] == "image/png"
    assert b64decode(image["sha256"]) == hashlib.sha256(b"pixels").digest()
    with row.file.open() as file:
        assert file.read() == b"pixels"


def test_a_voice_note_is_an_audio_that_says_so(john: SimulatedPhone) -> None:
    student.send_media(john, "audio", b"OggS", "v.ogg", "audio/ogg; codecs=opus", voice=True)

    assert message()["type"] == "audio"
    assert message()["audio"]["voice"] is True
    assert message()["audio"]["mime_type"] == "audio/ogg; codecs=opus"


def test_a_document_keeps_its_name(john: SimulatedPhone) -> None:
    student.send_media(john, "document", b"%PDF", "essay.pdf", "application/pdf")

    assert message()["document"]["filename"] == "essay.pdf"


def test_a_bare_location_has_no_name(john: SimulatedPhone) -> None:
    student.send_location(john, 6.5244, 3.3792)

    assert message()["location"] == {"latitude": 6.5244, "longitude": 3.3792}


def test_a_reply_names_what_it_answers(john: SimulatedPhone) -> None:
    asked = received(TEXT, john)

    student.quote(john, asked, "This one")

    assert message()["context"]["id"] == asked.wamid


def test_taking_a_reaction_away_leaves_the_emoji_out(john: SimulatedPhone) -> None:
    asked = received(TEXT, john)

    student.react(john, asked, "👍")
    assert message()["reaction"] == {"message_id": asked.wamid, "emoji": "👍"}

    student.react(john, asked, "")
    assert message()["reaction"] == {"message_id": asked.wamid}


def test_kinds_not_yet_invented_can_be_sent(john: SimulatedPhone) -> None:
    student.send_raw(john, {"type": "hologram", "hologram": {"depth": 3}})

    assert message()["hologram"] == {"depth": 3}


def test_an_old_message_does_not_move_the_window_back(john: SimulatedPhone) -> None:
    student.say(john, "Now")
    wrote_at = john.last_wrote_at
    assert wrote_at is not None

    student.say(john, "Earlier", at=wrote_at - timedelta(days=2))

    john.refresh_from_db()
    assert john.last_wrote_at == wrote_at


def test_the_demo_students_are_made_once() -> None:
    demo.create_students()
    demo.create_students()

    students = SimulatedPhone.objects.values_list("name", "number", "user_id", "hides_phone")
    assert list(students.order_by("id")) == [
        ("John Doe", "2348031234567", "NG.1100000000000001", False),
        ("Ada Obi", "2348059876543", "NG.1100000000000002", False),
        ("Musa Bello", None, "NG.1100223344556677", True),
    ]
