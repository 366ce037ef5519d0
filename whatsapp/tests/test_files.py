"""Files follow their messages: fetched from Meta only, looked at, and given up with a sentence."""

import base64
import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone
from requests.adapters import BaseAdapter
from structlog.testing import capture_logs
from urllib3.exceptions import ProtocolError

from whatsapp import client, files
from whatsapp.models import Media, Message
from whatsapp.simulator.models import SimulatedMedia
from whatsapp.tests.lane import Interfering, misbehave, mount
from whatsapp.tests.phone import PNG, Phone

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


class Cdn(BaseAdapter):
    """A server that records what it is asked, and answers with `answers`, the last one for ever."""

    def __init__(self, *answers: tuple[int, bytes]) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.asked.append(request)
        response = requests.Response()
        response.status_code, content = (
            self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        )
        response.raw = io.BytesIO(content)
        response.headers["Location"] = "https://evil.example/file"
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        """Nothing is held open."""


class Breaking(Cdn):
    """A server whose answer ends in the middle."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        response = super().send(request)
        response.raw = BrokenLine()
        return response


class BrokenLine:
    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield b"half"
        raise ProtocolError("The line broke.")

    def close(self) -> None:
        """Nothing is held open."""

    release_conn = close


def points_to(url: str) -> Cdn:
    """Graph says that every file is at `url`."""
    graph = Cdn((200, b'{"url": "%s"}' % url.encode()))
    mount(graph)
    return graph


def fetched() -> Media:
    files.fetch_due()
    return Media.objects.get()


def test_a_file_is_fetched_and_what_it_is_follows_from_its_bytes(phone: Phone):
    phone.send_file("image", PNG, "photo.jpg", "image/jpeg", caption="Look")
    assert Message.objects.get().text == "Look"

    media = fetched()
    assert (media.state, media.mime_type, media.size) == ("stored", "image/png", len(PNG))
    with media.file.open() as file:
        assert file.read() == PNG
    assert media.sha256 == SimulatedMedia.objects.get().sha256
    assert media.file.name.endswith(".png")


def test_what_claims_to_be_a_picture_but_is_not_is_stored_as_bytes(phone: Phone):
    phone.send_file("image", b"<script>alert(1)</script>", "photo.png", "image/png")

    media = fetched()
    assert media.mime_type == "application/octet-stream"
    assert media.file.name.endswith(".bin")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\..\\b.exe", "\u202egnp.exe", "x" * 300])
def test_the_senders_name_has_no_say_in_the_path(phone: Phone, name: str):
    phone.send_file("document", PDF, name, "application/pdf")

    media = fetched()
    assert media.state == "stored"
    assert name.strip("./") not in media.file.name
    assert media.file.path.startswith(str(django_settings.MEDIA_ROOT))


def test_a_name_cannot_be_read_backwards(phone: Phone):
    phone.send_file("document", PDF, "report\u202efdp.exe\u2066.pdf", "application/pdf")

    assert fetched().name == "reportfdp.exe.pdf"


FOREIGN = [
    "https://evil.example/file",
    "http://lookaside.fbsbx.com/file",  # not encrypted
    "https://evilfbsbx.com/file",
    "https://lookaside.fbsbx.com.evil.example/file",
    "https://lookaside.fbsbx.com@evil.example/file",
    "https://evil.example\\\\@lookaside.fbsbx.com/file",
    "https://evil.example#@lookaside.fbsbx.com/file",
    "http://127.0.0.1/file",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/file",
    "http://2130706433/file",
    "https://user:word@lookaside.fbsbx.com/file",
    "file:///etc/passwd",
    "//evil.example/file",
    "",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_a_place_that_is_not_metas_is_never_asked_and_never_sees_the_token(phone: Phone, url: str):
    phone.send_image()
    points_to(url)
    elsewhere = Cdn((200, PNG))
    for scheme in ("http://127", "http://169", "http://[", "http://2", "http://look", "https://"):
        client.session().mount(scheme, elsewhere)

    media = fetched()
    assert elsewhere.asked == []
    assert media.state == "failed"
    assert media.error == files.NOT_METAS


@pytest.mark.parametrize(
    "url", ["https://lookaside.fbsbx.com/a?mid=1", "https://scontent.xx.fbcdn.net/v/a"]
)
def test_metas_own_places_are_asked_with_the_token(phone: Phone, url: str):
    phone.send_image()
    points_to(url)
    meta = Cdn((200, PNG))
    client.session().mount("https://", meta)

    assert fetched().state == "stored"
    (request,) = meta.asked
    assert request.headers["Authorization"] == f"Bearer {django_settings.WHATSAPP_ACCESS_TOKEN}"


def test_a_redirect_is_not_followed(phone: Phone):
    phone.send_image()
    points_to("https://lookaside.fbsbx.com/a")
    meta = Cdn((302, b""))
    client.session().mount("https://", meta)

    assert fetched().state == "waiting"
    assert len(meta.asked) == 1


def test_a_file_that_does_not_end_is_cut_off_at_the_limit(phone: Phone, settings):
    settings.WHATSAPP_MEDIA_MAX_BYTES = 200_000
    phone.send_image()
    points_to("https://lookaside.fbsbx.com/a")
    endless = Cdn((200, b"x" * 10_000_000))
    client.session().mount("https://", endless)

    media = fetched()
    assert (media.state, media.error) == ("failed", "This file is larger than 100 MB.")
    assert not media.file


def test_a_file_that_is_not_there_yet_is_fetched_later_over_a_fresh_link(phone: Phone, clock):
    phone.send_image()
    graph = points_to("https://lookaside.fbsbx.com/a")
    client.session().mount("https://", Cdn((404, b""), (404, b""), (200, PNG)))
    for expected in ("waiting", "waiting", "stored"):
        assert fetched().state == expected
        clock.shift(timedelta(minutes=1))

    assert len(graph.asked) == 3


def test_the_pauses_between_tries_grow(phone: Phone, clock):
    phone.send_image()
    points_to("https://lookaside.fbsbx.com/a")
    client.session().mount("https://", Cdn((404, b"")))
    pauses = []
    for _ in range(4):
        pauses.append(fetched().due_at - timezone.now())
        assert files.fetch_due() == 0, "It must pause first."
        clock.shift(pauses[-1])

    assert pauses == sorted(set(pauses))


def test_a_file_that_never_comes_is_given_up_with_a_sentence(phone: Phone, clock):
    phone.send_image()
    SimulatedMedia.objects.all().delete()
    tries = 0
    while files.fetch_due():
        tries += 1
        clock.shift(timedelta(hours=1))

    media = Media.objects.get()
    assert tries == files.ATTEMPTS
    assert media.state == "failed"
    assert "Ask the student to send it again" in media.error


def test_while_graph_is_away_nothing_is_given_up(phone: Phone, clock):
    phone.send_image()
    misbehave(refuse_connection_percent=100)
    assert fetched().state == "waiting"

    misbehave()
    clock.shift(timedelta(minutes=1))
    assert fetched().state == "stored"


def test_one_file_that_fails_does_not_keep_the_next_from_being_fetched(phone: Phone):
    phone.send_image()
    SimulatedMedia.objects.all().delete()
    phone.send_document(PDF)
    files.fetch_due()

    assert list(Media.objects.order_by("id").values_list("state", flat=True)) == [
        "waiting",
        "stored",
    ]


def test_a_line_that_breaks_half_way_is_tried_again(phone: Phone, clock):
    points_to("https://lookaside.fbsbx.com/file")
    cdn = Breaking((200, PNG))
    client.session().mount("https://lookaside.fbsbx.com", cdn)
    phone.send_image()

    media = fetched()
    assert (media.state, media.error) == ("waiting", "The line broke.")


def test_the_next_file_is_claimed_only_once_the_one_before_it_is_fetched(phone: Phone):
    states: list[int] = []
    adapter = Interfering(lambda: states.append(Media.objects.filter(attempts=1).count()))
    mount(adapter)
    phone.send_image()
    phone.send_document(PDF)
    assert files.fetch_due() == 2

    assert states[0] == 1
    assert states[-1] == 2


def test_a_worker_that_was_too_slow_overwrites_nothing(phone: Phone):
    phone.send_image()
    (slow,) = Media.objects.all()
    assert files._claim(slow)
    Media.objects.update(due_at=timezone.now())  # the lease has run out
    assert fetched().state == "stored"
    stored = Media.objects.get()

    files._fetch(slow)
    files._try_later(slow, "too late")
    files._give_up(slow, "too late")
    media = Media.objects.get()
    assert (media.state, media.error, media.file.name) == ("stored", "", stored.file.name)
    folder = Path(stored.file.path).parent
    assert [path.name for path in folder.iterdir()] == [Path(stored.file.path).name]


def test_a_file_is_never_fetched_inside_a_transaction(phone: Phone):
    with transaction.atomic(), pytest.raises(RuntimeError):
        client.open_media("https://lookaside.fbsbx.com/file")


def test_a_file_that_another_worker_fetches_is_left_to_it(phone: Phone):
    phone.send_image()
    (mine,) = Media.objects.all()
    (theirs,) = Media.objects.all()

    assert files._claim(theirs)
    assert not files._claim(mine)
    assert files.fetch_due() == 0


def announced(phone: Phone, checksum: str) -> None:
    """A picture comes, with this checksum in its webhook."""
    phone.send_image()
    Media.objects.update(sha256=checksum)


def test_a_file_that_is_not_the_announced_one_is_fetched_again(phone: Phone, clock):
    phone.send_image()
    points_to("https://lookaside.fbsbx.com/a")
    client.session().mount("https://", Cdn((200, PNG[:-1]), (200, PNG)))
    assert fetched().state == "waiting"
    assert not Media.objects.get().file

    clock.shift(timedelta(minutes=1))
    media = fetched()
    assert media.state == "stored"
    assert media.file.size == len(PNG)


def test_what_meta_insists_on_is_kept_and_the_log_says_so(phone: Phone, clock):
    announced(phone, "0" * 64)
    with capture_logs() as logs:
        for expected in ("waiting", "waiting", "stored"):
            assert fetched().state == expected
            clock.shift(timedelta(minutes=1))
    assert [log["event"] for log in logs if log["log_level"] == "warning"] == ["file_differs"] * 3
    assert Media.objects.get().sha256 == hashlib.sha256(PNG).hexdigest()


@pytest.mark.parametrize(
    "checksum",
    [
        base64.b64encode(hashlib.sha256(PNG).digest()).decode(),
        hashlib.sha256(PNG).hexdigest(),
        hashlib.sha256(PNG).hexdigest().upper(),
        "",
        "not a checksum",
        "é" * 44,
        "MD5:d41d8cd98f00b204e9800998ecf8427e",
    ],
)
def test_a_checksum_that_is_right_or_cannot_be_read_holds_nothing_up(phone: Phone, checksum: str):
    announced(phone, checksum)
    assert fetched().state == "stored"
