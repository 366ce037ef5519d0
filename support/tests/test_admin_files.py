"""Files of students in staff's browsers."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client

from support.tests import desk
from whatsapp.models import Media

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(200))


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def stored(mime_type: str, name: str = "", content: bytes = CONTENT) -> Media:
    wire = desk.says(desk.chat(), "")
    media = Media(message=wire, mime_type=mime_type, name=name, state=Media.State.STORED)
    media.file.save("file", ContentFile(content))
    return media


def get(client: Client, media: Media, **headers: str) -> tuple[Any, bytes]:
    """The answer and its whole body, with the file closed again."""
    response = client.get(f"/admin/support/media/{media.pk}", headers=headers)
    body = b"".join(response) if response.streaming else response.content
    return response, body


@pytest.mark.parametrize(
    "mime_type", ["image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "video/mp4"]
)
def test_pictures_sound_and_films_are_shown(root: Client, mime_type: str) -> None:
    response, body = get(root, stored(mime_type))
    assert response["Content-Type"] == mime_type
    assert response["Content-Disposition"].startswith("inline")
    assert body == CONTENT


@pytest.mark.parametrize(
    "mime_type", ["text/html", "image/svg+xml", "application/xhtml+xml", "application/pdf", ""]
)
def test_all_else_is_downloaded(root: Client, mime_type: str) -> None:
    response, _ = get(root, stored(mime_type, "page.html", b"<script>alert(1)</script>"))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'


def test_no_file_can_run_anything(root: Client) -> None:
    response, _ = get(root, stored("image/png"))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ['a"\r\nX-Evil: 1.pdf', "../../etc/passwd", "работа 📄.pdf", ""])
def test_odd_names_do_no_harm(root: Client, name: str) -> None:
    response, _ = get(root, stored("application/pdf", name))
    assert response.status_code == 200
    assert "X-Evil" not in response
    assert response["Content-Disposition"].startswith("attachment; filename")


def test_players_get_the_part_they_ask_for(root: Client) -> None:
    media = stored("audio/ogg")
    response, body = get(root, media, Range="bytes=10-19")
    assert (response.status_code, body) == (206, CONTENT[10:20])
    assert response["Content-Range"] == "bytes 10-19/200"
    assert get(root, media, Range="bytes=190-")[1] == CONTENT[190:]
    assert get(root, media, Range="bytes=0-99999")[1] == CONTENT
    assert get(root, media, Range="odd")[1] == CONTENT
    assert get(root, media, Range="bytes=500-")[0].status_code == 416


@pytest.mark.parametrize("odd", ["bytes=0-" + "9" * 5000, f"bytes={'9' * 5000}-", "bytes=-", "٣"])
def test_a_part_that_makes_no_sense_is_the_whole_file(root: Client, odd: str) -> None:
    assert get(root, stored("audio/ogg"), Range=odd)[1] == CONTENT


def test_what_is_not_stored_is_not_found(root: Client) -> None:
    media = stored("image/png")
    media.file.storage.delete(media.file.name)
    assert get(root, media)[0].status_code == 404
    Media.objects.update(state=Media.State.FAILED)
    assert get(root, media)[0].status_code == 404
