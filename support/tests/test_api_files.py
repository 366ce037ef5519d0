"""Files into a chat and out of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from support import services
from support.services import Actor
from support.tests import api
from whatsapp.models import Media, Message
from whatsapp.tests.phone import PNG

pytestmark = pytest.mark.django_db


def send(ticket, content=PNG, name="photo.png", client=None, **fields):
    file = SimpleUploadedFile(name, content)
    address = f"/api/support/tickets/{ticket.pk}/files"
    return (client or api.client()).post(address, {"file": file, **fields}, format="multipart")


def test_a_picture_goes_to_the_student_with_its_caption():
    ticket = api.ticket()
    answer = send(ticket, caption="Like this")
    assert answer.status_code == 201
    body, wire = answer.json(), Message.objects.get()
    assert (body["kind"], body["message"], wire.kind) == ("image", "Like this", "image")
    assert body["media"]["mime_type"] == "image/png"
    assert body["media"]["size"] == len(PNG)


@pytest.mark.parametrize(
    ("caption", "read"),
    [
        ("Like this", "🎧 Support Team: Like this"),
        ("", ""),
        ("x" * 1024, "x" * 1024),  # no room left
    ],
)
def test_the_student_reads_whose_picture_it_is(caption, read):
    send(api.ticket(), caption=caption)
    wire = Message.objects.get()
    assert (wire.text, wire.payload["image"].get("caption", "")) == (read, read)


def test_the_file_can_be_fetched_again_by_who_may_see_tickets():
    ticket = api.ticket()
    client = api.client()
    address = send(ticket, client=client).json()["media"]["url"]
    fetched = client.get(address, headers={"Accept": "image/*"})
    assert b"".join(fetched.streaming_content) == PNG
    part = client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, PNG[:4])
    assert APIClient().get(address).status_code == 401
    assert api.client(api.staff("other", ("view_contact",))).get(address).status_code == 403


@pytest.mark.parametrize("state", [Media.State.WAITING, Media.State.FAILED])
def test_a_file_that_is_not_here_has_no_address(state):
    ticket = api.ticket()
    client = api.client()
    address = send(ticket, client=client).json()["media"]["url"]
    Media.objects.update(state=state)
    assert client.get(address).status_code == 404
    [message] = client.get(f"/api/support/tickets/{ticket.pk}").json()["messages"]
    assert message["media"]["url"] is None


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00", "run.exe", "WhatsApp takes pictures"),
        (b"", "empty.txt", "empty"),
        (PNG + b"x" * (5 * 1024 * 1024), "big.png", "at most 5 MB"),
    ],
)
def test_a_file_that_whatsapp_refuses_is_refused_in_words(content, name, sentence):
    answer = send(api.ticket(), content, name)
    assert answer.status_code == 400
    assert sentence in answer.json()["errors"]["file"][0]
    assert not Message.objects.exists()


def test_an_ended_chat_takes_no_file():
    ticket = api.ticket()
    services.end(ticket.pk, Actor("Test"))
    assert send(ticket).status_code == 409


def test_a_file_must_come_as_form_data():
    address = f"/api/support/tickets/{api.ticket().pk}/files"
    assert api.client().post(address, {"file": "x"}, format="json").status_code == 415
