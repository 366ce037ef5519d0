"""Files, taps, quotes, times and changes of identity are read off messages of any kind."""

from datetime import UTC, datetime
from typing import Any

import pytest

from whatsapp.kinds import Kind
from whatsapp.payload import IdentityChange, InboundMessage, MediaReference, parse
from whatsapp.tests import webhooks as wh


def read(item: dict[str, Any], **envelope: Any) -> InboundMessage:
    """Return the one message that a webhook with `item` is read into."""
    parsed = parse(wh.body(wh.envelope(item, **envelope)))
    assert not parsed.broken
    (message,) = parsed.messages
    return message


class TestChoices:
    @pytest.mark.parametrize(
        ("item", "choice_id"),
        [
            (wh.tap("track_order", "Track order"), "track_order"),
            (wh.pick("row-3", "Lagos"), "row-3"),
            (wh.template_tap("Confirm", "CONFIRM-8812"), "CONFIRM-8812"),
            (wh.template_tap("Confirm"), "Confirm"),
            (wh.message("button", {"text": "Confirm"}), "Confirm"),
        ],
    )
    def test_bring_the_id_of_what_was_tapped(self, item: dict[str, Any], choice_id: str) -> None:
        assert read(item).choice_id == choice_id

    def test_know_the_message_they_stood_under(self) -> None:
        assert read(wh.tap("a", "A", **wh.reply_to("wamid.OUT1"))).quoted_wamid == "wamid.OUT1"

    def test_with_an_absurd_id_still_say_their_title(self) -> None:
        message = read(wh.tap("x" * 300, "Track order"))
        assert (message.choice_id, message.text) == ("", "Track order")


class TestFiles:
    def test_a_picture(self) -> None:
        assert read(wh.image()).media == MediaReference(
            media_id="990011223344",
            mime_type="image/jpeg",
            sha256="q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
        )

    def test_a_voice_note_loses_its_codecs(self) -> None:
        media = read(wh.voice_note()).media
        assert media is not None
        assert (media.mime_type, media.voice) == ("audio/ogg", True)

    def test_the_old_type_voice_is_a_voice_note(self) -> None:
        message = read(wh.media("voice", "audio/ogg"))
        assert message.kind is Kind.AUDIO
        assert message.media is not None
        assert message.media.voice

    def test_music_is_no_voice_note(self) -> None:
        media = read(wh.audio()).media
        assert media is not None
        assert not media.voice

    @pytest.mark.parametrize("animated", [True, False])
    def test_a_sticker_may_move(self, animated: bool) -> None:
        media = read(wh.sticker(animated)).media
        assert media is not None
        assert media.animated is animated

    @pytest.mark.parametrize(
        ("filename", "kept"),
        [
            ("essay.pdf", "essay.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\essay.pdf", "essay.pdf"),
            ("a\nb\u202ecod.exe", "a bcod.exe"),
            (None, ""),
        ],
    )
    def test_a_file_name_has_no_folders(self, filename: str | None, kept: str) -> None:
        media = read(wh.document(filename)).media
        assert media is not None
        assert media.filename == kept

    def test_an_edited_caption_brings_its_file(self) -> None:
        message = read(wh.edit("wamid.X", wh.image("new caption")))
        assert message.text == "new caption"
        assert message.media is not None


class TestContext:
    def test_a_reply_knows_what_it_quotes(self) -> None:
        assert read(wh.text("yes", **wh.reply_to("wamid.OUT1"))).quoted_wamid == "wamid.OUT1"

    @pytest.mark.parametrize("word", ["forwarded", "frequently_forwarded"])
    def test_a_forwarded_message_quotes_nothing(self, word: str) -> None:
        message = read(wh.text("chain letter", context={word: True}))
        assert message.forwarded
        assert message.quoted_wamid == ""

    @pytest.mark.parametrize(
        "item", [wh.reaction("wamid.T"), wh.edit("wamid.T", wh.text("x")), wh.revoke("wamid.T")]
    )
    def test_some_messages_are_about_another(self, item: dict[str, Any]) -> None:
        assert read(item).target_wamid == "wamid.T"

    def test_an_advertisement_stays_in_the_raw_message(self) -> None:
        referral = {"source_type": "ad", "ctwa_clid": "ARx"}
        assert read(wh.text("Hi", referral=referral)).raw["referral"] == referral


