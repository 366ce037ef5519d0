"""Sound that an agent sends: a voice note if it can be one, else a file with sound."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from support.models import SupportTicket
from support.tests import desk
from whatsapp import sound
from whatsapp.models import Media, Message
from whatsapp.models.message import Direction
from whatsapp.simulator.models import SimulatedMedia
from whatsapp.tests.phone import Phone

MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\x00" * 64


def ogg(head: bytes) -> bytes:
    """The first page of an OGG file with `head` in it."""
    page = b"OggS\x00\x02" + b"\x00" * 20 + bytes([1, len(head)])
    return page + head + b"\x00" * 64


def opus(channels: int = 1) -> bytes:
    return ogg(b"OpusHead\x01" + bytes([channels]) + b"\x38\x01\x80\xbb\x00\x00\x00\x00\x00")


VORBIS = ogg(b"\x01vorbis" + b"\x00" * 23)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (opus(), True),
        (opus(channels=2), False),
        (VORBIS, False),
        (MP3, False),
        (b"OggS", False),
        (b"OggS" + b"\xff" * 23, False),
        (b"", False),
    ],
)
def test_a_voice_note_is_known_by_its_bytes(content: bytes, expected: bool) -> None:
    assert sound.is_voice_note(content) is expected


@pytest.fixture
def chat(john: Phone, settings) -> SupportTicket:
    settings.SUPPORT_UNDO = timedelta(0)  # what is attached leaves at once
    john.say("support")
    john.say("Please explain it.")
    return SupportTicket.objects.get()


def attach(chat: SupportTicket, agent: User, name: str, content: bytes) -> str:
    file = SimpleUploadedFile(name, content)
    return desk.compose(desk.browser(agent), chat, file=file).content.decode()


def test_opus_arrives_as_a_voice_note(
    john: Phone, chat: SupportTicket, agent: User, work: Callable[[], None]
) -> None:
    attach(chat, agent, "answer.ogg", opus())
    work()
    assert (john.last.media_kind, john.last.is_voice) == ("audio", True)
    assert SimulatedMedia.objects.get().mime_type == "audio/ogg; codecs=opus"
    assert Media.objects.get().voice


@pytest.mark.parametrize(("name", "content"), [("a.mp3", MP3), ("a.ogg", opus(channels=2))])
def test_other_sound_arrives_as_sound(
    john: Phone,
    chat: SupportTicket,
    agent: User,
    work: Callable[[], None],
    name: str,
    content: bytes,
) -> None:
    attach(chat, agent, name, content)
    work()
    assert (john.last.media_kind, john.last.is_voice) == ("audio", False)


def test_sound_that_whatsapp_cannot_play_is_refused_with_a_way_out(
    chat: SupportTicket, agent: User
) -> None:
    assert "Send it as MP3." in attach(chat, agent, "song.ogg", VORBIS)
    assert not Media.objects.exists()


def test_the_simulated_meta_refuses_a_voice_note_that_is_none(
    john: Phone, chat: SupportTicket, agent: User, work: Callable[[], None]
) -> None:
    attach(chat, agent, "a.mp3", MP3)
    message = Message.objects.get(direction=Direction.OUTBOUND, kind="audio")
    message.payload["audio"]["voice"] = True
    message.save()
    work()
    message.refresh_from_db()
    assert message.error_code == 131053
