"""A whole webhook body: every entry, every change, every item, each with its own fate."""

import json
import math
from collections.abc import Iterator
from typing import NoReturn, TypeVar

from whatsapp.payload.messages import read_message
from whatsapp.payload.people import People
from whatsapp.payload.reading import identifier, line, mapping
from whatsapp.payload.statuses import is_call, read_status
from whatsapp.payload.values import (
    Broken,
    Envelope,
    InboundMessage,
    Item,
    Json,
    Notice,
    PayloadInvalid,
    StatusUpdate,
)

WHATSAPP = "whatsapp_business_account"
MESSAGES = "messages"
DEEPEST = 100  # Meta stays below 20; what is deeper could be read but not stored again

# What `read_value` takes apart; anything beside it is kept as a notice.
_TAKEN_APART = frozenset({"messaging_product", "metadata", "contacts", MESSAGES, "statuses"})

_Kind = TypeVar("_Kind", InboundMessage, StatusUpdate, Notice, Broken)


def parse(body: bytes) -> Envelope:
    """Return everything in a webhook body.

    One broken item never hides another: it is returned in `broken`. Only what is not a JSON
    object in UTF-8 as a whole raises PayloadInvalid.
    """
    items = list(_items(_decoded(body)))
    return Envelope(
        messages=_only(InboundMessage, items),
        statuses=_only(StatusUpdate, items),
        notices=_only(Notice, items),
        broken=_only(Broken, items),
    )


def _only(kind: type[_Kind], items: list[Item]) -> tuple[_Kind, ...]:
    return tuple(item for item in items if isinstance(item, kind))


def _decoded(body: bytes) -> Json:
    try:
        # As text: given bytes, json.loads would also take UTF-16 and UTF-32.
        payload = json.loads(
            body.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:
        raise PayloadInvalid(f"The body is not JSON: {error}") from error
    if not isinstance(payload, dict):
        raise PayloadInvalid("The body is not a JSON object.")
    if _is_deeper_than(DEEPEST, payload):
        raise PayloadInvalid(f"The body is nested deeper than {DEEPEST} levels.")
    return payload


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None  # 1e999 is no number that can be stored


def _is_deeper_than(limit: int, payload: Json) -> bool:
    level: list[object] = [payload]
    for _ in range(limit):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _items(payload: Json) -> Iterator[Item]:
    if payload.get("object") != WHATSAPP:
        yield Notice("", "", payload)  # not for us: Meta's apps may subscribe to other products
        return
    for entry in _each(payload, "entry"):
        yield from [entry] if isinstance(entry, Broken) else _entry_items(entry)


def _entry_items(entry: Json) -> Iterator[Item]:
    waba_id = identifier(entry.get("id"))
    for change in _each(entry, "changes"):
        yield from [change] if isinstance(change, Broken) else _change_items(change, waba_id)


def _change_items(change: Json, waba_id: str) -> Iterator[Item]:
    value = change.get("value")
    if not isinstance(value, dict):
        yield Broken("A change has no value.", change)
    elif change.get("field") == MESSAGES:
        yield from _value_items(value, waba_id)
    else:
        yield Notice(line(change.get("field"), 64), waba_id, value)


def _value_items(value: Json, waba_id: str) -> Iterator[Item]:
    """The items of a value of field "messages", which may hold messages, statuses and errors."""
    people = People(value.get("contacts"))
    number = identifier(mapping(value.get("metadata")).get("phone_number_id"))
    for message in _listed(value, MESSAGES):
        yield read_message(message, people, number)
    for status in _listed(value, "statuses"):
        if is_call(status):
            yield Notice("calls", waba_id, mapping(status))
        else:
            yield read_status(status, people, number)
    if value.keys() - _TAKEN_APART:
        rest = {name: part for name, part in value.items() if name not in {MESSAGES, "statuses"}}
        yield Notice(MESSAGES, waba_id, rest)


def _each(parent: Json, name: str) -> Iterator[Json | Broken]:
    """Yield the objects listed under `name`, and what is wrong with the others."""
    children = parent.get(name)
    if not isinstance(children, list):
        yield Broken(f"There is no list “{name}”.", parent)
        return
    for child in children:
        yield child if isinstance(child, dict) else Broken(f"Not an object in “{name}”.", child)


def _listed(value: Json, name: str) -> list[object]:
    """Return the items under `name`, none if it is missing; anything else is one broken item."""
    items = value.get(name)
    if items is None:
        return []
    return items if isinstance(items, list) else [items]