class TestTheWindow:
    @pytest.mark.parametrize(
        "item",
        [
            wh.text("Hi"),
            wh.image(),
            wh.tap("a", "A"),
            wh.template_tap("Yes"),
            wh.reaction("wamid.X"),
            wh.order(),
            wh.form("{}"),
            wh.unsupported(),
        ],
    )
    def test_is_opened_by_what_the_student_writes(self, item: dict[str, Any]) -> None:
        assert read(item).opens_window

    @pytest.mark.parametrize(
        "item",
        [
            wh.number_changed(),
            wh.user_id_changed(),
            wh.request_welcome(),
            wh.edit("wamid.X", wh.text("fixed")),
            wh.revoke("wamid.X"),
            wh.text("Hi all", group_id="1203630"),
        ],
    )
    def test_is_not_opened_by_anything_else(self, item: dict[str, Any]) -> None:
        assert not read(item).opens_window


class TestTimes:
    @pytest.mark.parametrize(
        "timestamp", ["1795000000", 1795000000, "1795000000000", 1795000000000, 1795000000.5]
    )
    def test_are_seconds_or_milliseconds_as_text_or_number(self, timestamp: object) -> None:
        message = read({**wh.text("Hi"), "timestamp": timestamp})
        assert message.sent_at == datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)

    @pytest.mark.parametrize(
        "timestamp",
        ["abc", "", None, True, [], {}, "-5", 0, "٣", "9" * 4000, 10**400, 4102444800],
        ids=lambda value: str(value)[:12],
    )
    def test_that_are_absurd_are_none(self, timestamp: object) -> None:
        assert read({**wh.text("Hi"), "timestamp": timestamp}).sent_at is None


class TestGroups:
    def test_a_group_message_names_its_group(self) -> None:
        assert read(wh.text("Hi all", group_id="1203630")).group_id == "1203630"


class TestChangesOfIdentity:
    def test_a_new_number(self) -> None:
        message = read(wh.number_changed(old="2348031234567", new="2348059999999"), contacts=[])
        assert message.sender.phone == "2348031234567"
        assert message.identity_change == IdentityChange(
            old_phone="2348031234567",
            new_phone="2348059999999",
            old_user_id="NG.111",
            new_user_id="NG.222",
        )

    def test_a_new_number_in_the_older_spelling(self) -> None:
        item = wh.system("customer_changed_number", details={"new_wa_id": "2348059999999"})
        assert read(item, contacts=[]).identity_change == IdentityChange(
            old_phone=wh.ADA, new_phone="2348059999999"
        )

    def test_a_new_user_id_of_somebody_without_a_phone(self) -> None:
        message = read(wh.user_id_changed(old="NG.111", new="NG.222"), contacts=[])
        assert (message.sender.phone, message.sender.user_id) == ("", "NG.111")
        assert message.identity_change == IdentityChange(old_user_id="NG.111", new_user_id="NG.222")

    def test_another_phone_of_the_same_person_is_no_change(self) -> None:
        message = read(wh.system("customer_identity_changed", identity={"hash": "x"}), contacts=[])
        assert message.kind is Kind.SYSTEM
        assert message.identity_change is None


class TestASharedNumber:
    @pytest.mark.parametrize(
        ("phone", "digits"),
        [
            ("+234 803 000 0000", "2348030000000"),
            ("+234 (803) 000-0000", "2348030000000"),
            ("2348030000000", "2348030000000"),
            ("0803 000 0000", ""),  # national: whose country?
            ("call me", ""),
        ],
    )
    def test_is_taken_from_the_card_we_asked_for(self, phone: str, digits: str) -> None:
        item = wh.contact_card(name=None, phone=phone, origin="contact_request")
        assert read(item).contact_phone == digits

    def test_is_also_found_with_the_origin_on_the_message(self) -> None:
        cards = [{"phones": [{"phone": "0555 010 9999", "wa_id": "15550109999"}]}]
        item = wh.message("contacts", cards, origin="contact_request")
        assert read(item).contact_phone == "15550109999"

    def test_of_any_other_card_may_be_anybodys(self) -> None:
        assert read(wh.contact_card(origin="other")).contact_phone == ""
