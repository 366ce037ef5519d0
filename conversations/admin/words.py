"""The bot's sentences and its answers to common questions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html

from conversations import catalogues
from conversations.catalogues import CATALOGUES
from conversations.models import BotText, FaqEntry
from conversations.texts import DEFAULTS, TEXTS, BotSentence

LANGUAGES = [(code, one.name) for code, one in CATALOGUES.items()]


class BotTextForm(forms.ModelForm[BotText]):
    """Key and language are chosen when the row is added, and then fixed."""

    class Meta:
        model = BotText
        fields = ["key", "language", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" not in self.fields:
            return
        key, language = self.initial.get("key"), self.initial.get("language")
        # for the default and the rules shown
        self.instance.key = key or self.instance.key
        self.instance.language = language or self.instance.language
        self.fields["key"] = forms.ChoiceField(
            label="Sentence", choices=[(one, one) for one in ([key] if key else TEXTS)]
        )
        spoken = [self.instance.language] if key else list(CATALOGUES)
        self.fields["language"] = forms.ChoiceField(
            choices=[(code, CATALOGUES[code].name) for code in spoken]
        )


class LanguageFilter(admin.SimpleListFilter):
    title = "language"
    parameter_name = "language"

    def lookups(self, _request: HttpRequest, _admin: Any) -> list[tuple[str, str]]:
        return LANGUAGES

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(language=self.value()) if self.value() else rows


@admin.register(BotText)
class BotTextAdmin(admin.ModelAdmin[BotText]):
    """Staff's words instead of the default; deleting the row brings the default back."""

    form = BotTextForm
    list_display = ["key", "language", "text", "updated_at"]
    when_empty = "The bot says all its own sentences. Add one to say it in other words."
    list_filter = [LanguageFilter]
    search_fields = ["key", "text"]
    fields = ["key", "language", "default", "rules", "text"]

    def get_readonly_fields(self, _request: HttpRequest, obj: BotText | None = None) -> list[str]:
        return ["default", "rules", *(["key", "language"] if obj else [])]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """First the list of all sentences; with `?key=…` the form, begun with the default.

        `&language=…` is the language of either.
        """
        allowed = self.has_add_permission(request)
        if request.method == "POST" or request.GET.get("key") in TEXTS or not allowed:
            return super().add_view(request, form_url, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "title": "Which sentence shall be changed?",
            "opts": self.opts,
            "sentences": _sentences(_language(request)),
            "languages": CATALOGUES.values(),
            "language": _language(request),
        }
        return TemplateResponse(request, "conversations/choose_sentence.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        key, language = request.GET.get("key", ""), _language(request)
        if key not in TEXTS:
            return {}
        return {"key": key, "language": language, "text": DEFAULTS[language][key]}

    @admin.display(description="Default")
    def default(self, obj: BotText) -> str:
        text = DEFAULTS.get(obj.language, {}).get(obj.key)
        return format_html('<pre dir="auto">{}</pre>', text) if text else "–"

    @admin.display(description="Rules")
    def rules(self, obj: BotText) -> str:
        sentence = TEXTS.get(obj.key)
        return _rules(sentence) if sentence else "The bot no longer says this sentence."


def _language(request: HttpRequest) -> str:
    return catalogues.of(request.GET.get("language", "")).code


def _sentences(language: str) -> list[dict[str, Any]]:
    """Every sentence, and where it is changed."""
    changed = dict(BotText.objects.filter(language=language).values_list("key", "pk"))
    defaults = DEFAULTS[language]
    return [
        {
            "key": key,
            "default": defaults[key],
            "rules": _rules(sentence),
            "is_changed": key in changed,
            "address": (
                f"../{changed[key]}/change/"
                if key in changed
                else f"?key={key}&language={language}"
            ),
        }
        for key, sentence in TEXTS.items()
    ]


def _rules(sentence: BotSentence) -> str:
    names = ", ".join(f"{{{name}}}" for name in sorted(sentence.placeholders)) or "none"
    return f"At most {sentence.limit} characters. Placeholders: {names}. {sentence.note}".strip()


class FaqEntryForm(forms.ModelForm[FaqEntry]):
    language = forms.ChoiceField(
        choices=LANGUAGES,
        help_text="Students read the questions in their language, else those in English.",
    )

    class Meta:
        model = FaqEntry
        fields = (
            *("language", "category", "question", "answer", "keywords", "position"),
            "is_published",
        )


@admin.register(FaqEntry)
class FaqEntryAdmin(admin.ModelAdmin[FaqEntry]):
    form = FaqEntryForm
    list_display = ["question", "spoken", "category", "position", "is_published"]
    when_empty = "No questions yet: the bot has no answers to offer."
    list_editable = ["position", "is_published"]
    list_filter = [LanguageFilter, "category", "is_published"]

    @admin.display(description="Language", ordering="language")
    def spoken(self, entry: FaqEntry) -> str:
        return catalogues.of(entry.language).name

    search_fields = ["question", "answer", "keywords"]
