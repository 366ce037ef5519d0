"""What the bot did not understand is noted, and staff teach it what that means."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from conversations import learning
from conversations.catalogues.intent import Intent
from conversations.models import FaqEntry, LearntWord, Student
from conversations.turn import Learnt
from whatsapp.transactions import unit_of_work


def note_later(words: str, language: str, state: str) -> None:
    """Count `words` (of `learning.words_of`) once more, when the caller's commit is done.

    The student's answer does not wait for it, nor for others who write the same. A count that is
    lost harms nobody.
    """
    transaction.on_commit(partial(_note, words, language, state), robust=True)


@unit_of_work
def _note(words: str, language: str, state: str) -> None:
    key, now = LearntWord.key(words), timezone.now()
    seen = {"count": F("count") + 1, "last_seen_at": now, "language": language, "state": state}
    if not LearntWord.objects.filter(digest=key).update(**seen):
        row = LearntWord(digest=key, words=words, language=language, state=state)
        LearntWord.objects.bulk_create([row], ignore_conflicts=True)


def problem(words: str, intent: Intent | None) -> str:
    """Like `learning.problem`; the names of our own students are refused too."""
    if found := learning.problem(words, intent):
        return found
    namesakes = Student.objects.filter(name__icontains=words.split()[0]).values_list("name")
    own = {part for (name,) in namesakes[:200] for part in name.casefold().split()}
    if own & set(words.split()):
        return f"“{words}” is the name of a student, and a name is never a command."
    return ""


def taught(words: str) -> Learnt | None:
    """What staff taught that `words` mean."""
    word = LearntWord.objects.filter(digest=LearntWord.key(words)).order_by().first()
    if word is None or not (word.intent or word.faq_entry_id):
        return None
    return Learnt(Intent(word.intent) if word.intent else None, word.faq_entry_id)


@unit_of_work
def teach(
    word_id: int,
    user: User,
    *,
    intent: Intent | None = None,
    faq: FaqEntry | None = None,
    ignored: bool = False,
) -> None:
    """From the next message on these words mean `intent` or the question `faq`, or nothing.

    The caller has asked `problem`.
    """
    LearntWord.objects.filter(pk=word_id).update(
        intent=intent.value if intent else "",
        faq_entry=faq,
        is_ignored=ignored,
        decided_by=user,
        decided_at=timezone.now(),
    )


def forget_old() -> int:
    """Delete what has no meaning and nobody has written for long; how many words that were."""
    before = timezone.now() - timedelta(days=settings.BOT_KEEPS_WORDS_DAYS)
    old = LearntWord.objects.filter(last_seen_at__lt=before, intent="", faq_entry=None)
    return old.delete()[0]
