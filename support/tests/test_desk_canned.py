"""Ready-made replies whose file goes along with the answer."""

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from support.models import CannedReply, SupportTicket
from support.tests import desk
from whatsapp.models import Media
from whatsapp.tests.phone import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def way() -> CannedReply:
    return CannedReply.objects.create(
        shortcut="way",
        text="This way, {{ name }}",
        file=ContentFile(PNG, "way.png"),
        file_kind="image",
        mime_type="image/png",
    )


def test_its_file_goes_along_with_the_words_as_they_were_changed(
    agent: User, ticket: SupportTicket, way: CannedReply
) -> None:
    quoted = ticket.messages.get()
    client = desk.browser(agent)
    desk.compose(client, ticket, "This way, please", canned=way.pk, quoting=quoted.pk)
    said = ticket.messages.latest("id")
    assert said.message == "This way, please"
    assert said.wire is not None
    assert (said.wire.kind, said.wire.reply_to) == ("image", quoted.wire)
    assert Media.objects.get().file.name != way.file.name


def test_it_may_go_without_words_and_with_other_files(
    agent: User, ticket: SupportTicket, way: CannedReply
) -> None:
    other = SimpleUploadedFile("other.png", PNG)
    desk.compose(desk.browser(agent), ticket, "", canned=way.pk, file=other)
    names = list(Media.objects.order_by("id").values_list("name", flat=True))
    assert names[0].startswith("way")
    assert names[1:] == ["other.png"]


def test_the_same_form_twice_sends_it_once(
    agent: User, ticket: SupportTicket, way: CannedReply
) -> None:
    token = "5f0b5b0e-5b1f-4a43-9a39-6f5b6f4d6a11"
    for _ in range(2):
        desk.compose(desk.browser(agent), ticket, "Hi", canned=way.pk, token=token)
    assert Media.objects.count() == 1


def test_a_note_carries_none(agent: User, ticket: SupportTicket, way: CannedReply) -> None:
    client = desk.browser(agent)
    response = desk.compose(client, ticket, "Hi", canned=way.pk, mode="note")
    assert "A note cannot carry a file." in response.content.decode()


def test_a_reply_that_is_gone_is_said_so(
    agent: User, ticket: SupportTicket, way: CannedReply
) -> None:
    client, number = desk.browser(agent), way.pk
    way.delete()
    response = desk.compose(client, ticket, "Hi", canned=number)
    assert "is gone. Choose again." in response.content.decode()
    assert desk.outgoing(ticket) == []


def test_the_box_says_which_file_a_reply_brings(
    agent: User, ticket: SupportTicket, way: CannedReply
) -> None:
    html = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert f'data-file="{way.file_name}"' in html
    assert 'data-text="This way, John"' in html
