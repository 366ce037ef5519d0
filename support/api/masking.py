"""Phone numbers in answers, as the owner of the token may see them (decision 36)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from support import phones

FIELD = "phone_number"  # the one name that answers and events have for it


def for_reader(data: Any, reader: AbstractBaseUser | AnonymousUser) -> Any:
    """`data` as it is, or a copy with every phone number masked."""
    return data if phones.may_see(reader) else _masked(data, reader)


def _masked(data: Any, reader: AbstractBaseUser | AnonymousUser) -> Any:
    if isinstance(data, list):
        return [_masked(part, reader) for part in data]
    if not isinstance(data, dict):
        return data
    return {name: _value(name, value, reader) for name, value in data.items()}


def _value(name: str, value: Any, reader: AbstractBaseUser | AnonymousUser) -> Any:
    if name == FIELD and isinstance(value, str):
        return phones.shown(value, reader)
    return _masked(value, reader)
