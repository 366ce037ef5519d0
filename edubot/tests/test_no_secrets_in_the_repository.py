"""Nothing that git keeps opens anything: no keys, no tokens, no passwords of real accounts."""

import math
import re
import subprocess
from collections import Counter

import pytest

from edubot.tests.source import ROOT, committed

# What issuers make recognisable.
KNOWN = {
    "a private key": rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a token of Meta's": rb"\bEAA[A-Za-z0-9]{30,}",
    "a key of Paystack's or Stripe's": rb"\b[sr]k_(?:live|test)_[A-Za-z0-9]{20,}",
    "a key of Amazon's": rb"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "a key of Google's": rb"\bAIza[\w-]{35}",
    "a token of GitHub's": rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,})",
    "a token of Slack's": rb"\bxox[abeoprs]-[\w-]{10,}",
    "a key of a mail service": rb"\b(?:SG\.[\w-]{20,}\.[\w-]{20,}|key-[0-9a-f]{32})\b",
    "an address of Sentry's": rb"https://[0-9a-f]{32}(\W[0-9a-f]{32})?@",
    "a signed token": rb"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
}
LOGIN = re.compile(rb"\w+://[^\s:/@\"'`]*:([^\s/@\"'`]+)@")  # a password inside an address
# NAME_TOKEN = "…", secret: …, "password": "…"
NAMED = re.compile(
    rb"(?i)[\w-]*(?:secret|token|passw(?:or)?d|api_?key|dsn)[\w-]*[\"']?\s*(?:[=:]|==)\s*[\"']?"
    rb"([A-Za-z0-9+/_=-]{20,})(?![\w(.\[])"
)
CHANCE = 3.7  # bits a character, from which on it looks like dice: words have less
NO_SECRETS = {
    b"guest": "RabbitMQ's own account, which works on the same machine only",
    "…".encode(): "where yours goes",
    b"password": "where yours goes",
    b"pw": "where yours goes",
    b"word": "of an address that is refused for having one",
    b"{secrets.token_hex(20)}": "made anew by each run",
    b"0123456789abcdef0123456789abcdef": "counted, for an example of a signature",
    b"0b1f4a3e-6a0c-4f0e-9a57-0d9e1c1f2a3b": "the number of a form",
}


def chance(text: bytes) -> float:
    """The entropy of the characters of `text`, in bits each."""
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def secrets_in(content: bytes) -> list[str]:
    """What kinds of secrets `content` holds, without showing them."""
    found = [kind for kind, pattern in KNOWN.items() if re.search(pattern, content)]
    if any(word not in NO_SECRETS for word in LOGIN.findall(content)):
        found.append("a password in an address")
    named = [value for value in NAMED.findall(content) if value not in NO_SECRETS]
    if any(chance(value) > CHANCE for value in named):
        found.append("something by the name of a secret that looks like one")
    return found


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("a private key", b"-----BEGIN " + b"RSA PRIVATE KEY-----"),
        ("a private key", b"-----BEGIN " + b"PRIVATE KEY-----"),
        ("a token of Meta's", b"token: EAA" + b"GmZAbc123" * 10),
        ("a key of Paystack's or Stripe's", b"sk_" + b"live_" + b"0123456789abcdef" * 3),
        ("a key of Amazon's", b"AKIA" + b"IOSFODNN7EXAMPLE"),
        ("a token of GitHub's", b"ghp_" + b"a1B2" * 9),
        ("an address of Sentry's", b"https://" + b"0123456789abcdef" * 2 + b"@sentry.example"),
        ("a password in an address", b"mysql://edubot:" + b"correct-horse@db/edubot"),
        (
            "something by the name of a secret that looks like one",
            b"VERIFY_TOKEN = 'k3J9x" + b"Q2vB7nL5wZ8rT1c'",
        ),
    ],
)
def test_the_search_finds(kind: str, content: bytes):
    assert kind in secrets_in(content)


@pytest.mark.parametrize(
    "content",
    [
        b"mysql://root@127.0.0.1:3306/edubot",
        b"amqp://guest:guest@127.0.0.1:5672//",
        b"SECRET_KEY=first-look-only-not-a-secret-xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        b"token = request.headers.get('Authorization')",
    ],
)
def test_the_search_leaves_alone(content: bytes):
    assert secrets_in(content) == []


def test_no_file_that_git_keeps_holds_one():
    found = {str(path.relative_to(ROOT)): secrets_in(path.read_bytes()) for path in committed()}
    assert len(found) > 500
    assert {name: kinds for name, kinds in found.items() if kinds} == {}


@pytest.mark.parametrize("name", [".env", "var/key", "db.sqlite3", "db.sqlite3-wal"])
def test_git_keeps_no_place_where_secrets_are(name: str):
    committed()  # or skip
    assert (
        subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0
    )
