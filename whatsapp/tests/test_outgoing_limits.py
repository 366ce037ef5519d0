"""What we send obeys WhatsApp's limits, and says in plain words where it would not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp.kinds import Kind
from whatsapp.outgoing import (
    Button,
    Buttons,
    Link,
    List,
    Location,
    Media,
    MessageInvalid,
    Outgoing,
    Reaction,
    Row,
    Section,
    Template,
    Text,
    body_values,
    menu,
)
from whatsapp.tests.taps import NO, ROW, YES, one_list, rows
from whatsapp.text import length


class TestTheLimits:
    @pytest.mark.parametrize(
        "message",
        [
            Text("x" * 4096),
            Buttons("x" * 1024, (Button("i" * 256, "t" * 20),), "h" * 60, "f" * 60),
            Buttons("Sure?", (YES, NO, Button("m", "📍 Main Menu"))),
            one_list(*rows(10), header="h" * 60, footer="f" * 60),
            one_list(Row("i" * 200, "t" * 24, "d" * 72)),
            List(
                "x",
                "l" * 20,
                tuple(Section(f"s{n}" + "s" * 22, (Row(f"{n}", "R"),)) for n in range(10)),
            ),
            Link("x" * 1024, "l" * 20, "https://a.example/" + "p" * 1982),
            Template("n" * 512, "en", (body_values("four    spaces"),)),
            Reaction("wamid.1", ""),
            Media(Kind.IMAGE, "9", caption="c" * 1024),
            Media(Kind.STICKER, "9"),
            Location(-90, 180),
        ],
    )
    def test_can_be_reached(self, message: Outgoing) -> None:
        assert message.problems() == []

    @pytest.mark.parametrize(
        ("message", "problem"),
        [
            (Text(""), "A text must not be empty."),
            (Text(" \n"), "A text must not be empty."),
            (Text("x" * 4097), "A text may have at most 4096 characters"),
            (Text("😀" * 2049), "has 4098."),
            (Buttons("", (YES,)), "The text above a menu must not be empty."),
            (Buttons("x" * 1025, (YES,)), "at most 1024 characters"),
            (Buttons("x", (YES,), header="h" * 61), "A header may have at most 60"),
            (Buttons("x", (YES,), header="a\nb"), "A header must be one line"),
            (Buttons("x", (YES,), footer="f" * 61), "A footer may have at most 60"),
            (Buttons("x", ()), "A message may have 1 to 3 buttons, not 0."),
            (Buttons("x", (*(YES, NO), Button("a", "A"), Button("b", "B"))), "not 4."),
            (
                Buttons("x", (Button("a", "Talk to somebody nice"),)),
                "A button title may have at most 20 characters: “Talk to somebody nice” has 21.",
            ),
            (Buttons("x", (Button("a", ""),)), "A button title must not be empty."),
            (Buttons("x", (Button("a", "A\nB"),)), "A button title must be one line"),
            (Buttons("x", (Button("a", "*Pay*"),)), "cannot be bold"),
            (Buttons("x", (Button("i" * 257, "A"),)), "A button id may have at most 256"),
            (Buttons("x", (Button("", "A"),)), "A button id must not be empty."),
            (Buttons("x", (Button(" a", "A"),)), "must not begin or end with a space"),
            (Buttons("x", (YES, Button("yes", "No"))), "Two button ids are the same: “yes”."),
            (Buttons("x", (YES, Button("y2", "Yes"))), "Two button titles are the same: “Yes”."),
            (one_list(), "1 to 10 rows in all, not 0."),
            (one_list(*rows(11)), "1 to 10 rows in all, not 11."),
            (
                List("x", "Open", (Section("A", rows(6)), Section("B", (*rows(11)[6:],)))),
                "1 to 10 rows in all, not 11.",
            ),
            (List("x", "Open", ()), "1 to 10 sections, not 0."),
            (
                List("x", "Open", (Section("A", rows(1)), Section("", (ROW,)))),
                "A section title must not be empty.",
            ),
            (
                List("x", "Open", (Section("A", rows(1)), Section("A", (ROW,)))),
                "Two section titles are the same",
            ),
            (
                List("x", "Open", (Section("A", rows(1)), Section("B", ()))),
                "The section “B” has no rows.",
            ),
            (
                List("x", "Open", (Section("s" * 25, rows(1)),)),
                "A section title may have at most 24",
            ),
            (
                List("x", "o" * 21, (Section("", rows(1)),)),
                "The label of a list may have at most 20",
            ),
            (one_list(Row("a", "t" * 25)), "A row title may have at most 24"),
            (one_list(Row("a", "A", "d" * 73)), "A row description may have at most 72"),
            (one_list(Row("i" * 201, "A")), "A row id may have at most 200"),
            (one_list(ROW, ROW), "Two row ids are the same: “o1”."),
            (Link("x", "l" * 21, "https://a.example"), "The label of a link may have at most 20"),
            (Link("x", "Pay", "javascript:alert(1)"), "must be a web address"),
            (Link("x", "Pay", "http://["), "must be a web address"),
            (Link("x", "Pay", "https://"), "must be a web address"),
            (Link("x", "Pay", "https://a.example/a b"), "must be a web address"),
            (Template("Order Update", "en"), "A template name has only a-z, 0-9 and _"),
            (Template("order", ""), "needs a language code"),
            (Template("order", "en", (body_values(""),)), "must not be empty"),
            (Template("order", "en", (body_values("a\nb"),)), "must not have line breaks"),
            (Template("order", "en", (body_values("a\tb"),)), "must not have line breaks"),
            (Template("order", "en", (body_values("a     b"),)), "four spaces"),
            (Template("order", "en", (body_values(name=" "),)), "must not be empty"),
            (Reaction("", "👍"), "The message reacted to must not be empty."),
            (Reaction("wamid.1", "thumbs up " * 5), "A reaction may have at most"),
            (Media(Kind.IMAGE), "either the id of an upload or a link"),
            (Media(Kind.IMAGE, "9", "https://a.example/b"), "and not both"),
            (Media(Kind.IMAGE, link="file:///etc/passwd"), "must be a web address"),
            (Media(Kind.IMAGE, "9", caption="c" * 1025), "A caption may have at most 1024"),
            (Media(Kind.AUDIO, "9", caption="c"), "audio cannot have a caption"),
            (Media(Kind.STICKER, "9", caption="c"), "sticker cannot have a caption"),
            (Media(Kind.IMAGE, "9", filename="a.jpg"), "Only a document has a file name."),
            (Media(Kind.VIDEO, "9", voice=True), "Only audio can be a voice note."),
            (Media(Kind.TEXT, "9"), "A message of kind text carries no file."),
            (Location(91, 0), "latitude within ±90"),
            (Location(0, float("nan")), "longitude within ±180"),
        ],
        ids=lambda value: type(value).__name__ if not isinstance(value, str) else value[:40],
    )
    def test_are_named_when_exceeded(self, message: Outgoing, problem: str) -> None:
        assert problem in " ".join(message.problems())
        with pytest.raises(MessageInvalid):
            message.wire()


words = st.text(st.sampled_from("aB 😀*_\n1"), max_size=30) | st.text(max_size=80)
buttons = st.builds(Button, words, words)
choices = st.builds(Row, words, words, words)
sections = st.builds(Section, words, st.lists(choices, max_size=6).map(tuple))
messages = (
    st.builds(Text, words)
    | st.builds(Buttons, words, st.lists(buttons, max_size=5).map(tuple), words, words)
    | st.builds(List, words, words, st.lists(sections, max_size=4).map(tuple), words, words)
    | st.builds(Link, words, words, words.map("https://a.example/".__add__), words, words)
)


@given(messages)
def test_whatever_goes_on_the_wire_obeys_the_limits(message: Text | Buttons | List | Link) -> None:
    if message.problems():
        with pytest.raises(MessageInvalid):
            message.wire()
        return
    wire = message.wire()
    json.dumps(wire)
    assert_within_limits(wire)


@given(st.lists(st.builds(Row, st.uuids().map(str), words, words), max_size=12), words)
def test_a_menu_offers_every_choice_or_says_why_not(offered: list[Row], body: str) -> None:
    message = menu(body, offered, "Open")
    if message.problems():
        return
    action = message.wire()["interactive"]["action"]
    shown = action.get("buttons") or action["sections"][0]["rows"]
    assert [item.get("reply", item)["id"] for item in shown] == [row.id for row in offered]


def assert_within_limits(wire: dict[str, Any]) -> None:
    """Meta's rules, written down a second time."""
    if wire["type"] == "text":
        assert 1 <= length(wire["text"]["body"].strip()) <= 4096
        return
    interactive = wire["interactive"]
    assert 1 <= length(interactive["body"]["text"]) <= 1024
    assert length(interactive.get("header", {}).get("text", "")) <= 60
    assert length(interactive.get("footer", {}).get("text", "")) <= 60
    checks = {"button": _assert_buttons, "list": _assert_list, "cta_url": _assert_link}
    checks[interactive["type"]](interactive["action"])


def _assert_buttons(action: dict[str, Any]) -> None:
    replies = [button["reply"] for button in action["buttons"]]
    assert 1 <= len(replies) <= 3
    assert all(1 <= length(reply["title"].strip()) <= 20 for reply in replies)
    assert all(1 <= length(reply["id"]) <= 256 for reply in replies)
    assert len({reply["id"] for reply in replies}) == len(replies)
    assert len({reply["title"] for reply in replies}) == len(replies)


def _assert_list(action: dict[str, Any]) -> None:
    shown = [row for section in action["sections"] for row in section["rows"]]
    assert 1 <= length(action["button"].strip()) <= 20
    assert 1 <= len(shown) <= 10
    assert all(1 <= length(row["title"].strip()) <= 24 for row in shown)
    assert all(length(row.get("description", "")) <= 72 for row in shown)
    assert len({row["id"] for row in shown}) == len(shown)
    if len(action["sections"]) > 1:
        assert all(1 <= length(section["title"]) <= 24 for section in action["sections"])


def _assert_link(action: dict[str, Any]) -> None:
    assert 1 <= length(action["parameters"]["display_text"].strip()) <= 20
    assert not any(character.isspace() for character in action["parameters"]["url"])
