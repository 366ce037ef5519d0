"""Whatever a student writes is shown as text: in no page does it become an element."""

import hashlib
import json
import time
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from conversations.models import Conversation, Homework, HomeworkPage, Student
from support.models import SupportTicket
from support.tests import desk
from whatsapp.models import Contact, Media, Message, Receipt
from whatsapp.signature import sign
from whatsapp.tests import webhooks

pytestmark = pytest.mark.django_db

# Out of text, out of attributes with and without quotes, out of script, textarea and comment.
HOSTILE = (
    "<xss></xss>\"'><xss a=1> x=\"' xss='1' xss=1 </textarea></title></script><xss><!--"
    ' javascript:xss() http://a.example/"xss="1 {{ 7|add:7 }}{% xss %}'
)
SHOWN = "&lt;xss&gt;"
CARD = {"name": {"formatted_name": HOSTILE}, "phones": [{"phone": HOSTILE}]}
PLACE = {"latitude": 6.5, "longitude": 3.4, "name": HOSTILE, "address": HOSTILE}
FORM = {"type": "nfm_reply", "nfm_reply": {"response_json": json.dumps({HOSTILE: HOSTILE})}}
MESSAGES = [
    ("text", {"body": HOSTILE}),
    ("image", {"id": "1", "caption": HOSTILE, "mime_type": HOSTILE}),
    ("document", {"id": "2", "caption": HOSTILE, "filename": HOSTILE}),
    ("contacts", [CARD]),
    ("location", PLACE),
    ("button", {"text": HOSTILE, "payload": HOSTILE}),
    ("interactive", {"type": "button_reply", "button_reply": {"id": HOSTILE, "title": HOSTILE}}),
    ("interactive", FORM),
    ("order", {"text": HOSTILE, "product_items": [{"product_retailer_id": HOSTILE}]}),
    ("reaction", {"emoji": HOSTILE, "message_id": "wamid.unknown"}),
    ("system", {"body": HOSTILE, "type": HOSTILE}),
    (HOSTILE, {"caption": HOSTILE}),
]
# Half an emoji, as Meta writes one that it has cut: JSON can say it, UTF-8 cannot.
HALF = "\ud83d"


