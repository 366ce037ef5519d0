"""No secret is compared with == or !=: how long that takes tells how much of a guess was right."""

import ast
import re
from collections.abc import Iterator

import pytest

from edubot.tests.source import modules

SECRET = re.compile(
    r"secret|token|signature|digest|password|proof|api_?key|(?<!status)(?:^|_)code$", re.IGNORECASE
)
# What sounds like a secret and is none.
NO_SECRETS = {
    "item.language == code": "the code of a language",
    "line.code == failure.code": "Graph's code of an error",
    "code == MALFORMED": "Graph's code of an error",
    "target != row.wamid_digest": "ids of messages",
}


def compared_secrets(source: str) -> list[str]:
    """The comparisons in `source` that find a secret out, as they are written."""
    comparisons = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare))
    return [ast.unparse(node) for node in comparisons if _gives_away(node)]


def _gives_away(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    if any(isinstance(side, ast.Constant) for side in sides):
        return False  # what stands in the source is no secret
    compares = any(isinstance(operator, (ast.Eq, ast.NotEq)) for operator in node.ops)
    return compares and any(SECRET.search(name) for side in sides for name in _names(side))


def _names(side: ast.expr) -> Iterator[str]:
    """What `side` is called: its name, the key it is looked up by, the function it comes from."""
    if isinstance(side, ast.Name):
        yield side.id
    elif isinstance(side, ast.Attribute):
        yield side.attr
        yield from _names(side.value)
    elif isinstance(side, ast.Subscript):
        yield from _names(side.slice)
    elif isinstance(side, ast.Call):
        for part in (side.func, *side.args):
            yield from _names(part)
    elif isinstance(side, ast.Constant):
        yield str(side.value)


@pytest.mark.parametrize(
    "line",
    [
        "given == expected_signature",
        "settings.WHATSAPP_VERIFY_TOKEN != given",
        "request.GET.get('hub.verify_token', '') == wanted",
        "request.headers['X-Token'] == wanted",
        "hmac.new(key, body).hexdigest() == given",
        "form.code == wanted",
    ],
)
def test_the_search_finds(line: str):
    assert compared_secrets(line) == [line]


@pytest.mark.parametrize(
    "line", ["token == ''", "status_code_name == 3", "a == b", "token is None"]
)
def test_the_search_leaves_alone(line: str):
    assert compared_secrets(line) == []


def test_no_secret_is_compared_letter_by_letter():
    found = {line for path in modules() for line in compared_secrets(path.read_text())}
    assert found == set(NO_SECRETS)
