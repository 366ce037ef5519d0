"""Whatever arrives, nothing is lost and one bad item never hides another."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatsapp.kinds import Kind
from whatsapp.payload import Envelope, PayloadInvalid, parse
from whatsapp.tests import webhooks as wh

TYPES = [
    *("text", "image", "audio", "voice", "location", "contacts", "interactive", "button"),
    *("reaction", "order", "system", "edit", "revoke", "unsupported", "request_welcome"),
]
NAMES = [
    *("object", "entry", "changes", "field", "value", "metadata", "phone_number_id", "contacts"),
    *("messages", "statuses", "errors", "id", "from", "from_user_id", "timestamp", "type"),
    *("status", "recipient_id", "context", "forwarded", "code", "error_data", "details"),
    *("body", "title", "caption", "filename", "profile", "name", "wa_id", "user_id", "phones"),
    *("button_reply", "list_reply", "nfm_reply", "response_json", "product_items", "latitude"),
    *("message", "message_id", "original_message_id", "origin", "phone", "mime_type", *TYPES),
]

NOT_JSON_OBJECTS = {
    "nothing": b"",
    "a blank": b" ",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"text"',
    "a number": b"5",
    "half an object": b"{",
    "single quotes": b"{'a': 1}",
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "5,000 digits": b'{"a": ' + b"9" * 5000 + b"}",
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deeper than stored": b'{"a":' * 200 + b"1" + b"}" * 200,
    "Latin-1": '{"a": "é"}'.encode("latin-1"),
    "UTF-16": '{"a": "é"}'.encode("utf-16"),
    "half a letter": '{"a": "é"}'.encode()[:-3],
    "an encoded surrogate": b'{"a": "\xed\xa0\xbd"}',
}

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**12, 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=10)
    | st.sampled_from(["messages", "wamid.1", "2348031234567", "NG.1", "contact_request", *TYPES])
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8)
    ),
    max_leaves=30,
)
items = anything | st.builds(
    lambda extra, type_name, content: {**wh.message(type_name, content), **extra},
    st.dictionaries(st.sampled_from(NAMES), anything, max_size=3),
    st.sampled_from(TYPES),
    anything,
)


def values(envelope: Envelope) -> int:
    parts = (envelope.messages, envelope.statuses, envelope.notices, envelope.broken)
    return sum(map(len, parts))


def raw_body(payload: object) -> bytes:
    return json.dumps(payload).encode()


class TestABodyThatIsNoJsonObject:
    @pytest.mark.parametrize("body", NOT_JSON_OBJECTS.values(), ids=NOT_JSON_OBJECTS.keys())
    def test_is_refused_as_a_whole(self, body: bytes) -> None:
        with pytest.raises(PayloadInvalid):
            parse(body)

    def test_a_byte_order_mark_is_no_reason(self) -> None:
        body = b"\xef\xbb\xbf" + wh.body(wh.envelope(wh.text("Hi")))
        assert len(parse(body).messages) == 1

    def test_nor_is_a_number_too_large_to_be_one(self) -> None:
        body = wh.body(wh.envelope(wh.location("Here"), wh.text("Hi")))
        parsed = parse(body.replace(b"6.5244", b"1e999"))
        assert [message.kind for message in parsed.messages] == [Kind.LOCATION, Kind.TEXT]

    def test_what_is_read_can_be_stored_again(self) -> None:
        deep: Any = {}
        for _ in range(85):
            deep = {"a": deep}
        (message,) = parse(wh.body(wh.envelope(wh.message("future_thing", deep)))).messages
        json.dumps(message.raw)


class TestOneBadItem:
    @pytest.mark.parametrize(
        "bad",
        [
            None,
            5,
            "text",
            [],
            {},
            {"type": "text"},
            wh.message("text", {"body": "no id"}, wamid="x" * 513),
            {**wh.text("odd id"), "id": {"a": 1}},
            {**wh.text("blank id"), "id": "  "},
            wh.text("nobody", sender=None),
            wh.text("nobody", sender=""),
        ],
    )
    def test_does_not_hide_the_others(self, bad: object) -> None:
        good = [wh.text(str(number)) for number in range(4)]
        change = wh.change(*good, contacts=[])
        change["value"]["messages"].insert(2, bad)
        parsed = parse(wh.body(wh.enveloped(change)))
        assert [message.text for message in parsed.messages] == ["0", "1", "2", "3"]
        assert [broken.raw for broken in parsed.broken] == [bad]
        assert all(broken.reason for broken in parsed.broken)

    @pytest.mark.parametrize(
        "bad", [None, 5, [], {}, {"id": "wamid.1"}, {"status": "sent"}, {"id": [], "status": "x"}]
    )
    def test_among_statuses_neither(self, bad: object) -> None:
        change = wh.change(wh.status("sent"), wh.status("read"))
        change["value"]["statuses"].insert(1, bad)
        parsed = parse(wh.body(wh.enveloped(change)))
        assert [update.status for update in parsed.statuses] == ["sent", "read"]
        assert [broken.raw for broken in parsed.broken] == [bad]

    @pytest.mark.parametrize(
        "bad", [None, 5, [], {"field": "messages"}, {"field": "messages", "value": []}]
    )
    def test_among_changes_neither(self, bad: dict[str, Any]) -> None:
        parsed = parse(wh.body(wh.enveloped(wh.change(wh.text("1")), bad, wh.change(wh.text("2")))))
        assert [message.text for message in parsed.messages] == ["1", "2"]
        assert [broken.raw for broken in parsed.broken] == [bad]

    @pytest.mark.parametrize("bad", [None, 5, [], {}, {"changes": None}, {"changes": {}}])
    def test_among_entries_neither(self, bad: object) -> None:
        webhook = wh.envelope(wh.text("1"))
        webhook["entry"].insert(0, bad)
        parsed = parse(wh.body(webhook))
        assert [message.text for message in parsed.messages] == ["1"]
        assert [broken.raw for broken in parsed.broken] == [bad]


def test_every_entry_change_and_item_of_a_batch_is_read() -> None:
    changes = [
        wh.change(*(wh.text("Hi") for _ in range(4)), *(wh.status("sent") for _ in range(5)))
        for _ in range(2)
    ]
    webhook = wh.enveloped(*changes)
    webhook["entry"] *= 3
    parsed = parse(wh.body(webhook))
    assert (len(parsed.messages), len(parsed.statuses)) == (24, 30)


@given(anything)
@settings(max_examples=300)
def test_any_json_object_is_read_without_an_exception(payload: object) -> None:
    body = raw_body(payload)
    if isinstance(payload, dict):
        parse(body)
    else:
        with pytest.raises(PayloadInvalid):
            parse(body)


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(PayloadInvalid):
        parse(body)


@given(
    messages=st.lists(items, max_size=4),
    statuses=st.lists(anything, max_size=4),
    contacts=anything,
    metadata=anything,
)
@settings(max_examples=300)
def test_every_item_of_any_nesting_is_accounted_for(
    messages: list[object], statuses: list[object], contacts: object, metadata: object
) -> None:
    value = {
        "messages": messages,
        "statuses": statuses,
        "contacts": contacts,
        "metadata": metadata,
    }
    parsed = parse(raw_body(wh.enveloped({"field": "messages", "value": value})))
    assert values(parsed) == len(messages) + len(statuses)
    for message in parsed.messages:
        assert 0 < len(message.wamid) <= 512
        assert message.sender.phone or message.sender.user_id
        message.text.encode()


@given(st.lists(anything, max_size=3), st.lists(anything, max_size=3))
def test_every_entry_and_change_is_accounted_for(
    entries: list[object], changes: list[object]
) -> None:
    fields = [change if not isinstance(change, dict) else {"value": {}} for change in changes]
    entry = {"id": "1", "changes": fields}
    plain = [other if not isinstance(other, dict) else {} for other in entries]
    parsed = parse(raw_body({"object": "whatsapp_business_account", "entry": [*plain, entry]}))
    assert values(parsed) == len(entries) + len(changes)
