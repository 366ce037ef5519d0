"""The bot's words as staff may change them."""

import time
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from conversations import texts
from conversations.catalogues import CATALOGUES, DEFAULT

KNOWN_FOR = 10  # seconds after which other processes say what staff have changed

_known: dict[str, tuple[float, Mapping[str, str]]] = {}


class BotText(models.Model):
    """A sentence of the bot in staff's words; without a row the catalogue's is said."""

    key = models.CharField(max_length=64)
    language = models.CharField(max_length=10, default=DEFAULT)
    text = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key", "language"]
        verbose_name = "bot sentence"
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="bot_text_once_a_language")
        ]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        forget()
        return deleted

    def clean(self) -> None:
        if self.key not in texts.TEXTS:
            raise ValidationError("The bot has no such sentence.")
        if self.language not in CATALOGUES:
            raise ValidationError("The bot does not speak this language.")
        if problems := texts.problems(self.key, self.text):
            raise ValidationError({"text": problems})


def changed(language: str) -> Mapping[str, str]:
    """Staff's words by key; asked at most once in KNOWN_FOR, so that most turns need not."""
    asked_at, words = _known.get(language, (-KNOWN_FOR, {}))
    if time.monotonic() - asked_at >= KNOWN_FOR:
        rows = BotText.objects.filter(language=language)
        words = dict(rows.values_list("key", "text"))
        _known[language] = (time.monotonic(), words)
    return words


def forget() -> None:
    """Ask again at the next turn."""
    _known.clear()


class FaqEntry(models.Model):
    """A common question and its answer, in one language: students read those of theirs."""

    language = models.CharField(max_length=10, default=DEFAULT)
    category = models.CharField(max_length=24)
    question = models.CharField(max_length=200)
    answer = models.TextField(max_length=900)
    keywords = models.CharField(
        max_length=200, blank=True, help_text="Other words for it, separated by commas."
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_published = models.BooleanField(default=True)

    class Meta:
        ordering = ["category", "position", "id"]
        verbose_name = "FAQ entry"
        verbose_name_plural = "FAQ entries"

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        if self.language not in CATALOGUES:
            raise ValidationError("The bot does not speak this language.")
