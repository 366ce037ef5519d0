"""Every flow through the signed webhook, in each language, also with a restart between all lines.

After a restart nothing is in memory: whatever our modules cache is dropped, and so is Django's
cache and the sessions with Graph and Paystack. That nothing else is kept is looked at as well:
what modules hold is the same after a dialogue as before it.
"""

import re
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache

from conversations import paystack, reminders
from conversations.catalogues import CATALOGUES
from conversations.models import FaqEntry, words
from conversations.tests.dialogues import DIALOGUES
from conversations.tests.paying import Payer
from support import services
from support.models import SupportTicket
from support.services import Actor
from whatsapp import client as graph
from whatsapp.simulator.transport import PaystackAdapter, SimulatorAdapter
from whatsapp.tests.phone import Phone

# Copies of rows for a few seconds; `restart` drops them as well.
CACHES = {"conversations.models.words._known"}
FLOORS = ("conversations", "support", "whatsapp", "edubot")
SPOKEN = {"en": 0, "fr": 1}  # their places in a line of dialogue
_PLACEHOLDER = re.compile(r"\\\{[a-z_]+\\\}")


def _modules() -> Iterator[ModuleType]:
    """Ours, but for tests and for the simulator, which plays the world outside."""
    for name, module in sorted(sys.modules.items()):
        parts = name.split(".")
        if parts[0] in FLOORS and not {"tests", "simulator", "migrations"} & set(parts):
            yield module


def held() -> dict[str, str]:
    """What our modules hold in plain containers, as text."""
    return {
        f"{module.__name__}.{name}": repr(value)
        for module in _modules()
        for name, value in vars(module).items()
        if isinstance(value, dict | list | set) and not name.startswith("__")
        if f"{module.__name__}.{name}" not in CACHES
    }


def restart() -> None:
    for module in _modules():
        for value in list(vars(module).values()):
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()
    cache.clear()
    words.forget()
    ContentType.objects.clear_cache()
    graph.session().mount(settings.WHATSAPP_GRAPH_URL, SimulatorAdapter())
    paystack.session().mount(settings.PAYSTACK_URL, PaystackAdapter())


class Stage:
    """One dialogue with its student, agent and Paystack."""

    def __init__(self, phone: Phone, language: str, agent, work, clock):
        self.phone, self.language, self.agent = phone, language, agent
        self.work, self.clock = work, clock
        self.payer = Payer.__new__(Payer)
        self.payer.phone, self.payer.work, self.payer.clock = phone, work, clock
        question = {"en": "How do I pay?", "fr": "Comment payer ?"}[language]
        FaqEntry.objects.create(language=language, category="Pay", question=question, answer="A.")

    def play(self, line: str) -> None:
        mark, rest = line[0], line[1:].strip()
        if mark == ">":
            said = [one.strip() for one in rest.split(" | ")]
            self.phone.say(said[SPOKEN[self.language] % len(said)])
        elif mark == "[":
            self.phone.tap(self.sentence(rest.rstrip("]")))
        elif mark == "<":
            for key in rest.split(" + "):
                self.reads(key)
        else:
            ACTS[rest](self)

    def sentence(self, key: str) -> str:
        return CATALOGUES[self.language].by_key[key]

    def reads(self, key: str) -> None:
        pattern = _PLACEHOLDER.sub(".+", re.escape(self.sentence(key)))
        text = self.phone.last.text
        assert re.search(pattern, text, re.DOTALL), f"{key} is not in {text!r}"

    @property
    def ticket(self) -> SupportTicket:
        return SupportTicket.objects.latest("id")

    def passes(self, **span: float) -> None:
        self.payer.waits(**span)

    def photo(self) -> None:
        self.phone.send_image()
        self.passes(seconds=30)

    def taps_the_question(self) -> None:
        self.phone.tap(f"faq:{FaqEntry.objects.get().pk}")

    def taps_the_language(self) -> None:
        self.phone.tap(f"language:{self.language}")

    def agent_answers(self) -> None:
        services.reply(self.ticket.pk, Actor.of(self.agent), "Try again")
        self.work()

    def agent_ends(self) -> None:
        services.end(self.ticket.pk, Actor.of(self.agent), words="Bye!")
        self.work()

    def pays(self, act: str = "pay") -> None:
        self.payer.pays(act)
        self.payer.hears()
        self.passes(minutes=1)

    def half_an_hour_passes(self) -> None:
        self.passes(minutes=31)
        reminders.remind_idle()
        self.work()


ACTS: dict[str, Callable[[Stage], None]] = {
    "photo": Stage.photo,
    "taps the question": Stage.taps_the_question,
    "taps the language": Stage.taps_the_language,
    "agent answers": Stage.agent_answers,
    "agent ends": Stage.agent_ends,
    "pays": Stage.pays,
    "payment fails": lambda stage: stage.pays("fail"),
    "leaves Paystack": lambda stage: stage.pays("leave"),
    "half an hour passes": Stage.half_an_hour_passes,
}


@pytest.fixture
def stage(clock, john: Phone, agent, work) -> Callable[[str], Stage]:
    return lambda language: Stage(john, language, agent, work, clock)


def lines(dialogue: str) -> list[str]:
    return [line for line in dialogue.splitlines() if line]


def test_every_language_has_its_place_in_the_lines() -> None:
    assert list(SPOKEN) == list(CATALOGUES)


@pytest.mark.parametrize("restarts", [False, True], ids=["", "restarts"])
@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("name", DIALOGUES)
def test_a_dialogue(stage, name: str, language: str, restarts: bool) -> None:
    played, before = stage(language), held()
    for line in lines(DIALOGUES[name]):
        played.play(line)
        if restarts:
            restart()
    after = held()
    changed = {where for where in before if before[where] != after.get(where)}
    assert changed == set()
