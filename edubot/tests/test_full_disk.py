"""A disk without room: nothing is lost, nothing lies half there, and all goes on by itself."""

import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import File
from django.db import connection
from django.test import Client

from whatsapp import files
from whatsapp.models import Media, Message, Receipt
from whatsapp.signature import sign
from whatsapp.tests.phone import PNG, Phone
from whatsapp.tests.webhooks import body, envelope, text


class Disk:
    """Full from `fill` to `make_room`: no file gets further than its first half."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def fill(self) -> None:
        def half(file: File, _size: int | None = None) -> Iterator[bytes]:
            yield file.read()[: len(PNG) // 2]
            raise OSError(errno.ENOSPC, "No space left on device")

        self.monkeypatch.setattr(File, "chunks", half)

    def make_room(self) -> None:
        self.monkeypatch.undo()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT, "whatsapp").rglob("*") if path.is_file()]


def fetched() -> Media:
    files.fetch_due()
    return Media.objects.get()


def test_a_picture_waits_for_room_and_leaves_no_half_behind(phone: Phone, clock, disk, settings):
    phone.send_image(caption="Look")
    disk.fill()
    for _ in range(3):
        assert fetched().state == "waiting"
        clock.shift(timedelta(minutes=1))
    assert stored(settings) == []
    assert Message.objects.get().text == "Look", "What came with it is there already."

    disk.make_room()
    media = fetched()
    assert (media.state, media.error) == ("stored", "")
    with media.file.open() as file:
        assert file.read() == PNG
    assert len(stored(settings)) == 1


def test_a_picture_is_not_given_up_as_long_as_meta_has_it(phone: Phone, clock, disk):
    phone.send_image()
    disk.fill()
    for _ in range(6 * 24):
        assert fetched().state == "waiting"
        clock.shift(timedelta(hours=1))
    clock.shift(files.KEPT_BY_META)
    media = fetched()
    assert (media.state, media.error) == ("failed", files.NOT_KEPT)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_without_room_takes_no_webhook_and_later_takes_it(settings):
    """SQLite's own error; another database's is answered in the same way."""
    one = body(envelope(text("x" * 100_000)))
    signature = {"X-Hub-Signature-256": sign(one, settings.WHATSAPP_APP_SECRET)}

    def post() -> int:
        return Client().post("/webhooks/whatsapp", one, "application/json", headers=signature)

    with connection.cursor() as cursor:
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        [usual] = cursor.execute("PRAGMA max_page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        refused = post().status_code
        cursor.execute(f"PRAGMA max_page_count = {usual}")
    assert refused == 503
    assert not Receipt.objects.exists()
    assert post().status_code == 200
    assert Receipt.objects.count() == 1
