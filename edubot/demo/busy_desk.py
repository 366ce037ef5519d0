"""A desk as it looks on a busy morning, for a first look."""

import io
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from support import services
from support.models import Category, EventKind, Priority, SenderType, SupportMessage, SupportTicket
from support.services import Actor, answering
from whatsapp.contacts import of_phone
from whatsapp.models import Contact, Media, Message
from whatsapp.models.message import Author, Direction, Status
from whatsapp.outgoing import Text
from whatsapp.simulator import phones
from whatsapp.simulator.models import Direction as Side
from whatsapp.simulator.models import SimulatedPhone, Tick

LATE = (EventKind.ENDED, EventKind.RATED)
EARLY = (EventKind.ASSIGNED, EventKind.PRIORITY, EventKind.CATEGORY)
SOON = timedelta(seconds=30)  # after the first words, before the next ones
STUDENT, TEAM, NOTE, PICTURE = "student", "team", "note", "picture"


@dataclass(frozen=True)
class Scene:
    """A chat: who, how it stands, and what was said how many minutes ago."""

    name: str
    said: tuple[tuple[int, str, str], ...]
    category: str = ""
    priority: str = Priority.MEDIUM
    mine: bool = False
    ended: bool = False
    failed: str = ""


SCENES = (
    Scene(
        "Chinedu Okafor",
        (
            (96, STUDENT, "Good morning. I paid yesterday but my subscription still says No."),
            (95, PICTURE, "This is the receipt"),
            (61, TEAM, "Good morning Chinedu, thank you for the receipt. I am asking finance."),
            (60, NOTE, "Reference looks right. Finance confirms by 11."),
            (14, STUDENT, "Thank you ma. My homework is due at noon, please hurry 🙏"),
            (13, STUDENT, "Should I pay again?"),
        ),
        "Payment",
        Priority.URGENT,
        mine=True,
    ),
    Scene(
        "فاطمة الزهراء",
        ((34, STUDENT, "السلام عليكم، لا أستطيع تسجيل الدخول إلى حسابي منذ أمس"),),
        "Account",
        Priority.HIGH,
    ),
    Scene(
        "Oluwaseun Adébáyọ̀-Oyèníyì Jr.",
        ((22, STUDENT, "Please how do I send more than one page of homework at once?"),),
        "Homework",
    ),
    Scene(
        "Blessing Eze",
        (
            (1330, STUDENT, "The solution to question 4b does not match my textbook"),
            (1290, TEAM, "Which textbook do you use? Please send a photo of the page."),
            (1250, STUDENT, "New General Mathematics, page 112. Photo follows"),
        ),
        "Homework",
        mine=True,
    ),
    Scene(
        "Tunde Bakare",
        (
            (52, STUDENT, "Can I change my class from SS1 to SS2?"),
            (40, TEAM, "Of course! Write *update* in the menu and send the new class."),
        ),
        "Account",
        mine=True,
        failed="WhatsApp could not deliver this message. Try again in a few minutes.",
    ),
    Scene("Amina Yusuf", ((6, STUDENT, "Is somebody there?"), (5, STUDENT, "Hello??")), "", "LOW"),
    Scene(
        "Ngozi Umeh",
        (
            (3100, STUDENT, "My tutor's answer never came"),
            (3050, TEAM, "It was in your messages of Tuesday; I have sent it once more."),
            (3000, STUDENT, "Got it, thanks a lot!"),
        ),
        "Homework",
        ended=True,
    ),
    Scene(
        "Emeka Nwosu",
        ((240, STUDENT, "What does it cost?"), (231, TEAM, "₦5,000 a month, Emeka.")),
        "Payment",
        ended=True,
    ),
)


def create_colleague() -> User:
    """Chidi, who has some of the tickets."""
    colleague, _ = User.objects.get_or_create(
        username="chidi", defaults={"first_name": "Chidi", "is_staff": True}
    )
    colleague.groups.add(Group.objects.get(name="Agent"))
    return colleague


def create_desk(user: User, colleague: User) -> None:
    """The tickets of `SCENES`, some `user`'s and some `colleague`'s; once."""
    for number, scene in enumerate(SCENES, 1):
        digits = f"23480355500{number:02}"
        contact = of_phone(f"+{digits}", scene.name)
        if not contact.tickets.exists():
            phones.create(scene.name, digits)
            _play(scene, contact, user if scene.mine else colleague)


