"""docs/reliability.md has a row for every number, and names tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs/reliability.md").read_text()
ROWS = dict(re.findall(r"^\| (\w+) \| [^|]+ \| ([^|]+) \|$", TABLE, re.MULTILINE))
INVARIANTS = (
    "lost_in dup_in lost_out dup_out order_in order_out state_divergence goodbye_violation stuck "
    "orphan_status unhandled_500 leaks access_violations"
)
NUMBERS = [
    *(f"F{number:02}" for number in range(1, 71)),
    *(f"S{number:02}" for number in range(1, 33)),
    *(f"C{number:02}" for number in range(1, 59)),
    *INVARIANTS.split(),
]
TEST = r"`(\w+/tests/\w+\.py)(?:::(\w+))?`"
REASON = r"(?:Not built|Not proven|Decided otherwise|Elsewhere): \S"


@cache
def functions_of(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


def test_it_has_every_number_once_and_no_other():
    assert re.findall(r"^\| (\w+) \| (?!what|item)", TABLE, re.MULTILINE) == NUMBERS
    assert list(ROWS) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_row_names_a_test_or_says_why_not(number: str):
    assert re.search(f"{TEST}|{REASON}", ROWS[number])


@pytest.mark.parametrize(("path", "name"), sorted(set(re.findall(TEST, TABLE))))
def test_every_test_that_it_names_exists(path: str, name: str):
    assert (ROOT / path).exists()
    assert not name or name in functions_of(ROOT / path)
