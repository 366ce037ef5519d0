"""The simulator refuses what Meta would refuse, with Meta's codes."""

import copy
from typing import Any

import pytest

from whatsapp.simulator import rules
from whatsapp.simulator.templates import APPROVED

Json = dict[str, Any]


def message(kind: str, content: object, **more: object) -> Json:
    whole = {"messaging_product": "whatsapp", "to": "+2348031234567", "type": kind, kind: content}
    return whole | more


def text(body: object) -> Json:
    return message("text", {"body": body})


def interactive(kind: str, action: object, **parts: object) -> Json:
    content = {"type": kind, "body": {"text": "Which one?"}, "action": action, **parts}
    return message("interactive", content)


def button(number: int, **changes: str) -> Json:
    return {"type": "reply", "reply": {"id": f"b{number}", "title": f"Title {number}", **changes}}


def buttons(*given: Json, **parts: object) -> Json:
    return interactive("button", {"buttons": list(given)}, **parts)


def row(number: int, **changes: str) -> Json:
    return {"id": f"r{number}", "title": f"Row {number}", **changes}


def menu(*sections: Json, label: str = "Menu", **parts: object) -> Json:
    return interactive("list", {"button": label, "sections": list(sections)}, **parts)


def section(rows: list[Json], title: str = "Things") -> Json:
    return {"title": title, "rows": rows}


def link(**changes: str) -> Json:
    parameters = {"display_text": "Pay now", "url": "https://pay.example/x", **changes}
    return interactive("cta_url", {"name": "cta_url", "parameters": parameters})


def template(name: str = "support_reply", language: str = "en", *values: object) -> Json:
    parameters = [{"type": "text", "text": value} for value in values]
    components = [{"type": "body", "parameters": parameters}]
    return message(
        "template", {"name": name, "language": {"code": language}, "components": components}
    )


def code(body: Json) -> int:
    refused = rules.refusal(body)
    return refused.code if refused else 0