class Elements(HTMLParser):
    """Collects what a browser would take for somebody's own element, attribute or script."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "xss":
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            runs = name in ("href", "src") and (value or "").strip().lower().startswith(
                ("javascript:", "data:")
            )
            if "xss" in name or name.startswith("on") or runs:
                self.found.append(f"<{tag} {name}={value!r}>")


def hostile_elements(html: str) -> list[str]:
    parser = Elements()
    parser.feed(html)
    return parser.found


def hear(client: Client, work, *items: webhooks.Item) -> None:
    """Post the messages as a signed webhook, and handle them."""
    sender = webhooks.contact(HOSTILE, username=HOSTILE, user_id=f"NG.{HOSTILE[:100]}")
    now = str(int(time.time()))
    envelope = webhooks.envelope(
        *({**item, "timestamp": now} for item in items), contacts=[sender], metadata={}
    )
    post(client, webhooks.body(envelope))
    work()


def post(client: Client, body: bytes) -> None:
    answer = client.post(
        "/webhooks/whatsapp",
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": sign(body, settings.WHATSAPP_APP_SECRET)},
    )
    assert answer.status_code == 200


@pytest.fixture
def hostile_student(client: Client, work) -> SupportTicket:
    """A chat in which a student has tried every kind of message."""
    hear(client, work, webhooks.text("support"))
    hear(client, work, *(webhooks.message(kind, content) for kind, content in MESSAGES))
    ticket = SupportTicket.objects.get()
    student = Student.objects.create(
        contact=ticket.contact, name=HOSTILE[:80], class_name=HOSTILE[:30], email=HOSTILE
    )
    homework = Homework.objects.create(
        reference="HW-1", student=student, subject=HOSTILE[:60], text=HOSTILE
    )
    wire = Message.objects.filter(media__isnull=False).latest("id")
    HomeworkPage.objects.create(homework=homework, number=1, message=wire)
    Conversation.objects.update(draft={HOSTILE: HOSTILE})
    Media.objects.update(state=Media.State.STORED, mime_type="image/png")
    Message.objects.filter(pk=wire.pk).update(traceback=HOSTILE, reason={HOSTILE: HOSTILE})
    Receipt.objects.filter(pk=Receipt.objects.latest("id").pk).update(error=HOSTILE)
    return ticket


def pages(ticket: SupportTicket) -> list[str]:
    """Every list with its search and filters, every row with its history, and the ticket."""
    pulse = f"/admin/support/desk/pulse?ticket={ticket.pk}"
    found = [desk.page(ticket), pulse, "/admin/support/desk/?tab=all&q=xss", "/admin/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{name}_changelist"), reverse(f"{name}_changelist") + "?q=%3Cxss%3E"]
        for instance in model._default_manager.all()[:15]:
            found += [
                reverse(f"{name}_{page}", args=[instance.pk]) for page in ("change", "history")
            ]
    return found


def test_the_search_for_hostile_elements_finds_them() -> None:
    assert len(hostile_elements('<xss><img xss=1 onerror="x"><a href=" JavaScript:x">')) == 4


def test_nothing_a_student_writes_becomes_an_element(
    hostile_student: SupportTicket, agent: User
) -> None:
    client = desk.browser(agent)
    shown, found = 0, {}
    for address in pages(hostile_student):
        html = client.get(address, follow=True).content.decode()
        shown += SHOWN in html
        if elements := hostile_elements(html):
            found[address] = elements
    assert found == {}
    assert shown > 20, "The hostile words are hardly shown at all: this test looks at nothing."


def test_every_kind_of_message_reaches_the_thread(
    hostile_student: SupportTicket, agent: User
) -> None:
    html = desk.browser(agent).get(desk.page(hostile_student)).content.decode()
    assert html.count(SHOWN) > len(MESSAGES)
    assert "{% xss %}" in html
    assert "14{" not in html


def test_asking_before_deleting_shows_text_too(agent: User) -> None:
    student = User.objects.create_user(HOSTILE, first_name=HOSTILE[:150])
    html = desk.browser(agent).get(f"/admin/auth/user/{student.pk}/delete/").content.decode()
    assert SHOWN in html
    assert hostile_elements(html) == []


def test_half_an_emoji_breaks_no_page(client: Client, work, agent: User) -> None:
    """What was never whole is stored as Meta sent it, and must still be looked at."""
    hear(client, work, webhooks.text(f"support {HALF}"), webhooks.message("odd", {HALF: HALF}))
    looking = desk.browser(agent)
    for address in pages_of(Message, Receipt, Contact):
        assert looking.get(address).status_code == 200, address


def quote_half_an_emoji(_message: Message) -> None:
    raise ValueError(HALF)


def test_half_an_emoji_in_an_exception_stops_no_worker(john, settings) -> None:
    """What is kept of the failure can be stored, so the message is tried again later."""
    settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.quote_half_an_emoji"
    john.say("hello")
    message = Message.objects.latest("id")
    assert message.attempts == 1
    assert "ValueError" in message.traceback


def pages_of(*models: type) -> list[str]:
    return [
        reverse(f"admin:whatsapp_{model._meta.model_name}_change", args=[row.pk])
        for model in models
        for row in model.objects.all()
    ]


def test_a_file_that_is_two_things_at_once_runs_as_neither(
    hostile_student: SupportTicket, agent: User
) -> None:
    """A GIF whose bytes are also a script: shown as the picture it claims to be, in a sandbox."""
    media = Media.objects.latest("id")
    content = b"GIF89a/*<script>xss()</script>*/=1;alert(1)"
    media.sha256, media.mime_type = hashlib.sha256(content).hexdigest(), "image/gif"
    media.file.save("file", ContentFile(content))
    answer = desk.browser(agent).get(reverse("admin:stored_file", args=[media.pk]))
    answer.close()
    assert answer["Content-Type"] == "image/gif"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"
