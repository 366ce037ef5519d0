"""Tokens of the REST API: made, looked through, revoked (deleted)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from support import api_tokens
from support.models import ApiToken
from support.models.tools import Scope


class NewTokenForm(forms.ModelForm[ApiToken]):
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=Scope.values,
        help_text="What the token may do at most. The permissions of its owner apply besides.",
    )
    days = forms.IntegerField(
        label="Good for days", min_value=1, max_value=api_tokens.LONGEST, initial=api_tokens.DAYS
    )
    maker: User  # set by the admin

    class Meta:
        model = ApiToken
        fields = ["user"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_staff=True).order_by("username")
        if "user" in self.fields:  # not where a token is only looked at
            self.fields["user"].queryset = people  # type: ignore[attr-defined]

    def clean_user(self) -> User:
        owner: User = self.cleaned_data["user"]
        if not api_tokens.may_make_for(self.maker, owner):
            raise ValidationError("This person may do more than you. Ask an administrator who may.")
        return owner


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    list_display = ["token_key", "user", "what_it_may", "created", "expiry", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["expiry", "last_used_at"]
    search_fields = ["token_key", "user__username"]
    fields = ["token_key", "user", "what_it_may", "created", "expiry", "last_used_at"]
    form = NewTokenForm

    @admin.display(description="scopes")
    def what_it_may(self, token: ApiToken) -> str:
        return ", ".join(token.scopes) or "nothing"

    def get_fields(self, _request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return self.fields if obj else ["user", "scopes", "days"]

    def get_readonly_fields(self, _request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return self.fields if obj else []

    def has_change_permission(self, _request: HttpRequest, _obj: ApiToken | None = None) -> bool:
        """A token is made or revoked, never changed."""
        return False

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.maker = request.user  # type: ignore[attr-defined]
        return form

    def save_form(self, _request: HttpRequest, form: Any, change: bool) -> ApiToken:  # noqa: ARG002
        """Make the token; its secret goes to this one answer and nowhere else."""
        data = form.cleaned_data
        made, made_secret = api_tokens.make(data["user"], data["scopes"], data["days"])
        made.secret = made_secret
        form.instance = made
        form.save_m2m = lambda: None
        return made

    def save_model(self, *_: Any) -> None:
        """It is saved already, as knox makes tokens."""

    def response_add(self, request: HttpRequest, obj: ApiToken, *_: Any) -> HttpResponse:
        """The one page that shows the secret; nothing on the way may keep it."""
        context = {
            **self.admin_site.each_context(request),
            "title": "The new token",
            "opts": self.opts,
            "token": obj,
        }
        page = TemplateResponse(request, "admin/support/apitoken/made.html", context)
        add_never_cache_headers(page)
        return page