ACCEPTED = {
    "a text of 4,096 characters": text("x" * 4096),
    "three buttons at their limits": buttons(
        *[button(number, title=f"{number}" * 20, id=f"{number}" * 256) for number in range(3)],
        header={"type": "text", "text": "h" * 60},
        footer={"text": "f" * 60},
    ),
    "ten rows at their limits": menu(
        section(
            [
                row(number, title=f"{number}" * 24, id=f"{number}" * 200, description="d" * 72)
                for number in range(10)
            ],
            "t" * 24,
        ),
        label="l" * 20,
    ),
    "one section without a title": menu({"rows": [row(1)]}),
    "a link": link(),
    "a picture by id": message("image", {"id": "123", "caption": "c" * 1024}),
    "a picture by link": message("image", {"link": "https://pictures.example/x.png"}),
    "a document": message("document", {"id": "123", "filename": "essay.pdf"}),
    "a voice note": message("audio", {"id": "123", "voice": True}),
    "a place with numbers as texts": message("location", {"latitude": "6.5", "longitude": "3.3"}),
    "a contact card": message(
        "contacts", [{"name": {"formatted_name": "Support", "first_name": "Support"}}]
    ),
    "a reaction": message("reaction", {"message_id": "wamid.X", "emoji": "👍"}),
    "a reaction taken away": message("reaction", {"message_id": "wamid.X", "emoji": ""}),
    "a template": template("support_reply", "en", "Ada"),
    "a template without variables": template("keep_chat_open", "en"),
    "a reply": text("Hi") | {"context": {"message_id": "wamid.X"}},
    "a number written with blanks": text("Hi") | {"to": "+234 (803) 123-4567"},
    "a business-scoped user id": {**text("Hi"), "to": None, "recipient": "NG.110022"},
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_keeps_the_limits_is_accepted(body: Json) -> None:
    assert rules.refusal(body) is None


REFUSED = {
    "a text of 4,097 characters": (100, text("x" * 4097)),
    "an empty text": (100, text("")),
    "a blank text": (100, text(" \n ")),
    "a text that is a number": (100, text(7)),
    "a text message without a text": (100, {**text("x"), "text": None}),
    "another product": (100, text("Hi") | {"messaging_product": "telegram"}),
    "no recipient": (100, text("Hi") | {"to": ""}),
    "a user id where the number belongs": (131009, text("Hi") | {"to": "NG.1100223344"}),
    "a number where the user id belongs": (
        131009,
        {**text("Hi"), "to": None, "recipient": "2348031234567"},
    ),
    "a group": (100, text("Hi") | {"recipient_type": "group"}),
    "an unknown type": (100, message("poll", {})),
    "a type that is a list": (100, text("Hi") | {"type": ["text"]}),
    "our id of 513 characters": (100, text("Hi") | {"biz_opaque_callback_data": "x" * 513}),
    "a context without an id": (131008, text("Hi") | {"context": {}}),
    "no buttons": (131009, buttons()),
    "four buttons": (131009, buttons(*map(button, range(4)))),
    "a button title of 21": (131009, buttons(button(1, title="x" * 21))),
    "a button without title": (131008, buttons(button(1, title=""))),
    "a button id of 257": (131009, buttons(button(1, id="x" * 257))),
    "a button id ending in a blank": (131009, buttons(button(1, id="menu "))),
    "two buttons with one title": (131009, buttons(button(1, title="A"), button(2, title="A"))),
    "two buttons with one id": (131009, buttons(button(1, id="a"), button(2, id="a"))),
    "a body of 1,025": (131009, buttons(button(1), body={"text": "x" * 1025})),
    "no body": (131008, buttons(button(1), body={})),
    "a header of 61": (131009, buttons(button(1), header={"type": "text", "text": "x" * 61})),
    "a footer of 61": (131009, buttons(button(1), footer={"text": "x" * 61})),
    "eleven rows": (131009, menu(section(list(map(row, range(11)))))),
    "eleven rows over two sections": (
        131009,
        menu(section(list(map(row, range(6)))), section(list(map(row, range(6, 11))))),
    ),
    "eleven sections": (131009, menu(*[section([row(number)]) for number in range(11)])),
    "two sections, one without title": (131008, menu(section([row(1)]), {"rows": [row(2)]})),
    "a section title of 25": (131009, menu(section([row(1)], "x" * 25))),
    "a row title of 25": (131009, menu(section([row(1, title="x" * 25)]))),
    "a row description of 73": (131009, menu(section([row(1, description="x" * 73)]))),
    "a row id of 201": (131009, menu(section([row(1, id="x" * 201)]))),
    "two rows with one id": (131009, menu(section([row(1), row(1)]))),
    "a list label of 21": (131009, menu(section([row(1)]), label="x" * 21)),
    "a picture over a list": (
        131009,
        menu(section([row(1)]), header={"type": "image", "image": {"id": "1"}}),
    ),
    "a link label of 21": (131009, link(display_text="x" * 21)),
    "a link that is none": (131009, link(url="javascript:alert(1)")),
    "an unknown kind of interactive": (131009, interactive("carousel", {})),
    "a picture with id and link": (100, message("image", {"id": "1", "link": "https://x.example"})),
    "a picture with neither": (100, message("image", {"caption": "Where is it?"})),
    "a caption of 1,025": (100, message("image", {"id": "1", "caption": "x" * 1025})),
    "a caption on a voice note": (100, message("audio", {"id": "1", "caption": "Listen"})),
    "a place north of the pole": (131009, message("location", {"latitude": 91, "longitude": 0})),
    "a place without longitude": (131008, message("location", {"latitude": 6.5})),
    "a contact card without a name": (131008, message("contacts", [{"phones": []}])),
    "a reaction without emoji": (100, message("reaction", {"message_id": "wamid.X"})),
    "a reaction in words": (131009, message("reaction", {"message_id": "wamid.X", "emoji": "ok"})),
    "an unknown template": (132001, template("no_such_template")),
    "a template in an unknown language": (132001, template("support_reply", "en_US", "Ada")),
    "too few parameters": (132000, template("support_reply", "en")),
    "too many parameters": (132000, template("support_reply", "en", "Ada", "Obi")),
    "a parameter with a line break": (132012, template("support_reply", "en", "Ada\nObi")),
    "a parameter with five blanks": (132012, template("support_reply", "en", "Ada     Obi")),
    "an empty parameter": (131008, template("support_reply", "en", "")),
}


@pytest.mark.parametrize(("expected", "body"), REFUSED.values(), ids=REFUSED.keys())
def test_what_oversteps_a_limit_is_refused(expected: int, body: Json) -> None:
    assert code(body) == expected


@pytest.mark.parametrize("junk", [None, 7, "text", [], ["x"], {"a": []}, {"type": {}}, True])
@pytest.mark.parametrize("kind", sorted(rules.CHECKS))
def test_junk_inside_a_message_is_refused_and_breaks_nothing(kind: str, junk: object) -> None:
    assert code(message(kind, junk)) in {100, 131008, 131009}


@pytest.mark.parametrize("junk", [None, 7, "text", [], [7], {"buttons": 7}, {"sections": [{}]}])
@pytest.mark.parametrize("kind", ["button", "list", "cta_url", "flow", "location_request_message"])
def test_junk_inside_an_action_is_refused_and_breaks_nothing(kind: str, junk: object) -> None:
    assert code(interactive(kind, junk)) in {100, 131008, 131009}


def test_a_refusal_reads_like_one_of_metas() -> None:
    refused = rules.refusal(text("x" * 4097))

    assert refused is not None
    error = copy.deepcopy(refused.body()["error"])
    assert error["message"] == "(#100) Invalid parameter"
    assert error["type"] == "OAuthException"
    assert error["error_data"]["messaging_product"] == "whatsapp"
    assert "4097" in error["error_data"]["details"]
    assert error["fbtrace_id"]


def test_the_approved_templates_keep_metas_rules_themselves() -> None:
    for approved in APPROVED:
        assert len(approved.body) <= 1024
        assert not approved.body.startswith("{{")
        assert not approved.body.endswith("}}")
        assert all(len(reply) <= 25 for reply in approved.replies)
