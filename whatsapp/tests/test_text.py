"""Text is cleaned at the edge, counted as Meta might, and cut where a reader would cut it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp.text import clean_text, length, shorten, split_text, whole_number

FAMILY = "👨‍👩‍👧"
FLAG = "🇳🇬"
THUMB = "👍🏾"
ACCENT = "e\u0323\u0301"  # three code points that NFC keeps as at least two

any_text = st.text(st.characters())  # surrogates included
graphemes = st.sampled_from(
    ["a", "Z", "é", FAMILY, FLAG, THUMB, ACCENT, "❤️", "한", "।", " ", "\n", ". "]
)
written = st.lists(graphemes, max_size=60).map("".join)


class TestCleaning:
    @pytest.mark.parametrize(
        ("received", "kept"),
        [
            ("Good morning 🌞", "Good morning 🌞"),
            (f"a😀b{FAMILY}{FLAG}", f"a😀b{FAMILY}{FLAG}"),
            ("half \ud83d emoji", "half \ufffd emoji"),
            ("\ud83d\ude00", "😀"),
            ("a\x00b\x07c\x1bd\x7fe\x9bf", "abcdef"),
            ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
            ("one\r\x00\ntwo", "one\ntwo"),
            ("photo\u202egpj.exe", "photogpj.exe"),
            ("\u2066Ada\u2069 \u202aObi\u202c", "Ada Obi"),
            ("Chi\u0323nẹ́", unicodedata.normalize("NFC", "Chi\u0323nẹ́")),
            ("", ""),
        ],
    )
    def test_what_is_kept(self, received: str, kept: str) -> None:
        assert clean_text(received) == kept

    @pytest.mark.parametrize("code", range(0x80))
    def test_of_ascii_only_controls_are_touched(self, code: int) -> None:
        character = chr(code)
        kept = {"\n": "\n", "\t": "\t", "\r": "\n"}
        expected = character if 0x20 <= code < 0x7F else kept.get(character, "")
        assert clean_text(f"a{character}b") == f"a{expected}b"

    @given(any_text)
    def test_cleaning_twice_changes_nothing_more(self, text: str) -> None:
        assert clean_text(clean_text(text)) == clean_text(text)

    @given(any_text)
    def test_clean_text_can_be_stored_and_saved_by_a_form(self, text: str) -> None:
        cleaned = clean_text(text)
        cleaned.encode()
        assert not set(cleaned) & set("\x00\r\x1b\u202e\u2066")


class TestLength:
    @pytest.mark.parametrize(
        ("text", "units"), [("", 0), ("Pay", 3), ("₦5", 2), ("😀", 2), (FAMILY, 8), ("\ud83d", 1)]
    )
    def test_counts_utf_16_code_units(self, text: str, units: int) -> None:
        assert length(text) == units


class TestShortening:
    def test_a_text_that_fits_is_left_alone(self) -> None:
        assert shorten("12345", 5) == "12345"

    def test_a_long_text_ends_with_an_ellipsis(self) -> None:
        assert shorten("What does it cost a month?", 10) == "What does…"

    def test_an_emoji_is_taken_whole_or_not_at_all(self) -> None:
        assert shorten(FAMILY * 2, 15) == FAMILY + "…"
        assert shorten(FAMILY * 2, 8) == "…"
        assert shorten(FLAG * 3, 8) == FLAG + "…"

    @given(written, st.integers(2, 40))
    def test_never_exceeds_the_limit(self, text: str, limit: int) -> None:
        short = shorten(text, limit)
        assert length(short) <= limit
        assert text.startswith(short.removesuffix("…"))


class TestSplitting:
    def test_a_text_that_fits_is_one_part(self) -> None:
        assert split_text("  Hello there \n", 20) == ["Hello there"]

    def test_nothing_but_blanks_is_no_part(self) -> None:
        assert split_text(" \n\n ", 20) == []

    def test_prefers_the_end_of_a_paragraph(self) -> None:
        text = "One. Two words.\n\nThree\nfour. Five six"
        assert split_text(text, 30) == ["One. Two words.", "Three\nfour. Five six"]

    def test_then_the_end_of_a_line(self) -> None:
        assert split_text("One two\nthree four. Five six", 14) == [
            "One two",
            "three four.",
            "Five six",
        ]

    def test_then_the_end_of_a_sentence(self) -> None:
        assert split_text("First thing. Second thing here", 20) == [
            "First thing.",
            "Second thing here",
        ]

    def test_then_the_end_of_a_word(self) -> None:
        assert split_text("alpha beta gamma", 10) == ["alpha beta", "gamma"]

    def test_an_early_paragraph_does_not_become_a_stub(self) -> None:
        assert split_text("Hi\n\n" + "word " * 10, 30)[0] == "Hi\n\nword word word word word"

    def test_a_long_word_is_cut_between_graphemes(self) -> None:
        assert split_text(FAMILY * 3, 20) == [FAMILY * 2, FAMILY]
        assert split_text(FLAG * 5, 10) == [FLAG * 2, FLAG * 2, FLAG]
        assert split_text(THUMB * 3, 6) == [THUMB, THUMB, THUMB]

    @pytest.mark.parametrize(
        "extender",
        [
            *("\u200c", "\u0e33", "\u0eb3", "\uff9e", "\uff9f", "\u1160", "\u11ff"),
            *("\U0001f3fb", "\U0001f3ff", "\U000e0020", "\U000e007f"),
        ],
    )
    def test_what_extends_a_letter_stays_with_it(self, extender: str) -> None:
        assert split_text(f"xxb{extender}", 3) == ["xx", f"b{extender}"]

    def test_the_first_and_the_last_letter_make_a_flag(self) -> None:
        assert split_text("x🇦🇿", 4) == ["x", "🇦🇿"]

    def test_a_grapheme_larger_than_a_part_is_cut_rather_than_lost(self) -> None:
        tower = "e" + "\u0301" * 50
        parts = split_text(tower, 10)
        assert "".join(parts) == tower
        assert max(map(length, parts)) <= 10

    def test_a_limit_below_one_emoji_is_refused(self) -> None:
        with pytest.raises(ValueError, match="parts of 1"):
            split_text("😀", 1)

    @given(any_text, st.integers(2, 40))
    def test_no_part_exceeds_the_limit_and_only_blanks_are_lost(
        self, text: str, limit: int
    ) -> None:
        parts = split_text(text, limit)
        assert all(0 < length(part) <= limit for part in parts)
        assert _without_blanks("".join(parts)) == _without_blanks(text)

    @given(written, st.integers(8, 40))
    def test_no_part_begins_inside_a_grapheme(self, text: str, limit: int) -> None:
        for part in split_text(text, limit):
            assert not unicodedata.category(part[0]).startswith("M")
            assert part[0] not in "\u200d\ufe0f🏾"
            assert not part.endswith("\u200d")
            assert part.count("🇳") == part.count("🇬")

    def test_a_hostile_text_of_a_megabyte_is_split_in_reasonable_time(self) -> None:
        assert len(split_text("e" + "\u0301" * 500_000, 4096)) == 244


def _without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), ("012", 12), ("٣", 3), ("9" * 18, 10**18 - 1)]
    + [(odd, 0) for odd in ("", "0", "9" * 19, "9" * 5000, "-1", "+1", "1.0", "1 2", "²", "me")],
)
def test_a_number_from_an_address_or_a_form(written: str, number: int) -> None:
    assert whole_number(written) == number
