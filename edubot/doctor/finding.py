"""What the doctor found out about one thing."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    WELL = "well"
    WARNING = "warning"  # works, and will not for long or not under load
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what is; `fix` what to do, and is empty when all is well."""

    subject: str
    level: Level
    sentence: str
    fix: str = ""


def well(subject: str, sentence: str) -> Finding:
    return Finding(subject, Level.WELL, sentence)


def warning(subject: str, sentence: str, fix: str) -> Finding:
    return Finding(subject, Level.WARNING, sentence, fix)


def fault(subject: str, sentence: str, fix: str) -> Finding:
    return Finding(subject, Level.FAULT, sentence, fix)
