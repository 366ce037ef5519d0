"""Only a body signed with one of our app secrets is Meta's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp.signature import sign, verify

SECRET = "0123456789abcdef0123456789abcdef"
BODY = rb'{"text":"caf\u00e9 \ud83d\ude00 https:\/\/example.com\/?a=1&b=<2>"}'


def test_the_signature_is_the_documented_hmac() -> None:
    # Test case 2 of RFC 4231.
    assert sign(b"what do ya want for nothing?", "Jefe") == (
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_a_body_with_escapes_is_verified_as_it_arrived() -> None:
    assert verify(BODY, sign(BODY, SECRET), [SECRET])


def test_a_changed_body_is_refused() -> None:
    assert not verify(BODY.replace(rb"\/", b"/"), sign(BODY, SECRET), [SECRET])


def test_either_secret_verifies_while_it_is_being_replaced() -> None:
    assert verify(BODY, sign(BODY, "old"), ["new", "old"])
    assert verify(BODY, sign(BODY, "new"), ["new", "old"])
    assert not verify(BODY, sign(BODY, "third"), ["new", "old"])


@pytest.mark.parametrize("secrets", [[], [""], ["", ""]])
def test_no_secret_verifies_nothing(secrets: list[str]) -> None:
    assert not verify(BODY, sign(BODY, ""), secrets)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha256=é",
        "sha256=\udcff",
        "sha1=" + "0" * 40,
        sign(BODY, SECRET).removeprefix("sha256="),
        sign(BODY, SECRET)[:-1],
        sign(BODY, SECRET) + "0",
        sign(BODY, SECRET).upper(),
        "sha256=" + sign(BODY, SECRET).removeprefix("sha256=").upper(),
        f"{sign(BODY, SECRET)}, {sign(BODY, SECRET)}",
        "sha256=sha256=" + sign(BODY, SECRET).removeprefix("sha256="),
        pytest.param("x" * 10_000, id="10 kB"),
    ],
)
def test_an_odd_header_is_refused(header: str | None) -> None:
    assert not verify(BODY, header, [SECRET])


@given(st.binary(), st.text(st.characters()))
def test_no_header_makes_it_raise(body: bytes, header: str) -> None:
    assert verify(body, header, [SECRET]) == (header == sign(body, SECRET))
