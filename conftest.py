"""What every test starts from: no network but loopback, Graph played by the simulator."""

import unittest
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, expect, sync_playwright

from conversations import payment_notices, payments, paystack
from conversations.models import words
from support.services import Actor
from whatsapp import client, files, lanes, sorting, worker
from whatsapp.simulator.transport import PaystackAdapter, SimulatorAdapter
from whatsapp.tests.clock import MORNING
from whatsapp.tests.phone import Phone

Work = Callable[[], None]

# A busy machine is no bug: examples may take as long as they take.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")
expect.set_options(timeout=30_000)  # milliseconds

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What gives a test a database: fixtures and marks of pytest-django, and marks of ours.
GIVES_A_DATABASE = {"db", "transactional_db", "live_server", "django_db"}
GIVES_A_DATABASE |= {"browser", "race", "processes", "chaos"}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark tests as `database` that may reach one; make test-all does not repeat the others."""
    for item in items:
        names = {*item.fixturenames, *(mark.name for mark in item.iter_markers())}
        if names & GIVES_A_DATABASE or issubclass(item.cls or object, unittest.TestCase):
            item.add_marker("database")


def pytest_deselected(items: list[Any]) -> None:
    """Count what a worker of xdist leaves out, which xdist itself does not tell anybody."""
    told = getattr(items[0].config, "workeroutput", {})
    told["deselected"] = told.get("deselected", 0) + len(items)


@pytest.hookimpl(optionalhook=True)  # there is none without xdist
def pytest_testnodedown(node: Any) -> None:
    """Say it in the closing line, as without xdist. Every worker has left out the same tests."""
    reporter = node.config.pluginmanager.get_plugin("terminalreporter")
    told = getattr(node, "workeroutput", {})
    reporter.stats["deselected"] = [node] * told.get("deselected", 0)


@pytest.fixture(autouse=True)
def no_database_without_its_mark(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that reached a database unmarked would be missing from make test-all: it fails."""

    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("This test uses the database and is not marked so: see conftest.py.")

    if request.node.get_closest_marker("database"):
        yield
    else:
        with connection.execute_wrapper(refuse):
            yield


@pytest.fixture(autouse=True)
def graph() -> Iterator[None]:
    """The client's calls reach the simulator's Graph, in this process."""
    client.session().mount(settings.WHATSAPP_GRAPH_URL, SimulatorAdapter())
    paystack.session().mount(settings.PAYSTACK_URL, PaystackAdapter())
    cache.clear()
    words.forget()
    yield
    client.session.cache_clear()
    paystack.session.cache_clear()


@pytest.fixture(autouse=True)
def no_call_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Courtesies are done when the work is, so that tests can look at them."""
    monkeypatch.setattr("whatsapp.courtesies.beside", lambda call: call())


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def work(django_capture_on_commit_callbacks) -> Work:
    """Do what the workers would do, until nothing is due."""

    def until_quiet() -> None:
        for _ in range(100):
            with django_capture_on_commit_callbacks(execute=True):
                done = sorting.sort_all() + files.fetch_due() + payment_notices.read_due()
                done += sum(map(payments.work, payments.due()))
                done += sum(map(worker.run, lanes.due()))
            if not done:
                return
        raise AssertionError("The workers do not come to rest.")

    return until_quiet


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is shifted."""
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def phone(db) -> Phone:
    """Somebody's phone. What is sent is sorted, and not handled."""
    return Phone(works=sorting.sort_all)


@pytest.fixture
def john(db, client: Client, work: Work) -> Phone:
    """John's phone. What he sends is handled at once."""
    return Phone(client, number="2348031234567", name="John Doe", works=work)


@pytest.fixture
def ada(db, client: Client, work: Work) -> Phone:
    return Phone(client, number="2348059876543", name="Ada Obi", works=work)


@pytest.fixture
def agent(db) -> User:
    """A member of the support team who may do everything."""
    return User.objects.create_superuser("agent", "agent@example.org", "agent", first_name="Grace")


@pytest.fixture
def team(agent: User) -> Actor:
    """The same member of the team, as the services know who acts."""
    return Actor.of(agent)


@pytest.fixture(scope="module")
def launched_chromium() -> Iterator[Browser]:
    """Launched once for the tests of a file: this takes longer than most of them."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; between its calls the database is used.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def chromium(launched_chromium: Browser) -> Iterator[Browser]:
    """A real browser without a window, for the tests marked `browser`; nothing is left open."""
    yield launched_chromium
    for context in launched_chromium.contexts:
        context.close()
