"""Fields that the API's requests and answers share."""

import re
from datetime import UTC, datetime
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from support import phones

LARGEST_ID = 2**63 - 1
CONTACT = re.compile(r"contact:([0-9]{1,18})")
_LOST_PLUS = re.compile(r"(:\d\d(?:[.,]\d+)?) (?=\d\d:?\d\d$)")  # of a zone, behind the time
PHONE_PATTERN = r"[+0-9\s().\-/]{5,40}"
HELP_ON_NUMBERS = (
    "E.164; null while the student hides it. Most digits are dots if numbers are masked and the "
    "token's owner may not see them."
)
NO_PHONE = "This is not a phone number."


class UtcDateTimeField(serializers.DateTimeField):
    """ISO 8601 in UTC, ending in `Z`; a time that comes in without a zone is taken as UTC.

    The `+` of a zone may have become a space on its way, as in an address.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(default_timezone=UTC, **options)

    def to_internal_value(self, value: Any) -> datetime:
        written = _LOST_PLUS.sub(r"\1+", value) if isinstance(value, str) else value
        return super().to_internal_value(written)


class TextField(serializers.CharField):
    """A text without NUL, and no number that DRF would make one of."""

    pattern = r"^[^\x00]*$"
    refusal = "Null characters are not allowed."

    def __init__(self, **options: Any) -> None:
        fits = RegexValidator(self.pattern, self.refusal)
        super().__init__(validators=[fits, *options.pop("validators", [])], **options)
        # DRF's own says the same; ours also stands in the schema.
        is_told = ProhibitNullCharactersValidator
        self.validators = [one for one in self.validators if not isinstance(one, is_told)]

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WordsField(TextField):
    """A text that is not empty; space alone is."""

    pattern = r"^[^\x00]*[^\s\x00][^\x00]*$"

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=1, **options)


class PhoneField(TextField):
    """A phone number with or without `+` or in national form; E.164 inside."""

    pattern = rf"^{PHONE_PATTERN}$"
    refusal = NO_PHONE

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)

    def to_internal_value(self, data: Any) -> str:
        try:
            return phones.normalise(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(NO_PHONE) from error


class PersonField(PhoneField):
    """A phone number, or `contact:12` for whoever hides theirs: E.164 or that form inside."""

    pattern = rf"^({PHONE_PATTERN}|{CONTACT.pattern})$"

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str) and CONTACT.fullmatch(data):
            return data
        return super().to_internal_value(data)


@extend_schema_field({"type": ["string", "null"]})
class TextOrNullField(serializers.CharField):
    """A text that is null, not empty, when there is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return str(value) if value else None


class IdField(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool):  # JSON's true is no 1
            self.fail("invalid")
        return super().to_internal_value(data)
