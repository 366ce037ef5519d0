"""WHATSAPP_FILE_HANDLER: told of each file that is here, or will never be."""

import pytest

from whatsapp import files
from whatsapp.models import Media
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db
told: list[tuple[int, str]] = []


def remember(media: Media) -> None:
    assert Media.objects.get(pk=media.pk).state == media.state, "what is told is stored"
    told.append((media.pk, media.state))


def fail(media: Media) -> None:
    raise ValueError("The handler has a fault.")


@pytest.fixture(autouse=True)
def handler(settings) -> None:
    told.clear()
    settings.WHATSAPP_FILE_HANDLER = f"{__name__}.remember"


def test_a_file_that_is_here_is_told(john: Phone) -> None:
    john.send_image()
    assert told == [(Media.objects.get().pk, "stored")]


def test_a_file_that_waits_is_not_told(john: Phone) -> None:
    john.works = None
    john.send_image()
    files.fetch_due()
    assert told == []


def test_a_file_that_will_never_come_is_told(john: Phone, settings) -> None:
    settings.WHATSAPP_MEDIA_MAX_BYTES = 10
    john.send_image()
    assert told == [(Media.objects.get().pk, "failed")]


def test_a_faulty_handler_does_not_undo_the_fetching(john: Phone, settings) -> None:
    settings.WHATSAPP_FILE_HANDLER = f"{__name__}.fail"
    john.send_image()
    assert Media.objects.get().state == "stored"
