"""News of our own messages, and everything else Meta tells, finds its place."""

from datetime import UTC, datetime
from typing import Any

import pytest

from whatsapp.payload import ApiError, Notice, Sender, StatusUpdate, parse
from whatsapp.tests import webhooks as wh


def read(item: dict[str, Any], *contacts: dict[str, Any]) -> StatusUpdate:
    (update,) = parse(wh.body(wh.envelope(item, contacts=contacts))).statuses
    return update


def test_a_status_with_all_its_fields() -> None:
    item = wh.status("delivered", "wamid.OUT1", callback_id="5f0c-9b1e", user_id=wh.ADA_ID)
    item["pricing"] = {"billable": True, "pricing_model": "PMP", "category": "service"}
    assert read(item) == StatusUpdate(
        wamid="wamid.OUT1",
        status="delivered",
        occurred_at=datetime.fromtimestamp(wh.SENT_AT, UTC),
        callback_id="5f0c-9b1e",
        phone_number_id=wh.PHONE_NUMBER_ID,
        recipient=Sender(phone=wh.ADA, user_id=wh.ADA_ID),
    )


@pytest.mark.parametrize("word", ["sent", "delivered", "read", "played", "deleted", "warped"])
def test_any_word_is_passed_on(word: str) -> None:
    assert read(wh.status(word)).status == word


def test_a_failure_brings_its_errors() -> None:
    assert read(wh.failed(131047)).errors == (ApiError(131047, "Failed", "In detail."),)


@pytest.mark.parametrize(
    ("error", "read_as"),
    [
        ({"code": "131026", "message": "No"}, ApiError(131026, "No")),
        ({"code": 0, "title": "AuthException"}, ApiError(0, "AuthException")),
        ({"code": 1, "error_data": "as text"}, ApiError(1, "", "as text")),
        ({"code": 1, "error_data": {"details": {}}}, ApiError(1)),
    ],
)
def test_errors_have_several_shapes(error: dict[str, Any], read_as: ApiError) -> None:
    assert read(wh.status("failed", errors=[error])).errors == (read_as,)


@pytest.mark.parametrize(
    "errors", [None, {}, "x", [5], [{}], [{"code": "x"}], [{"code": True}], [{"code": 10**11}]]
)
def test_errors_without_a_code_are_none(errors: object) -> None:
    assert read({**wh.status("failed"), "errors": errors}).errors == ()


class TestTheRecipient:
    def test_may_have_no_phone(self) -> None:
        item = wh.status("sent", recipient=None, user_id=wh.ADA_ID)
        assert read(item).recipient == Sender(user_id=wh.ADA_ID)

    def test_may_be_a_user_id_in_the_place_of_a_phone(self) -> None:
        assert read(wh.status("sent", recipient=wh.ADA_ID)).recipient == Sender(user_id=wh.ADA_ID)

    def test_is_completed_by_the_contacts(self) -> None:
        recipient = read(wh.status("read"), wh.contact("Ada", username="ada.o")).recipient
        assert recipient == Sender(wh.ADA, wh.ADA_ID, name="Ada", username="ada.o")

    @pytest.mark.parametrize("name", ["recipient_parent_user_id", "parent_recipient_user_id"])
    def test_has_a_parent_id_under_two_names(self, name: str) -> None:
        assert read(wh.status("read", **{name: "NG.ENT.9"})).recipient.parent_user_id == "NG.ENT.9"

    def test_of_a_group_message_is_the_participant(self) -> None:
        item = wh.status(
            "read",
            recipient="120363000000000000",
            recipient_type="group",
            recipient_participant_id=wh.ADA,
            recipient_participant_user_id=wh.ADA_ID,
        )
        assert read(item).recipient == Sender(wh.ADA, wh.ADA_ID)


class TestWhatIsNoStatusOfAMessage:
    @pytest.mark.parametrize(
        "item",
        [
            {"type": "call", "id": "wacid.1", "status": "RINGING"},
            {"type": "call", "id": "wacid.1", "status": "accepted"},
            {"id": "wacid.1", "status": "REJECTED"},
        ],
    )
    def test_calls_are_notices(self, item: dict[str, Any]) -> None:
        parsed = parse(wh.body(wh.envelope(item)))
        assert parsed.statuses == ()
        assert parsed.notices == (Notice("calls", wh.WABA_ID, item),)

    @pytest.mark.parametrize(
        "change",
        [
            wh.account_change("account_update", event="ACCOUNT_DELETED"),
            wh.account_change("calls", statuses=[{"id": "wacid.1", "status": "RINGING"}]),
            wh.account_change("smb_message_echoes", message_echoes=[wh.text("from the phone app")]),
            wh.account_change("history", messages=[wh.text("old")]),
            wh.account_change("user_preferences", user_preferences=[{"value": "stop"}]),
            wh.account_change("message_template_status_update", event="PAUSED"),
            wh.account_change("not_yet_invented", messages=[wh.text("x")]),
        ],
    )
    def test_other_fields_are_notices(self, change: dict[str, Any]) -> None:
        parsed = parse(wh.body(wh.enveloped(change)))
        assert parsed.notices == (Notice(change["field"], wh.WABA_ID, change["value"]),)
        assert parsed.messages == ()
        assert parsed.statuses == ()
        assert parsed.broken == ()

    def test_errors_of_the_whole_app_are_a_notice(self) -> None:
        trouble = [wh.error(131000, "Unsupported webhook payload")]
        parsed = parse(wh.body(wh.envelope(wh.text("Hi"), errors=trouble)))
        assert len(parsed.messages) == 1
        (notice,) = parsed.notices
        assert notice.field == "messages"
        assert notice.value["errors"] == trouble

    def test_other_products_of_meta_are_a_notice(self) -> None:
        parsed = parse(wh.body({"object": "page", "entry": [{"messaging": []}]}))
        assert [notice.field for notice in parsed.notices] == [""]
        assert parsed.broken == ()


def test_messages_and_statuses_come_together() -> None:
    parsed = parse(wh.body(wh.envelope(wh.text("Hi"), wh.status("sent"), wh.status("read"))))
    assert len(parsed.messages) == 1
    assert [update.status for update in parsed.statuses] == ["sent", "read"]
