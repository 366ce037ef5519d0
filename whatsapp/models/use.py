"""Which template says what the bot would say, once WhatsApp's 24 hours are over."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from whatsapp.models.template import MessageTemplate
from whatsapp.purposes import PURPOSES, language_of


class TemplateUse(models.Model):
    """One template for one purpose in one language (that of the template).

    `values` names, in the order of the template's blanks, what fills them in. Meta may change or
    drop a template at any time: `obstacle` says whether it can be used now.
    """

    purpose = models.CharField(max_length=32)
    language = models.CharField(max_length=10, editable=False)
    template = models.ForeignKey(
        MessageTemplate, null=True, on_delete=models.SET_NULL, related_name="uses"
    )
    values = models.CharField(
        max_length=200,
        blank=True,
        help_text="What fills in {{1}}, {{2}} … in the order of the message, separated by commas: "
        "for example “name, until”.",
    )

    class Meta:
        ordering = ["purpose", "language"]
        verbose_name = "template for news"
        verbose_name_plural = "templates for news"
        constraints = [
            # also the way to the template of a purpose in the student's language
            models.UniqueConstraint(
                fields=["purpose", "language"],
                name="template_use_once",
                violation_error_message="There is a template for this news in this language.",
            )
        ]

    def __str__(self) -> str:
        purpose = PURPOSES.get(self.purpose)
        return f"{purpose.label if purpose else self.purpose} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._learn_language()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self._learn_language()
        if obstacle := self.obstacle():
            raise ValidationError(obstacle)
        taken = TemplateUse.objects.filter(purpose=self.purpose, language=self.language)
        if taken.exclude(pk=self.pk).exists():
            raise ValidationError("There is a template for this news in this language already.")

    @property
    def fills(self) -> list[str]:
        return [name.strip() for name in self.values.split(",") if name.strip()]

    def obstacle(self) -> str:
        """Why it cannot be sent, as a sentence for staff; empty if it can."""
        if self.purpose not in PURPOSES:
            return "EduBot has no such news (any more)."
        if self.template is None:
            return "The template is gone at Meta: choose another."
        if obstacle := self.template.obstacle():
            return obstacle
        if self.template.approved.file_kind:
            return "It needs a file, which news do not have."
        return self._values_obstacle(self.template)

    def filled(self, facts: Mapping[str, str]) -> dict[str, str]:
        """The values of the template's blanks, from what is known of the news."""
        parameters = self.template.approved.parameters if self.template else ()
        return {key: facts[fact] for key, fact in zip(parameters, self.fills, strict=True)}

    def _values_obstacle(self, template: MessageTemplate) -> str:
        facts, blanks = PURPOSES[self.purpose].facts, template.approved.parameters
        known = ", ".join(facts)
        if unknown := [name for name in self.fills if name not in facts]:
            return f"There is no value “{unknown[0]}” for this news. There are: {known}."
        if len(self.fills) != len(blanks):
            return (
                f"This template takes {len(blanks)} value(s), not {len(self.fills)}. "
                f"There are: {known}."
            )
        return ""

    def _learn_language(self) -> None:
        """`en` for `en_US` too: students choose languages, not countries."""
        if self.template is not None:
            self.language = language_of(self.template.language)
