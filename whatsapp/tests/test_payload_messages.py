"""Each kind of message that WhatsApp knows is read into what a person would read."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from whatsapp.kinds import Kind
from whatsapp.payload import ApiError, InboundMessage, parse
from whatsapp.tests import webhooks as wh


def read(item: dict[str, Any], **envelope: Any) -> InboundMessage:
    """Return the one message that a webhook with `item` is read into."""
    parsed = parse(wh.body(wh.envelope(item, **envelope)))
    assert not parsed.broken
    (message,) = parsed.messages
    return message


def test_a_text_with_everything_around_it() -> None:
    item = wh.text("Good morning 🌞", wamid="wamid.AAA1", user_id=wh.ADA_ID)
    message = read(item, contacts=[wh.contact("Ada O.", username="@ada.o")])
    assert message.wamid == "wamid.AAA1"
    assert message.kind is Kind.TEXT
    assert message.text == "Good morning 🌞"
    assert message.sent_at == datetime.fromtimestamp(wh.SENT_AT, UTC)
    assert message.sender.phone == wh.ADA
    assert message.sender.user_id == wh.ADA_ID
    assert message.sender.name == "Ada O."
    assert message.sender.username == "ada.o"
    assert message.phone_number_id == wh.PHONE_NUMBER_ID
    assert message.type_name == "text"
    assert message.raw == item


def test_texts_are_cleaned() -> None:
    assert read(wh.text("a\x00b\r\nc\ud83d")).text == "ab\nc\ufffd"


class TestWhatAPersonReads:
    @pytest.mark.parametrize(
        ("item", "kind", "text"),
        [
            (wh.text("Hello"), Kind.TEXT, "Hello"),
            (wh.image("receipt"), Kind.IMAGE, "receipt"),
            (wh.image(), Kind.IMAGE, ""),
            (wh.video("look"), Kind.VIDEO, "look"),
            (wh.audio(), Kind.AUDIO, ""),
            (wh.document(caption="my essay"), Kind.DOCUMENT, "my essay"),
            (wh.sticker(), Kind.STICKER, ""),
            (
                wh.location("Balogun Market", "Lagos Island"),
                Kind.LOCATION,
                "📍 Balogun Market, Lagos Island",
            ),
            (wh.location(), Kind.LOCATION, "📍 6.52440, 3.37920"),
            (wh.contact_card(), Kind.CONTACTS, "👤 Chidi Eze, +234 803 000 0000"),
            (wh.contact_card(name=None), Kind.CONTACTS, "👤 +234 803 000 0000"),
            (
                wh.message(
                    "contacts",
                    [{"name": {"first_name": "Obi"}}, {"phones": [{"wa_id": "15550109999"}]}],
                ),
                Kind.CONTACTS,
                "👤 Obi\n👤 15550109999",
            ),
            (wh.message("contacts", [{}]), Kind.CONTACTS, "👤 A contact card without a name"),
            (wh.tap("track_order", "Track order"), Kind.CHOICE, "Track order"),
            (wh.pick("row-3", "Lagos", "Same day"), Kind.CHOICE, "Lagos"),
            (wh.template_tap("Confirm", "CONFIRM-8812"), Kind.CHOICE, "Confirm"),
            (wh.form('{"flow_token":"t-91","rating":"4"}'), Kind.FORM, "rating: 4"),
            (
                wh.form('{"days":["Mon","Tue"],"agreed":true}'),
                Kind.FORM,
                "days: Mon, Tue\nagreed: yes",
            ),
            (wh.form('{"flow_token":"t-91"}'), Kind.FORM, "Sent"),
            (wh.form('"not an object"'), Kind.FORM, "Sent"),
            (wh.form("not json"), Kind.FORM, "Sent"),
            (wh.form("[" * 100_000), Kind.FORM, "Sent"),
            (wh.reaction("wamid.OUT3", "👍"), Kind.REACTION, "👍"),
            (wh.reaction("wamid.OUT3", None), Kind.REACTION, ""),
            (wh.reaction("wamid.OUT3", ""), Kind.REACTION, ""),
            (wh.order(), Kind.ORDER, "🛒 2 × SKU-1 (1500 NGN)\nplease wrap"),
            (wh.number_changed(), Kind.SYSTEM, "Ada changed"),
            (wh.edit("wamid.X", wh.text("fixed")), Kind.EDIT, "fixed"),
            (wh.revoke("wamid.X"), Kind.REVOKE, ""),
            (wh.request_welcome(), Kind.WELCOME, ""),
        ],
    )
    def test_of_each_kind(self, item: dict[str, Any], kind: Kind, text: str) -> None:
        message = read(item)
        assert (message.kind, message.text) == (kind, text)
        assert message.type_name == item["type"]


class TestWhatCannotBeShown:
    @pytest.mark.parametrize(
        ("item", "text"),
        [
            (wh.unsupported("poll"), "A message of type “poll”, which cannot be shown here."),
            (wh.unsupported(None), "A message that WhatsApp cannot show here."),
            (wh.message("unknown"), "A message that WhatsApp cannot show here."),
            (
                wh.message("ephemeral"),
                "A message of type “ephemeral”, which cannot be shown here.",
            ),
            (
                wh.message("future_thing", {"a": 1}),
                "A message of type “future thing”, which cannot be shown here.",
            ),
            (
                wh.call_permission(),
                "A message of type “call permission reply”, which cannot be shown here.",
            ),
            (
                wh.message("interactive"),
                "A message of type “interactive”, which cannot be shown here.",
            ),
            (wh.message("unsupported", text={"body": "still here"}), "still here"),
            (wh.message("image", {"caption": "no id"}), "no id"),
            (wh.message("text"), "A message of type “text”, which cannot be shown here."),
            (
                wh.message("text", {"body": ["x"]}),
                "A message of type “text”, which cannot be shown here.",
            ),
            (
                wh.message("location", {}),
                "A message of type “location”, which cannot be shown here.",
            ),
            (
                wh.message("reaction", {}),
                "A message of type “reaction”, which cannot be shown here.",
            ),
        ],
    )
    def test_is_kept_and_described(self, item: dict[str, Any], text: str) -> None:
        message = read(item)
        assert (message.kind, message.text) == (Kind.UNSUPPORTED, text)
        assert message.type_name == item["type"]
        assert message.raw == item

    @pytest.mark.parametrize("type_name", [None, 5, {}, []])
    def test_has_no_type_name_if_meta_gave_none(self, type_name: object) -> None:
        message = read({**wh.text("Hello"), "type": type_name})
        assert message.kind is Kind.UNSUPPORTED
        assert message.text == "Hello"

    def test_brings_metas_reason(self) -> None:
        item = wh.message(
            "unsupported", errors=[wh.error(131052, "Media download error", "Over 100 MB.")]
        )
        assert read(item).errors == (ApiError(131052, "Media download error", "Over 100 MB."),)


def test_escapes_on_the_wire_make_no_difference() -> None:
    plain = json.dumps(wh.envelope(wh.text("café 😀 </b>", wamid="wamid.E")), ensure_ascii=False)
    escaped = wh.body(json.loads(plain))
    assert rb"\ud83d\ude00" in escaped
    assert rb"<\/b>" in escaped
    assert parse(plain.encode()) == parse(escaped)
