"""What we send has the form that Graph takes and the text that a person reads."""

from typing import Any

import pytest

from whatsapp.kinds import Kind
from whatsapp.outgoing import (
    Button,
    Buttons,
    Link,
    List,
    Location,
    Media,
    Outgoing,
    Reaction,
    Row,
    Section,
    Template,
    Text,
    body_values,
    mark_read,
    menu,
)
from whatsapp.tests.taps import NO, ROW, YES, one_list, rows


class TestTheWireForm:
    @pytest.mark.parametrize(
        ("message", "wire"),
        [
            (Text("Hi"), {"type": "text", "text": {"body": "Hi", "preview_url": False}}),
            (
                Reaction("wamid.1", "👍"),
                {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}},
            ),
            (Media(Kind.IMAGE, "99"), {"type": "image", "image": {"id": "99"}}),
            (
                Media(Kind.DOCUMENT, link="https://a.example/b", caption="c", filename="d.pdf"),
                {
                    "type": "document",
                    "document": {
                        "link": "https://a.example/b",
                        "caption": "c",
                        "filename": "d.pdf",
                    },
                },
            ),
            (
                Media(Kind.AUDIO, "9", voice=True),
                {"type": "audio", "audio": {"id": "9", "voice": True}},
            ),
            (
                Location(6.5, 3.4, "Shop", "12 Allen Ave"),
                {
                    "type": "location",
                    "location": {
                        "latitude": 6.5,
                        "longitude": 3.4,
                        "name": "Shop",
                        "address": "12 Allen Ave",
                    },
                },
            ),
            (
                Template("order_update", "en_US", (body_values("Ada"),)),
                {
                    "type": "template",
                    "template": {
                        "name": "order_update",
                        "language": {"code": "en_US"},
                        "components": [
                            {"type": "body", "parameters": [{"type": "text", "text": "Ada"}]}
                        ],
                    },
                },
            ),
            (
                Template("hello_world", "en"),
                {
                    "type": "template",
                    "template": {"name": "hello_world", "language": {"code": "en"}},
                },
            ),
        ],
    )
    def test_of_plain_messages(self, message: Outgoing, wire: dict[str, Any]) -> None:
        assert message.wire() == {"messaging_product": "whatsapp", **wire}

    def test_of_buttons(self) -> None:
        assert Buttons("Sure?", (YES, NO), "Order 8812", "Adunni Stores").wire() == {
            "messaging_product": "whatsapp",
            "type": "interactive",
            "interactive": {
                "type": "button",
                "header": {"type": "text", "text": "Order 8812"},
                "body": {"text": "Sure?"},
                "footer": {"text": "Adunni Stores"},
                "action": {
                    "buttons": [
                        {"type": "reply", "reply": {"id": "yes", "title": "Yes"}},
                        {"type": "reply", "reply": {"id": "no", "title": "No"}},
                    ]
                },
            },
        }

    def test_of_a_list(self) -> None:
        message = List("Choose", "Open menu", (Section("Orders", (ROW, Row("o2", "Other"))),))
        assert message.wire()["interactive"] == {
            "type": "list",
            "body": {"text": "Choose"},
            "action": {
                "button": "Open menu",
                "sections": [
                    {
                        "title": "Orders",
                        "rows": [
                            {
                                "id": "o1",
                                "title": "Where is my order?",
                                "description": "Delivery status",
                            },
                            {"id": "o2", "title": "Other"},
                        ],
                    }
                ],
            },
        }

    def test_of_a_link(self) -> None:
        assert Link("Pay here", "Pay now", "https://pay.example/x").wire()["interactive"] == {
            "type": "cta_url",
            "body": {"text": "Pay here"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Pay now", "url": "https://pay.example/x"},
            },
        }

    def test_of_named_template_values(self) -> None:
        assert body_values(first_name="Ada") == {
            "type": "body",
            "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Ada"}],
        }

    def test_of_the_read_mark(self) -> None:
        read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
        assert mark_read("wamid.1") == read
        assert mark_read("wamid.1", typing=True) == {**read, "typing_indicator": {"type": "text"}}


class TestTheMenu:
    def test_of_three_is_buttons(self) -> None:
        assert menu("x", rows(3), "Open") == Buttons(
            "x", tuple(Button(row.id, row.title) for row in rows(3))
        )

    def test_of_four_is_a_list(self) -> None:
        assert menu("x", rows(4), "Open", "h", "f") == List(
            "x", "Open", (Section("", rows(4)),), "h", "f"
        )

    def test_with_descriptions_is_a_list_however_short(self) -> None:
        assert menu("x", [ROW], "Open") == List("x", "Open", (Section("", (ROW,)),))

    def test_never_cuts_a_title(self) -> None:
        message = menu("x", [Row("a", "t" * 21)], "Open")
        assert "A button title may have at most 20" in message.problems()[0]


class TestWhatAPersonReads:
    @pytest.mark.parametrize(
        ("message", "kind", "text"),
        [
            (Text("Hi"), Kind.TEXT, "Hi"),
            (Buttons("Sure?", (YES,), "Head", "Foot"), Kind.BUTTONS, "Sure?"),
            (one_list(ROW), Kind.LIST, "Choose"),
            (Link("Pay here", "Pay", "https://a.example"), Kind.LINK, "Pay here"),
            (Template("order", "en"), Kind.TEMPLATE, "order"),
            (Template("order", "en", preview="Hi Ada"), Kind.TEMPLATE, "Hi Ada"),
            (Reaction("wamid.1", "👍"), Kind.REACTION, "👍"),
            (Media(Kind.VIDEO, "9", caption="Look"), Kind.VIDEO, "Look"),
            (Location(6.5, 3.4, "Shop", "Lagos"), Kind.LOCATION, "📍 Shop, Lagos"),
            (Location(6.5, 3.4), Kind.LOCATION, "📍 6.5, 3.4"),
        ],
    )
    def test_of_each_kind(self, message: Outgoing, kind: Kind, text: str) -> None:
        assert (message.kind, message.text) == (kind, text)