def _play(scene: Scene, contact: Contact, agent: User) -> None:
    opened = timezone.now() - timedelta(minutes=scene.said[0][0])
    ticket = services.open_ticket(contact, services.STUDENT, sender_name=scene.name, at=opened)
    SupportTicket.objects.filter(pk=ticket.pk).update(waiting_since=None)
    ticket.refresh_from_db()
    for minutes, kind, words in scene.said:
        _say(ticket, agent, minutes, kind, words, scene.failed)
    if scene.mine or scene.ended:
        services.assign(ticket.pk, Actor.of(agent), agent)
    services.set_priority(ticket.pk, Actor.of(agent), scene.priority)
    services.set_category(
        ticket.pk, Actor.of(agent), Category.objects.filter(name=scene.category).first()
    )
    if scene.ended:
        _end(ticket)
    ticket.events.filter(kind__in=EARLY).update(created_at=opened + SOON)
    SupportTicket.objects.filter(pk=ticket.pk).update(created_at=opened)


def _end(ticket: SupportTicket) -> None:
    """Right after the last words, with a good rating."""
    services.end_by_student(ticket.pk)
    services.rate(ticket.pk, "good")
    ticket.refresh_from_db()
    at = (ticket.last_message_at or timezone.now()) + SOON
    SupportTicket.objects.filter(pk=ticket.pk).update(closed_at=at)
    ticket.events.filter(kind__in=LATE).update(created_at=at)


def _say(
    ticket: SupportTicket, agent: User, minutes: int, kind: str, words: str, failed: str
) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    if kind == NOTE:
        note = services.note(ticket.pk, Actor.of(agent), words)
        SupportMessage.objects.filter(pk=note.pk).update(created_at=at)
    elif kind == TEAM:
        _answer(ticket, agent, words, at, failed)
    else:
        _hear(ticket, words, at, with_picture=kind == PICTURE)
    ticket.refresh_from_db()


def _hear(ticket: SupportTicket, words: str, at: Any, *, with_picture: bool) -> None:
    wamid = f"wamid.demo.{uuid.uuid4().hex}"
    wire = Message.objects.create(
        contact=ticket.contact,
        direction=Direction.INBOUND,
        author=Author.CONTACT,
        kind="image" if with_picture else "text",
        text=words,
        status=Status.HANDLED,
        wamid=wamid,
        wamid_digest=wamid[-64:],
        occurred_at=at,
    )
    if with_picture:
        media = Media(
            message=wire, state=Media.State.STORED, mime_type="image/png", name="receipt.png"
        )
        media.file.save("receipt.png", ContentFile(_receipt()))
    Contact.objects.filter(pk=ticket.contact_id).update(last_inbound_at=at)
    services.add_from_student(ticket, wire)
    phone = _on_phone(ticket, Side.FROM_STUDENT, wamid, words, at)
    phone.last_wrote_at = at
    phone.save(update_fields=["last_wrote_at"])


def _on_phone(ticket: SupportTicket, side: Side, wamid: str, words: str, at: Any) -> SimulatedPhone:
    """The bubble on the student's own phone, which the simulator shows."""
    phone = SimulatedPhone.objects.get(number=ticket.phone_number.removeprefix("+"))
    phones.add(phone, side, wamid, {"type": "text", "text": {"body": words}}, at=at)
    phones.tick(wamid, Tick.READ)
    return phone


def _answer(ticket: SupportTicket, agent: User, words: str, at: Any, failed: str) -> None:
    """As it stands after delivery: nothing of it is sent now, but what failed can be sent again."""
    sent = Text(f"{answering.TEAM}: {words}")
    wire = Message.objects.create(
        contact=ticket.contact,
        direction=Direction.OUTBOUND,
        author=Author.AGENT,
        kind="text",
        text=sent.text,
        payload=sent.wire(),
        status=Status.FAILED if failed else Status.READ,
        error=failed,
        occurred_at=at,
    )
    if not failed:
        _on_phone(ticket, Side.FROM_BUSINESS, phones.new_wamid(), sent.text, at)
    SupportMessage.objects.create(
        ticket=ticket,
        sender_type=SenderType.ADMIN,
        sender_name=Actor.of(agent).name,
        author=agent,
        message=words,
        wire=wire,
        created_at=at,
    )
    SupportTicket.objects.filter(pk=ticket.pk).update(
        status="IN_PROGRESS",
        first_response_at=at,
        waiting_since=None,
        unread_count=0,
        last_message_at=at,
        last_words=words[:150],
    )


def _receipt() -> bytes:
    picture = Image.new("RGB", (420, 520), "#fdfcf8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 396, 496), outline="#c9c4b5", width=2)
    lines = ("PAYMENT RECEIPT", "", "EduBot subscription", "NGN 5,000.00", "Ref. EB-20413", "PAID")
    for row, line in enumerate(lines):
        pen.text((60, 70 + row * 60), line, fill="#22303a", font_size=26)
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    return stored.getvalue()
