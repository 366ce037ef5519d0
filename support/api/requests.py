"""Reading what a caller sends: strict, so that a slip of the pen is an error and not a surprise."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.validators import RegexValidator
from rest_framework import serializers
from rest_framework.request import Request

from support.api.errors import TooLarge

LIMIT_MAX = 100
SKIP_MAX = 1_000_000
SEARCH_MAX = 100
CURSOR_MAX = 200
CURSOR = r"^[A-Za-z0-9_.-]+:[A-Za-z0-9]+:[A-Za-z0-9_-]+$"  # as django.core.signing makes it
NO_CURSOR = "This is no cursor of this list. Take the `next` of an answer as it is."
NO_OBJECT = "Send one JSON object, {{…}}, with a field for each value; this is {}."
MEGABYTE = 1024 * 1024
UPLOAD_MAX = 101 * MEGABYTE  # Meta takes documents of 100 MB

Validated = dict[str, Any]
S = TypeVar("S", bound="serializers.Serializer[Any]")


class Query(serializers.Serializer[Any]):
    """The query parameters of a call; unknown, repeated and empty ones are refused."""

    def validate(self, attrs: Validated) -> Validated:
        sent: Any = self.initial_data
        problems = {
            name: [problem] for name in sent if (problem := self._problem(name, sent.getlist(name)))
        }
        if problems:
            raise serializers.ValidationError(problems)
        return attrs

    def _problem(self, name: str, values: list[str]) -> str:
        """DRF takes an empty value for one that was not given; a caller may mean something."""
        if name not in self.fields:
            return "Unknown parameter."
        if len(values) > 1:
            return "Give this once."
        may_be_empty = getattr(self.fields[name], "allow_blank", False)
        return "" if values[0] or may_be_empty else "This may not be empty."


class PageQuery(Query):
    skip = serializers.IntegerField(min_value=0, max_value=SKIP_MAX, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=LIMIT_MAX, default=50)
    cursor = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=CURSOR_MAX,
        validators=[RegexValidator(CURSOR, NO_CURSOR)],
        help_text="Instead of `skip`: empty for the first page, then the `next` of the last one. "
        "Costs the same on every page and misses nothing when rows are added meanwhile.",
    )

    def validate(self, attrs: Validated) -> Validated:
        if attrs.get("cursor") is not None and attrs["skip"]:
            raise serializers.ValidationError({"cursor": ["Give either skip or cursor."]})
        return super().validate(attrs)


def query(request: Request, shape: type[Query]) -> Validated:
    """The query parameters. Raises ValidationError."""
    return _validated(shape(data=request.query_params))


def body(request: Request, shape: type[S], **options: Any) -> Validated:
    """The request's body. Raises ValidationError."""
    if not isinstance(request.data, Mapping):
        raise serializers.ValidationError({"body": [NO_OBJECT.format(_what(request.data))]})
    return _validated(shape(data=request.data, **options))


def _what(data: object) -> str:
    """What JSON it is that is no object."""
    match data:
        case list():
            return "a list"
        case str():
            return "a text"
        case bool() | None:
            return json.dumps(data)
    return "a number"


def lookups(wanted: Validated, known: Mapping[str, str]) -> dict[str, Any]:
    """The filters that a validated query asks for; `known` maps parameters to lookups."""
    return {known[name]: value for name, value in wanted.items() if name in known}


class Strict(serializers.Serializer[Any]):
    """A body in which a field that we do not know is an error."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
            sentence = f"There is no such field. Possible are: {known}."
            raise serializers.ValidationError({name: [sentence] for name in sorted(unknown)})
        return super().to_internal_value(data)


def refuse_huge(request: Request) -> None:
    """Raises TooLarge for a request of more than UPLOAD_MAX bytes, before any of it is read.

    What is no upload is bounded by DATA_UPLOAD_MAX_MEMORY_SIZE when it is parsed.
    """
    length = str(request.headers.get("content-length") or "")
    if length.isdecimal() and int(length) > UPLOAD_MAX:
        raise TooLarge


def _validated(serializer: "serializers.Serializer[Any]") -> Validated:
    serializer.is_valid(raise_exception=True)
    found: Validated = serializer.validated_data
    return found
