"""`.env.example` names every variable that EduBot reads, and no other."""

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
