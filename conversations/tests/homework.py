"""Students who hand in homework, tutors who solve it, and photos of paper."""

import io
import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, User
from django.utils import timezone
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from conversations import homework
from conversations.models import Homework, Student, Tutor
from support.services import Actor
from whatsapp import contacts
from whatsapp.models import Contact


def paper(width: int = 900, height: int = 1200) -> Image.Image:
    """A sharp, well lit photo of a written page."""
    picture, chance = Image.new("RGB", (width, height), (236, 234, 228)), random.Random(width)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(height // 40)
    for line in range(height // 40, height, height // 26):
        words = "".join(chance.choice("abcdefgh ikmnoprstu") for _ in range(70))
        draw.text((width // 20, line), words, fill=(35, 35, 60), font=font)
    return picture


def dark(picture: Image.Image) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(0.2)


def blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(9))


def encoded(picture: Image.Image, picture_format: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, picture_format)
    return buffer.getvalue()


PHOTO = encoded(paper())
DARK_PHOTO = encoded(dark(paper()))


def student(number: int = 1, name: str = "Ada Obi", *, hours_ago: float = 1) -> Student:
    """A registered student who last wrote `hours_ago`."""
    contact: Contact = contacts.of_phone(f"+234803000{number:04}", name)
    contact.last_inbound_at = timezone.now() - timedelta(hours=hours_ago)
    contact.save()
    return Student.objects.create(contact=contact, name=name, class_name="SS2")


def handed_in(by: Student | None = None, subject: str = "Maths", **fields: Any) -> Homework:
    made = homework.submit(by or student(), subject, fields.pop("text", "2x = 8"), ())
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def tutor(username: str, subjects: str = "", max_open: int = 10) -> User:
    user = User.objects.create_user(username, is_staff=True)
    user.groups.add(Group.objects.get(name="Agent"))
    Tutor.objects.create(user=user, subjects=subjects, max_open=max_open)
    return user


def answered(made: Homework, by: User, text: str = "x = 4", **fields: Any) -> Any:
    return homework.answer(made.pk, Actor.of(by), text, token=uuid4(), **fields)
