"""What the logs of all processes must not say: whose number, which words, which secret."""

import re
from pathlib import Path

from bench.chaos.students import FIRST_NUMBER
from bench.environment import PRODUCTION

SECRETS = [value for value in PRODUCTION.values() if value.startswith("bench-")]
NUMBERS = rf"\b{str(FIRST_NUMBER)[:7]}\d{{6}}\b"
WORDS = r"line \d+ of student|answer \d+ of the agent|words \d+ of the intruder"
LEAK = re.compile("|".join([NUMBERS, WORDS, *map(re.escape, SECRETS)]))


def found(folder: Path) -> list[str]:
    """The lines in the logs of `folder` that tell too much."""
    logs = [path.read_text(errors="replace") for path in sorted(folder.glob("*.log"))]
    return [line for log in logs for line in log.splitlines() if LEAK.search(line)]
