"""What the bot did not understand, and what staff make of it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from conversations import lessons
from conversations.admin.words import LanguageFilter
from conversations.catalogues.intent import Intent
from conversations.learning import TEACHABLE, title
from conversations.models import FaqEntry, LearntWord

IGNORED = "ignored"
_QUESTION = "faq:"


class LearntWordForm(forms.ModelForm[LearntWord]):
    meaning = forms.ChoiceField(
        required=False,
        help_text="Whoever writes exactly this, at rest, gets what you choose here.",
    )

    class Meta:
        model = LearntWord
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"{_QUESTION}{one.pk}": one for one in FaqEntry.objects.all()}
        asks = [(value, f"{one} ({one.language})") for value, one in self.questions.items()]
        intents = [(intent.value, title(intent)) for intent in TEACHABLE]
        field = self.fields["meaning"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Not decided"),
                (IGNORED, "Ignore it"),
                ("Does the same as", intents),
                ("Is this question", asks),
            ]
        field.initial = self._now()

    def clean_meaning(self) -> str:
        """Refuses what means something else already, and names."""
        meaning = str(self.cleaned_data["meaning"])
        if meaning in {"", IGNORED}:
            return meaning
        intent = None if meaning in self.questions else Intent(meaning)
        if problem := lessons.problem(self.instance.words, intent):
            raise forms.ValidationError(problem)
        return meaning

    def _now(self) -> str:
        word = self.instance
        if word.faq_entry_id:
            return f"{_QUESTION}{word.faq_entry_id}"
        return IGNORED if word.is_ignored else word.intent


class MeaningFilter(admin.SimpleListFilter):
    title = "meaning"
    parameter_name = "meaning"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        return [("none", "Not decided"), ("taught", "Taught"), (IGNORED, "Ignored")]

    def queryset(self, _request: HttpRequest, words: QuerySet[LearntWord]) -> QuerySet[LearntWord]:
        taught = ~Q(intent="") | Q(faq_entry__isnull=False)
        wanted = {
            "none": Q(is_ignored=False) & ~taught,
            "taught": taught,
            IGNORED: Q(is_ignored=True),
        }
        return words.filter(wanted.get(self.value() or "", Q()))


@admin.register(LearntWord)
class LearntWordAdmin(admin.ModelAdmin[LearntWord]):
    """Students add to this list, staff decide about it."""

    form = LearntWordForm
    list_display = ["words", "spoken", "count", "last_seen_at", "state", "means"]
    when_empty = "Nothing yet that the bot did not understand."
    list_filter = [MeaningFilter, LanguageFilter]
    list_select_related = ["faq_entry"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["words"]
    readonly_fields = (
        *("words", "spoken", "count", "state", "first_seen_at", "last_seen_at"),
        *("decided_by", "decided_at", "means"),
    )
    fields = ["words", "meaning", *readonly_fields[1:-1]]

    def get_fields(self, request: HttpRequest, obj: LearntWord | None = None) -> Any:
        """Who may only look sees the meaning in words."""
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return ["means" if field == "meaning" else field for field in fields]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LearntWord, form: Any, _change: bool) -> None:
        if "meaning" not in form.changed_data or not isinstance(request.user, User):
            return
        meaning = form.cleaned_data["meaning"]
        faq = form.questions.get(meaning)
        is_intent = faq is None and meaning not in {"", IGNORED}
        lessons.teach(
            obj.pk,
            request.user,
            intent=Intent(meaning) if is_intent else None,
            faq=faq,
            ignored=meaning == IGNORED,
        )
        if faq or is_intent:
            messages.info(request, f"{capfirst(obj.words)} is understood from now on.")

    @admin.display(description="Language", ordering="language")
    def spoken(self, word: LearntWord) -> str:
        return word.language_name

    @admin.display(description="Meaning")
    def means(self, word: LearntWord) -> str:
        return word.meaning or "–"
