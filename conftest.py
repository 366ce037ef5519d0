"""What every test starts from: no network but loopback, Graph played by the simulator."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, expect, sync_playwright

from conversations import notices, payments, paystack
from conversations.models import words
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
                done = sorting.sort_all() + files.fetch_due() + notices.read_due()
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
