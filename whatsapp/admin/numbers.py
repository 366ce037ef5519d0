"""Phone numbers in lists, forms and searches, as whoever asks may see and search for them.

WHATSAPP_NUMBER_SHOWN and WHATSAPP_NUMBER_SEARCHED say how much that is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest

from whatsapp.hooks import resolve
from whatsapp.models import Contact, Identity

NUMBERS = frozenset({"phone", "phone_number", "value"})  # columns; the last is Identity's


@dataclass(frozen=True, slots=True)
class Column:
    """A column for `user`. Two for the same user are equal, as Django's forms need it."""

    name: str
    user: Any

    def __call__(self, row: Any) -> str:
        return KNOWN[self.name][1](row, self._shown)

    @property
    def __name__(self) -> str:
        return self.name

    @property
    def short_description(self) -> str:
        return KNOWN[self.name][0]

    def _shown(self, number: str) -> str:
        words: str = resolve("WHATSAPP_NUMBER_SHOWN")(number, self.user)
        return words


class SearchedNumbers:
    """For an admin that finds its rows by phone, too: by a part of it, or the whole only."""

    def get_search_fields(self, request: HttpRequest) -> Any:
        fields: Sequence[str] = super().get_search_fields(request)  # type: ignore[misc]
        if _searched("", request) is None:
            return fields
        return [f"={name}" if _is_number(name) else name for name in fields]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        sought = _searched(search_term, request) or search_term
        found: tuple[QuerySet[Any], bool] = super().get_search_results(  # type: ignore[misc]
            request, queryset, sought
        )
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Nor does an address with `?phone__startswith=` find what a search does not."""
        if _is_number(lookup) and _searched("", request) is not None:
            return False
        allowed: bool = super().lookup_allowed(lookup, value, request)  # type: ignore[misc]
        return allowed


def _searched(text: str, request: HttpRequest) -> str | None:
    found: str | None = resolve("WHATSAPP_NUMBER_SEARCHED")(text, request.user)
    return found


def _is_number(lookup: str) -> bool:
    return not NUMBERS.isdisjoint(lookup.split("__"))


class MaskedNumbers(SearchedNumbers):
    """For an admin of contacts, or of what belongs to one; its `fields` are written out."""

    fields: ClassVar[Any]

    def get_list_display(self, request: HttpRequest) -> Any:
        return _masked(super().get_list_display(request), request)  # type: ignore[misc]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return _masked(super().get_fields(request, obj), request)  # type: ignore[misc]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Django asks for columns that are no fields to be named here too."""
        columns = [Column(name, request.user) for name in self.fields or () if name in KNOWN]
        return [*super().get_readonly_fields(request, obj), *columns]  # type: ignore[misc]


def _masked(columns: Sequence[Any], request: HttpRequest) -> list[Any]:
    return [Column(name, request.user) if name in KNOWN else name for name in columns]


Shown = Callable[[str], str]


def _phone(contact: Contact, shown: Shown) -> str:
    return shown(contact.phone) if contact.phone else "Hidden"


def _who(contact: Contact, shown: Shown) -> str:
    return str(contact) if contact.name or not contact.phone else shown(contact.phone)


def _value(identity: Identity, shown: Shown) -> str:
    is_phone = identity.kind == Identity.Kind.PHONE
    return shown(f"+{identity.value}") if is_phone else identity.value


KNOWN: dict[str, tuple[str, Callable[[Any, Shown], str]]] = {
    "__str__": ("Contact", _who),
    "phone": ("Phone", _phone),
    "contact__phone": ("Phone", lambda row, shown: _phone(row.contact, shown)),
    "value": ("Value", _value),
}
