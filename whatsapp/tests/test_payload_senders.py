"""Whoever writes is recognised by every id that Meta gives, wherever it stands."""

from typing import Any

import pytest

from whatsapp.payload import Broken, Sender, parse
from whatsapp.tests import webhooks as wh


def sender(item: dict[str, Any], *contacts: dict[str, Any]) -> Sender:
    (message,) = parse(wh.body(wh.envelope(item, contacts=contacts))).messages
    return message.sender


def test_phone_and_user_id_together() -> None:
    found = sender(wh.text("Hi", user_id=wh.ADA_ID), wh.contact("Ada"))
    assert found == Sender(phone=wh.ADA, user_id=wh.ADA_ID, name="Ada")


def test_a_hidden_phone_leaves_only_the_user_id() -> None:
    found = sender(wh.text("Hi", sender=None, user_id=wh.ADA_ID), wh.contact("Ada", phone=None))
    assert found == Sender(user_id=wh.ADA_ID, name="Ada")


@pytest.mark.parametrize("hidden", ["", " ", "null", 5.5])
def test_a_from_that_is_no_phone_does_not_hide_the_user_id(hidden: object) -> None:
    item = {**wh.text("Hi", user_id=wh.ADA_ID), "from": hidden}
    assert sender(item, wh.contact("Ada", phone=None)) == Sender(user_id=wh.ADA_ID, name="Ada")


def test_a_user_id_inside_from_and_wa_id() -> None:
    found = sender(wh.text("Hi", sender=wh.ADA_ID), wh.contact("Ada", wh.ADA_ID, user_id=None))
    assert found == Sender(user_id=wh.ADA_ID, name="Ada")


def test_the_contact_completes_what_the_message_leaves_out() -> None:
    by_phone = sender(wh.text("Hi"), wh.contact("Ada", parent_user_id="NG.ENT.9"))
    by_user_id = sender(wh.text("Hi", sender=None, user_id=wh.ADA_ID), wh.contact("Ada"))
    assert by_phone == Sender(wh.ADA, wh.ADA_ID, "NG.ENT.9", name="Ada")
    assert by_user_id == Sender(wh.ADA, wh.ADA_ID, name="Ada")


def test_the_user_id_decides_before_the_phone() -> None:
    by_user_id = wh.contact("Right", phone=None, user_id="NG.1")
    by_phone = wh.contact("Wrong", phone=wh.ADA, user_id="NG.2")
    found = sender(wh.text("Hi", user_id="NG.1"), by_phone, by_user_id)
    assert (found.name, found.user_id) == ("Right", "NG.1")


def test_contacts_are_not_matched_by_position() -> None:
    items = [wh.text("1", sender="2348000000001"), wh.text("2", sender="2348000000002")]
    contacts = [wh.contact("Two", "2348000000002", None), wh.contact("One", "2348000000001", None)]
    messages = parse(wh.body(wh.envelope(*items, contacts=contacts))).messages
    assert [message.sender.name for message in messages] == ["One", "Two"]


def test_a_stranger_among_the_contacts_names_nobody() -> None:
    assert sender(wh.text("Hi"), wh.contact("Other", "2348000000009", "NG.9")).name == ""


def test_without_contacts_the_message_speaks_for_itself() -> None:
    item = wh.text("Hi", user_id=wh.ADA_ID, from_parent_user_id="NG.ENT.9")
    assert sender(item) == Sender(wh.ADA, wh.ADA_ID, "NG.ENT.9")


def test_a_message_without_any_id_is_from_the_only_contact() -> None:
    assert sender(wh.text("Hi", sender=None), wh.contact("Ada")).user_id == wh.ADA_ID


def test_a_message_without_any_id_and_two_contacts_is_broken() -> None:
    item = wh.text("Hi", sender=None)
    contacts = [wh.contact("Ada"), wh.contact("Obi", "2348000000002", "NG.2")]
    parsed = parse(wh.body(wh.envelope(item, contacts=contacts)))
    assert parsed.messages == ()
    assert parsed.broken == (Broken("A message has no sender.", item),)


@pytest.mark.parametrize("phone", ["+2348031234567", 2348031234567])
def test_phones_are_kept_as_digits(phone: object) -> None:
    assert sender({**wh.text("Hi"), "from": phone}).phone == "2348031234567"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("", ""),
        ("  Ada\n Obi\t", "Ada Obi"),
        ("\u202eevil\u202c", "evil"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        pytest.param("🎓" * 300, "🎓" * 127 + "…", id="300 hats"),
        (None, ""),
        (["Ada"], ""),
    ],
)
def test_names_are_one_line_of_bounded_length(name: object, kept: str) -> None:
    contact = {"profile": {"name": name}, "wa_id": wh.ADA}
    assert sender(wh.text("Hi"), contact).name == kept


@pytest.mark.parametrize("contact", [{}, {"profile": None}, {"profile": "Ada"}, {"wa_id": {}}])
def test_an_odd_contact_does_no_harm(contact: dict[str, Any]) -> None:
    assert sender(wh.text("Hi"), contact).phone == wh.ADA


def test_a_user_id_of_unknown_shape_is_taken_as_it_is() -> None:
    assert sender(wh.text("Hi", sender=None, user_id="weird/ID_7")).user_id == "weird/ID_7"
