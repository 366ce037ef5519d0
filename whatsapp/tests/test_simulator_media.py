"""Files go up to the simulated Meta and come down again, with its rules."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import time_machine
from django.utils import timezone

from whatsapp.simulator import phones, student
from whatsapp.simulator.models import SimulatedMedia
from whatsapp.tests import graph

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG pixels"


@pytest.fixture(autouse=True)
def media_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def upload(content: bytes = PNG, mime_type: str = "image/png", **form: str) -> requests.Response:
    return graph.session().post(
        graph.url("100000000000001/media"),
        data={"messaging_product": "whatsapp", "type": mime_type, **form},
        files={"file": ("photo.png", content, mime_type)},
        timeout=(5, 20),
    )


def test_an_uploaded_file_comes_down_again() -> None:
    media_id = upload().json()["id"]

    described = graph.session().get(graph.url(media_id), timeout=5).json()
    fetched = graph.session().get(described["url"], timeout=5)

    assert described["mime_type"] == "image/png"
    assert described["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert described["file_size"] == str(len(PNG))
    assert fetched.content == PNG
    assert fetched.headers["Content-Type"] == "image/png"


def test_a_students_picture_can_be_fetched() -> None:
    john = phones.create("John Doe", "2348031234567")
    student.send_media(john, "image", PNG, "photo.png", "image/png")
    media_id = SimulatedMedia.objects.get().media_id

    described = graph.session().get(graph.url(media_id), timeout=5).json()

    assert graph.session().get(described["url"], timeout=5).content == PNG


def test_an_address_is_gone_after_five_minutes() -> None:
    described = graph.session().get(graph.url(upload().json()["id"]), timeout=5).json()

    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=2), tick=False):
        assert graph.session().get(described["url"], timeout=5).status_code == 404


def test_a_forged_address_is_not_found() -> None:
    address = f"{graph.url(upload().json()['id'])}?oe=forged".replace("v25.0", "media-file")

    assert graph.session().get(address, timeout=5).status_code == 404


def test_a_file_needs_the_token_too() -> None:
    described = graph.session().get(graph.url(upload().json()["id"]), timeout=5).json()

    assert graph.session("other").get(described["url"], timeout=5).status_code == 401


def test_a_deleted_file_is_gone() -> None:
    media_id = upload().json()["id"]

    assert graph.session().delete(graph.url(media_id), timeout=5).json() == {"success": True}
    assert graph.code(graph.session().get(graph.url(media_id), timeout=5)) == 33


@pytest.mark.parametrize("mime_type", ["image/webp2", "image/gif", "video/webm", "text/html"])
def test_a_type_that_whatsapp_cannot_show_is_refused(mime_type: str) -> None:
    assert graph.code(upload(mime_type=mime_type)) == 131053


def test_a_picture_over_five_megabytes_is_refused() -> None:
    assert graph.code(upload(b"x" * (5 * 1024 * 1024 + 1))) == 131053


def test_an_empty_file_is_refused() -> None:
    assert graph.code(upload(b"")) == 131053


def test_an_upload_names_its_product() -> None:
    assert graph.code(upload(messaging_product="")) == 100


def test_an_upload_without_a_file_is_refused() -> None:
    response = graph.session().post(
        graph.url("100000000000001/media"), data={"messaging_product": "whatsapp"}, timeout=5
    )

    assert graph.code(response) == 100


@pytest.fixture
def john() -> None:
    student.say(phones.create("John Doe", "2348031234567"), "Hello")


def test_a_picture_can_be_sent_by_its_id(john: None) -> None:
    image = {"id": upload().json()["id"], "caption": "Your solution"}

    assert graph.send({"type": "image", "image": image}).status_code == 200


def test_a_file_that_was_never_uploaded_cannot_be_sent(john: None) -> None:
    assert graph.code(graph.send({"type": "image", "image": {"id": "42"}})) == 131009


def test_a_pdf_cannot_be_sent_as_a_picture(john: None) -> None:
    media_id = upload(b"%PDF", "application/pdf").json()["id"]

    assert graph.code(graph.send({"type": "image", "image": {"id": media_id}})) == 131053
    assert graph.send({"type": "document", "document": {"id": media_id}}).status_code == 200
