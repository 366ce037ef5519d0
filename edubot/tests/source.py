"""EduBot's own source, for tests that hold rules over all of it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("edubot", "conversations", "support", "whatsapp")


def modules() -> list[Path]:
    """What runs in production, without migrations."""
    found = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return [path for path in found if not {"tests", "migrations"} & set(path.parts)]


def committed() -> list[Path]:
    """Every file that git keeps, and so whoever gets a copy of the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("A copy without its repository: what git keeps cannot be told.")
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
