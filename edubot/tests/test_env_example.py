"""`.env.example` names every variable that EduBot reads, and no other, with its default."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = {
    "edubot/settings/*.py": r"""(?:env\.\w+|secret|environ\.get)\(\s*"([A-Z_]+)\"""",
    "edubot/gunicorn.py": r"""environ\.get\("([A-Z_]+)\"""",
    "Procfile": r"""\$\{([A-Z_]+)""",
}


def test_it_names_every_variable_that_is_read_and_no_other():
    read = {
        name
        for paths, pattern in READERS.items()
        for path in ROOT.glob(paths)
        for name in re.findall(pattern, path.read_text())
    }
    named = set(re.findall(r"^# ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert named - {"ENV_FILE"} == read - {"ENV_FILE"}


def defaults_in_the_code() -> dict[str, str]:
    """The defaults that do not depend on other settings, as one would write them in `.env`."""
    calls = (
        node
        for paths in READERS
        for path in ROOT.glob(paths)
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    )
    return {name: value for call in calls for name, value in _default(call)}


def _default(call: ast.Call) -> list[tuple[str, str]]:
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "default")]
    match [node.value if isinstance(node, ast.Constant) else None for node in given]:
        case [str(name), bool(value)]:
            return [(name, "on" if value else "off")]
        case [str(name), int() | str() as value] if ast.unparse(call.func).startswith(
            ("env", "os")
        ):
            return [(name, str(value))]
    return []


def test_it_shows_the_defaults():
    text = (ROOT / ".env.example").read_text()
    shown = dict(re.findall(r"^# ?([A-Z_]+)=(.*?)(?: +#.*)?$", text, re.MULTILINE))
    defaults = defaults_in_the_code()
    assert len(defaults) > 40
    assert {name: shown[name] for name in defaults} == defaults
