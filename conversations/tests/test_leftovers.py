"""Files leave with the rows that they belong to."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction

from conversations.homework import Attachment
from conversations.models import AnswerFile, Student
from conversations.tests import homework as tests
from whatsapp.kinds import Kind
from whatsapp.models import Contact, Media

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(agent: User) -> list[Path]:
    """A solution with a drawing: the tutor's file, and the copy of it that is on its way."""
    drawing = Attachment(
        ContentFile(b"\x89PNG", "drawing.png"), "drawing.png", Kind.IMAGE, "image/png"
    )
    tests.answered(tests.handed_in(), agent, attachments=[drawing])
    files = [AnswerFile.objects.get().file, Media.objects.get().file]
    return [Path(file.path) for file in files]


def test_a_deleted_person_takes_all_files_along(stored: list[Path]) -> None:
    assert all(path.exists() for path in stored)
    Contact.objects.all().delete()
    assert not any(path.exists() for path in stored)


def test_a_deletion_that_is_taken_back_loses_no_file(stored: list[Path]) -> None:
    with transaction.atomic():
        Student.objects.all().delete()
        transaction.set_rollback(True)
    assert AnswerFile.objects.exists()
    assert all(path.exists() for path in stored)
