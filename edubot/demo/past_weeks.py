"""Chats of the last four weeks, all ended: something to search, and for reports to show."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from support.models import (
    Category,
    EventKind,
    Rating,
    SenderType,
    SupportMessage,
    SupportTicket,
    TicketEvent,
    TicketStatus,
)
from support.services import STUDENT, Actor
from whatsapp.contacts import of_phone
from whatsapp.models import Contact

DAYS = 28
FIRST_NUMBER = 2348035550100
STUDENTS = (
    *("Adaeze Obi", "Ibrahim Sani", "Kemi Adeyemi", "Yusuf Bello", "Chiamaka Eze", "Segun Lawal"),
    *("Halima Musa", "Obinna Okeke", "Funke Balogun", "David Etim", "Zainab Aliyu", "Uche Nnamdi"),
    *("Grace Effiong", "Musa Danjuma", "Ife Oladipo", "Samuel Ojo", "Amaka Igwe", "Bola Salami"),
)
# Category, what the student asks, what the team answers.
TOPICS = (
    ("Payment", "I paid but my subscription is not active", "It is active now. Please look again."),
    ("Payment", "Can I pay by bank transfer?", "Yes: choose Transfer on the payment page."),
    ("Payment", "I was charged twice", "One payment was returned; the bank takes two days."),
    ("Homework", "When will my essay be corrected?", "This evening, your tutor says."),
    ("Homework", "My pictures do not upload", "Please send them one by one, it works for us."),
    (
        "Homework",
        "I handed in the wrong page",
        "We have removed it. Send the right one.",
    ),
    ("Account", "My class is wrong", "We have changed it for you."),
    ("Account", "I have a new phone number", "Write to us from it and we put both together."),
    ("Other", "Are you open during the holidays?", "Every day but Sunday, from 8 to 20."),
)
HOURS = (*range(8, 20), *(9, 10, 10, 16, 17, 17, 18, 18, 19))  # many before and after school
RATINGS = (*[Rating.GOOD] * 6, Rating.BAD, *[""] * 3)
BLAME = "It took too long"


@dataclass(frozen=True)
class Scene:
    """Who asked what, and what the team answered."""

    contact: Contact
    category: Category
    question: str
    answer: str


def create_past(agents: list[User]) -> None:
    """Some tickets for each of the `DAYS` before today, answered by `agents`; once."""
    if Contact.objects.filter(phone=f"+{FIRST_NUMBER}").exists():
        return
    dice = random.Random(28)  # noqa: S311  # the same for everybody who looks
    with transaction.atomic():
        contacts = [
            of_phone(f"+{FIRST_NUMBER + number}", name) for number, name in enumerate(STUDENTS)
        ]
        categories = {category.name: category for category in Category.objects.all()}
        for opened in _openings(dice):
            name, question, answer = dice.choice(TOPICS)
            scene = Scene(dice.choice(contacts), categories[name], question, answer)
            _play(dice, scene, dice.choice(agents), opened)


def _openings(dice: random.Random) -> Iterator[datetime]:
    """When tickets were opened, the oldest first; fewer at weekends, and more lately."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for days_ago in range(DAYS, 0, -1):
        day = today - timedelta(days=days_ago)
        most = 2 if day.weekday() > 4 else 6
        count = dice.randint(1, most) - days_ago // 20
        minutes = (60 * dice.choice(HOURS) + dice.randrange(60) for _ in range(count))
        yield from (day + timedelta(minutes=minute) for minute in sorted(minutes))


def _play(dice: random.Random, scene: Scene, agent: User, opened: datetime) -> None:
    contact = scene.contact
    answered = opened + timedelta(minutes=dice.choice((2, 4, 7, 9, 12, 18, 25, 40, 75)))
    ended = answered + timedelta(minutes=dice.choice((3, 8, 15, 30, 60, 120, 200)))
    by_agent, rating = dice.random() < 0.6, dice.choice(RATINGS)
    ticket = SupportTicket.objects.create(
        contact=contact,
        phone_number=contact.phone,
        sender_name=contact.name,
        issue_description=scene.question,
        status=TicketStatus.RESOLVED if by_agent else TicketStatus.CLOSED,
        category=scene.category,
        assigned_admin=agent,
        assigned_at=answered,
        created_at=opened,
        first_response_at=answered,
        resolved_at=ended if by_agent else None,
        closed_at=ended,
        last_message_at=answered,
        last_words=scene.answer,
        rating=rating,
        rating_comment=BLAME if rating == Rating.BAD else "",
    )
    _say(ticket, SenderType.USER, contact.name, scene.question, opened)
    _say(ticket, SenderType.ADMIN, Actor.of(agent).name, scene.answer, answered, agent)
    _note_events(ticket, Actor.of(agent), answered, ended)


def _say(
    ticket: SupportTicket,
    sender_type: SenderType,
    name: str,
    words: str,
    at: datetime,
    author: User | None = None,
) -> None:
    SupportMessage.objects.create(
        ticket=ticket,
        sender_type=sender_type,
        sender_name=name,
        author=author,
        message=words,
        created_at=at,
    )


def _note_events(ticket: SupportTicket, agent: Actor, answered: datetime, ended: datetime) -> None:
    """The history, as if each had been done at its time."""
    ender = agent if ticket.resolved_at else STUDENT
    acts = [
        (EventKind.OPENED, STUDENT, ticket.created_at, "", ""),
        (EventKind.ANSWERED, agent, answered, "OPEN", "IN_PROGRESS"),
        (EventKind.ENDED, ender, ended, "IN_PROGRESS", ticket.status),
    ]
    if ticket.rating:
        acts.append((EventKind.RATED, STUDENT, ended, "", ticket.rating))
    TicketEvent.objects.bulk_create(
        TicketEvent(
            ticket=ticket,
            kind=kind,
            actor=actor.user,
            actor_name=actor.name,
            before=before,
            after=after,
            created_at=at,
        )
        for kind, actor, at, before, after in acts
    )
