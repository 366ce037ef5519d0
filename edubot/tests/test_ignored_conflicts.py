"""Where the database may leave a row out without a word: a row of somebody's words nowhere.

On MySQL `ignore_conflicts` is INSERT IGNORE, which also cuts what is too long and takes what is of
the wrong type, with a warning that nobody reads.
"""

import ast

import pytest

from edubot.tests.source import ROOT, modules

# Each may be left out, for the same row is there already; and nothing in it can be too long.
ALLOWED = {
    "conversations/lessons.py": "LearntWord: counted words, cut to their length before",
    "support/admin/hours.py": "Holiday: cut to its length by the reader of calendars",
    "support/drafts.py": "Draft: its text has no length; who inserts updates it right after",
    "support/mail.py": "StaffMail: one for each occasion, its subject shortened before",
    "support/models/search.py": "SearchWord: cut to its length by the search",
    "support/presence.py": "Presence: numbers and moments",
    "whatsapp/candidates.py": "MergeCandidate: two numbers and a reason of ours",
    "whatsapp/templates.py": "MessageTemplate: too long a name is refused, the rest cut, before",
}


def ignoring(source: str) -> list[str]:
    """What in `source` lets the database ignore a row, as it is written."""
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if _ignores(node)]


def _ignores(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        is_off = isinstance(node.value, ast.Constant) and node.value.value is False
        return node.arg == "ignore_conflicts" and not is_off
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    words = " ".join(node.value.upper().split()) if is_text else ""
    return words == "IGNORE_CONFLICTS" or "INSERT IGNORE INTO" in words


@pytest.mark.parametrize(
    "line",
    [
        "rows.bulk_create(new, ignore_conflicts=True)",
        "rows.bulk_create(new, ignore_conflicts=is_hurried)",
        "rows.bulk_create(new, **{'ignore_conflicts': True})",
        "cursor.execute('insert ignore  into message values (1)')",
    ],
)
def test_the_search_finds(line: str):
    assert len(ignoring(line)) == 1


@pytest.mark.parametrize(
    "line", ["rows.bulk_create(new)", "rows.bulk_create(new, ignore_conflicts=False)"]
)
def test_the_search_leaves_alone(line: str):
    assert ignoring(line) == []


def test_no_message_is_ever_left_out_in_silence():
    found = {
        str(path.relative_to(ROOT)): calls
        for path in modules()
        if (calls := ignoring(path.read_text()))
    }
    assert set(found) == set(ALLOWED)
    assert {len(calls) for calls in found.values()} == {1}, "one in each of these places"
