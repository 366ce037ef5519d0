"""Slow downloads leave workers for the talks: few at a time, over all workers, none for ever."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from whatsapp import client, files, slots
from whatsapp.models import DownloadSlot, Media
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


def fetched() -> int:
    return Media.objects.filter(state=Media.State.STORED).count()


def test_while_all_places_are_taken_nothing_is_begun(phone: Phone, settings):
    settings.WHATSAPP_DOWNLOADS = 2
    phone.send_image()
    with slots.one(), slots.one() as second:
        assert second is not None
        with slots.one() as third:
            assert third is None
        assert files.fetch_due() == 0
    assert files.fetch_due() == 1
    assert fetched() == 1


def test_a_place_is_given_back_also_by_a_fetch_that_fails(phone: Phone, monkeypatch):
    phone.send_image()
    monkeypatch.setattr(client, "media_address", lambda _id: 1 / 0)
    files.fetch_due()
    assert not DownloadSlot.objects.exclude(lease_until=None).exists()


def test_the_place_of_a_worker_that_died_is_free_after_its_lease(phone: Phone, settings, clock):
    settings.WHATSAPP_DOWNLOADS = 1
    DownloadSlot.objects.create(number=0, lease_until=timezone.now() + slots.LEASE)
    phone.send_image()
    assert files.fetch_due() == 0
    clock.shift(slots.LEASE)
    assert files.fetch_due() == 1


def test_a_worker_that_was_too_slow_leaves_the_place_to_the_next(phone: Phone, settings, clock):
    settings.WHATSAPP_DOWNLOADS = 1
    phone.send_image()
    with slots.one() as slow:
        assert slow is not None
        clock.shift(slots.LEASE + timedelta(seconds=1))
        with slots.one() as quick:
            assert quick is not None
            assert not slow.renew()
            assert quick.renew()


def test_a_file_that_drips_is_put_off(phone: Phone, clock, monkeypatch):
    phone.send_image(b"x" * 200_000)
    opened = client.open_media

    def dripping(url: str):
        response = opened(url)
        chunks = response.iter_content(files.CHUNK)

        def slowly(_size: int) -> Iterator[bytes]:
            for chunk in chunks:
                clock.shift(timedelta(minutes=3))
                yield chunk

        response.iter_content = slowly
        return response

    monkeypatch.setattr(client, "open_media", dripping)
    files.fetch_due()
    media = Media.objects.get()
    assert (media.state, media.error) == ("waiting", "The file came too slowly.")


# --- Fetch again --------------------------------------------------------------------------------
def lost(phone: Phone) -> Media:
    phone.send_image()
    Media.objects.update(state="failed", attempts=files.ATTEMPTS, error="Not handed over.")
    return Media.objects.select_related("message").get()


def test_a_file_that_was_given_up_can_be_fetched_again(phone: Phone):
    assert files.fetch_again(lost(phone))
    files.fetch_due()
    assert fetched() == 1


def test_not_when_meta_has_it_no_longer_and_not_what_is_here(phone: Phone, clock):
    media = lost(phone)
    clock.shift(timedelta(days=7))
    assert not files.fetch_again(media)
    Media.objects.update(state="stored")
    media.refresh_from_db()
    assert not files.fetch_again(media)
