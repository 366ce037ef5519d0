"""What search takes for a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.search_words import LENGTH, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My Payment is stuck", ["my", "payment", "is", "stuck"]),
        ("it's a_b, 100%!", ["it", "s", "a", "b", "100"]),
        ("Élève Ọmọ ÑANDÚ", ["eleve", "omo", "nandu"]),
        ("+234 803-000", ["234", "803", "000"]),
        ("thanks👍🏽 🎉", ["thanks", "👍", "🎉"]),
        ("مُدَرِّسَة أحمد", ["مدرسة", "احمد"]),
        ("我要付款", ["我要", "要付", "付款"]),
        ("付", ["付"]),
        ("विद्यालय", ["विद्यालय"]),
        ("한국어 숙제", ["한국어", "숙제"]),
        ("x" * 100, ["x" * LENGTH]),
        ("", []),
        ("%' -- *()\"~@<>", []),
    ],
)
def test_words_are_without_case_accents_and_punctuation(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_any_text_has_words_that_are_found_again(text: str) -> None:
    found = words_of(text)
    assert all(0 < len(word) <= LENGTH for word in found)
    assert not any(character.isspace() for word in found for character in word)
    assert all("~" not in word for word in found)
