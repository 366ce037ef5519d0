"""The first look's broker, with several processes reading and writing at the same time."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection, Exchange, Queue
from kombu.simple import SimpleQueue
from kombu.transport import filesystem

from edubot.broker import Transport
from edubot.celery import app

MESSAGES = 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "control").mkdir()
    return tmp_path


@pytest.fixture
def broker(folder: Path) -> Iterator[Connection]:
    Transport.global_state.clear()  # kombu remembers the queues of the last folder
    with connect(folder) as connection:
        yield connection


def connect(folder: Path) -> Connection:
    options = dict.fromkeys(("data_folder_in", "data_folder_out"), str(folder))
    options["control_folder"] = str(folder / "control")
    return Connection("filesystem://", transport_options=options)


def nudges(connection: Connection) -> SimpleQueue:
    exchange = Exchange("nudges", type="direct")
    return connection.SimpleQueue(Queue("nudges", exchange, routing_key="nudges"))


def test_celery_uses_it() -> None:
    with app.connection_for_write("filesystem://") as connection:
        assert isinstance(connection.transport, Transport)


def test_what_is_put_in_comes_out_once(broker: Connection) -> None:
    queue = nudges(broker)
    queue.put({"id": 7})
    message = queue.get(block=False)
    assert message.payload == {"id": 7}
    message.ack()
    with pytest.raises(queue.Empty):
        queue.get(block=False)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_file_that_was_never_finished_stops_no_worker(
    broker: Connection, folder: Path, content: bytes
) -> None:
    (folder / "0_killed.nudges.msg").write_bytes(content)
    channel = broker.channel()
    with pytest.raises(Empty):
        channel._get("nudges")
    queue = nudges(broker)
    queue.put({"id": 8})
    assert queue.get(block=False).payload == {"id": 8}


def test_a_reader_never_sees_half_a_message(folder: Path) -> None:
    """Kombu's own transport fails here: its readers find files that are still empty."""
    writer = threading.Thread(target=_put_many, args=[folder])
    writer.start()
    found, broken = 0, 0
    with connect(folder) as reading:
        channel = reading.channel()
        while True:
            was_writing = writer.is_alive()
            try:
                # Kombu's reader, without our net below it.
                filesystem.Channel._get(channel, "nudges")
                found += 1
            except ValueError:
                broken += 1
            except Empty:
                if not was_writing:
                    break
    assert (found, broken) == (MESSAGES, 0)


def _put_many(folder: Path) -> None:
    with connect(folder) as connection:
        channel = connection.channel()
        for number in range(MESSAGES):
            channel._put("nudges", {"id": number, "padding": "x" * 1000})
