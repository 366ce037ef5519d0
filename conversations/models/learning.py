"""What students write and the bot does not understand, and what staff taught it about that."""

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from conversations.catalogues import CATALOGUES
from conversations.catalogues.intent import Intent
from conversations.learning import LONGEST, title
from conversations.models.words import FaqEntry
from conversations.states import State
from whatsapp.models.fields import digest


class LearntWord(models.Model):
    """A whole message, without what says who wrote it. It means `intent` or `faq_entry`, if any."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    words = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=10, help_text="Of the student who wrote it last.")
    count = models.PositiveIntegerField("times", default=1)
    state = models.CharField(
        "for example in",
        max_length=32,
        choices=[(state.value, state.name) for state in State],
        help_text="Where the student was who wrote it last.",
    )
    first_seen_at = models.DateTimeField("first seen", default=timezone.now)
    last_seen_at = models.DateTimeField("last seen", default=timezone.now)
    intent = models.CharField(max_length=20, blank=True)
    faq_entry = models.ForeignKey(
        FaqEntry, null=True, blank=True, on_delete=models.SET_NULL, related_name="learnt_words"
    )
    is_ignored = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)

    class Meta:
        ordering = ["-count", "words"]
        verbose_name = "learnt word"
        constraints = [
            models.CheckConstraint(
                name="learnt_word_one_meaning",
                condition=models.Q(intent="") | models.Q(faq_entry=None),
            )
        ]
        indexes = [
            # the admin's list, most frequent first
            models.Index(fields=["count"], name="learnt_word_frequent"),
            # lessons.forget_old: what nobody has written for long
            models.Index(fields=["last_seen_at"], name="learnt_word_old"),
        ]

    def __str__(self) -> str:
        return self.words

    @staticmethod
    def key(words: str) -> str:
        return digest(words)

    @property
    def meaning(self) -> str:
        """In words; empty while staff have not decided."""
        if self.faq_entry:
            return f"❓ {self.faq_entry}"
        if self.intent:
            return title(Intent(self.intent))
        return "Ignored" if self.is_ignored else ""

    @property
    def language_name(self) -> str:
        spoken = CATALOGUES.get(self.language)
        return spoken.name if spoken else self.language
