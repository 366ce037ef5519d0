"""Who writes what: a seeded script of many students, said at a fixed rate."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from whatsapp.simulator import phones, student
from whatsapp.simulator.models import SimulatedPhone

FIRST_NUMBER = 2_348_100_000_000
WORDS = ["menu", "faq", "status", "help", "what is a prime number", "grüße 😀", "ñandú?"]


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the script; `student` counts from 0, `words` name their place in it."""

    student: int
    words: str


def script(seed: int, students: int, messages: int) -> list[Line]:
    """Half of the students talk with the bot, the other half with people at the desk."""
    dice = random.Random(seed)
    turns = {number: _lines(number, dice) for number in range(students)}
    order = [number % students for number in range(messages)]
    # The first round in order, so that everybody is known; then as it comes.
    rest = order[students:]
    dice.shuffle(rest)
    return [Line(number, next(turns[number])) for number in order[:students] + rest]


def is_at_the_desk(number: int) -> bool:
    return number % 2 == 1


def _lines(number: int, dice: random.Random) -> Iterator[str]:
    if is_at_the_desk(number):
        yield "support"
    place = 0
    while True:
        place += 1
        words = f"line {place} of student {number}"
        yield words if is_at_the_desk(number) else dice.choice([*WORDS, words])


def make_phones(count: int) -> list[SimulatedPhone]:
    return [
        phones.create(f"Student {number}", str(FIRST_NUMBER + number)) for number in range(count)
    ]


def say_all(
    lines: list[Line], people: list[SimulatedPhone], rate: float, count: Callable[[int], None]
) -> None:
    """Say every line at `rate` a second, however slow the answers are (an open loop).

    `count` is told how many have been said.
    """
    started = time.monotonic()
    for number, line in enumerate(lines, 1):
        wait = started + number / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        student.say(people[line.student], line.words)
        count(number)
