"""Templates with more than a body: headlines with a value, files above, links with an end."""

from typing import Any

import pytest

from whatsapp.kinds import Kind
from whatsapp.outgoing import ApprovedTemplate, Media, MessageInvalid, body_values
from whatsapp.simulator import rules, templates
from whatsapp.simulator.answers import Json

BODY = {"type": "BODY", "text": "Hello {{1}}"}
HEADLINE = {"type": "HEADER", "format": "TEXT", "text": "Results of {{1}}"}
PICTURE = {"type": "HEADER", "format": "IMAGE"}
LINKS = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "QUICK_REPLY", "text": "Thanks"},
        {"type": "URL", "text": "See them", "url": "https://x.example/{{1}}"},
        {"type": "URL", "text": "School", "url": "https://x.example/"},
    ],
}
PHOTO = Media(Kind.IMAGE, media_id="77")


def approved(*components: dict[str, Any]) -> ApprovedTemplate:
    return ApprovedTemplate("results", "en", components)


def test_each_blank_has_a_name_and_words_for_people():
    blanks = approved(HEADLINE, BODY, LINKS).blanks
    assert [(blank.key, blank.label) for blank in blanks] == [
        ("header-1", "{{1}} in the headline"),
        ("1", "{{1}}"),
        ("button-1", "End of the link “See them”: https://x.example/{{1}}"),
    ]


def test_all_blanks_are_filled_in():
    values = {"header-1": "SS2", "1": "Ada", "button-1": "ada-7"}
    message = approved(HEADLINE, BODY, LINKS).filled(values, taps=["menu"])
    assert message.text == "Results of SS2\nHello Ada"
    assert message.components == (
        {"type": "header", "parameters": [{"type": "text", "text": "SS2"}]},
        body_values("Ada"),
        {
            "type": "button",
            "sub_type": "url",
            "index": "1",
            "parameters": [{"type": "text", "text": "ada-7"}],
        },
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": "menu"}],
        },
    )


def test_a_headline_may_name_its_value():
    named = {"type": "HEADER", "format": "TEXT", "text": "Results of {{class}}"}
    message = approved(named, {"type": "BODY", "text": "Out."}).filled({"header-class": "SS2"})
    parameter = {"type": "text", "parameter_name": "class", "text": "SS2"}
    assert message.components == ({"type": "header", "parameters": [parameter]},)


def test_a_file_stands_in_the_header():
    message = approved(PICTURE, BODY).filled({"1": "Ada"}, PHOTO)
    shown = {"type": "image", "image": {"id": "77"}}
    assert message.components == ({"type": "header", "parameters": [shown]}, body_values("Ada"))


@pytest.mark.parametrize(
    ("template", "file"),
    [
        (approved(PICTURE, BODY), None),
        (approved(PICTURE, BODY), Media(Kind.VIDEO, media_id="77")),
        (approved(BODY), PHOTO),
    ],
)
def test_a_file_that_does_not_fit_is_refused(template: ApprovedTemplate, file: Media | None):
    with pytest.raises(MessageInvalid, match="file"):
        template.filled({"1": "Ada"}, file)


@pytest.mark.parametrize(
    "wrong",
    [
        {"header-1": "x" * 60},
        {"header-1": ""},
        {"header-1": "a\nb"},
        {"button-1": "two words"},
        {"button-1": "x" * 2000},
    ],
)
def test_values_that_meta_would_refuse_are_refused_before(wrong: dict[str, str]):
    values = {"header-1": "SS2", "1": "Ada", "button-1": "ada-7"}
    assert approved(HEADLINE, BODY, LINKS).problems(values) == []
    assert approved(HEADLINE, BODY, LINKS).problems(values | wrong)


# --- The simulated Meta checks by rules of its own ------------------------------------------------
def known(name: str) -> ApprovedTemplate:
    found = next(one for one in templates.APPROVED if one.name == name)
    return ApprovedTemplate(name, found.language, found.wire(1)["components"])


def code(message: Any) -> int | None:
    refusal = rules.refusal(message.wire() | {"to": "+2348031234567"})
    return refusal.code if refusal else None


def results() -> Any:
    values = {"header-1": "SS2", "1": "Ada", "button-1": "ada-7"}
    return known("exam_results").filled(values, taps=["menu"])


def test_what_we_fill_in_is_what_it_takes():
    assert code(results()) is None
    sheet = Media(Kind.DOCUMENT, media_id="77", filename="timetable.pdf")
    assert code(known("timetable").filled({"1": "Ada"}, sheet)) is None


def without(kind: str) -> Json:
    body = results().wire()
    parts = body["template"]["components"]
    body["template"]["components"] = [
        one for one in parts if kind not in (one["type"], one.get("sub_type"))
    ]
    return dict(body)


@pytest.mark.parametrize("missing", ["header", "body", "url"])
def test_it_misses_what_is_not_filled_in(missing: str):
    refusal = rules.refusal(without(missing) | {"to": "+2348031234567"})
    assert refusal is not None
    assert refusal.code == 132000


def test_it_wants_the_kind_of_file_that_was_approved():
    body = known("timetable").filled({"1": "A"}, Media(Kind.DOCUMENT, media_id="7")).wire()
    shown = {"type": "image", "image": {"id": "7"}}
    body["template"]["components"][0]["parameters"] = [shown]
    refusal = rules.refusal(body | {"to": "+2348031234567"})
    assert refusal is not None
    assert refusal.code == 132012
