"""Phone numbers in lists and forms, as whoever asks may see them (WHATSAPP_NUMBER_SHOWN)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest

from whatsapp.hooks import resolve
from whatsapp.models import Contact, Identity


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


class MaskedNumbers:
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
