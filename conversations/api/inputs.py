"""What integrators may ask and send about conversations."""

from typing import Any

from rest_framework import serializers

from conversations.api.serializers import STATES
from support.api.fields import IdField, TextField, WordsField
from support.api.inputs import TEXT_MAX
from support.api.requests import LIMIT_MAX, SEARCH_MAX, PageQuery, Query


class ConversationQuery(PageQuery):
    limit = serializers.IntegerField(min_value=1, max_value=LIMIT_MAX, default=20)
    state = serializers.ChoiceField(choices=STATES, required=False)
    search = WordsField(
        required=False, max_length=SEARCH_MAX, help_text="In names and phone numbers."
    )


class HistoryQuery(Query):
    limit = serializers.IntegerField(min_value=1, max_value=LIMIT_MAX, default=50)
    before = IdField(required=False, help_text="Only messages older than the one with this id.")


class ClosingWords(serializers.Serializer[Any]):
    message = TextField(
        required=False, allow_blank=True, max_length=TEXT_MAX, help_text="Closing words."
    )
