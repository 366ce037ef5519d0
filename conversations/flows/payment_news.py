"""What the bot says by itself about a payment, wherever the student is by then.

News must not disturb: who is in the middle of something reads them without buttons that would
lead away, and keeps the place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from conversations.flows import buttons, collecting, pages
from conversations.states import WAITING, State
from conversations.step import Choice, Link, Menu, Say, Step


@dataclass(frozen=True, slots=True)
class Place:
    """Where the student is."""

    state: State
    draft: Mapping[str, str] = field(default_factory=dict)


def link(place: Place, url: str, price: str) -> Step:
    """The way to pay."""
    return _stay(place, Say("pay_link", {"price": price}, link=Link("button_pay_now", url)))


def not_yet(place: Place, url: str) -> Step:
    """Asked, Paystack has seen no money yet: the same link again."""
    return _stay(place, Say("pay_not_yet", link=Link("button_pay_now", url)))


def received(place: Place, until: str) -> Step:
    return _over(place, Say("pay_received", {"until": until}))


def flagged(place: Place) -> Step:
    return _over(place, Say("pay_flagged"))


def refunded(place: Place) -> Step:
    return _over(place, Say("pay_refunded"))


def refund_failed(place: Place) -> Step:
    return _over(place, Say("pay_refund_failed"))


def failed(place: Place) -> Step:
    return _once_more(place, Say("pay_failed"))


def no_link(place: Place) -> Step:
    return _once_more(place, Say("pay_no_link"))


def nothing_found(place: Place) -> Step:
    return _once_more(place, Say("pay_nothing_found"))


def unreachable(place: Place) -> Step:
    return _stay(place, Say("pay_unreachable"))


def ends_soon(place: Place, until: str) -> Step:
    said = Say("subscription_ends", {"until": until})
    return _stay(place, _with(said, _menu_at_rest(place, buttons.PAY)))


def _stay(place: Place, said: Say) -> Step:
    return Step(place.state, (said,), place.draft, rule=f"news.{said.key}")


def _over(place: Place, said: Say) -> Step:
    """There is nothing left to confirm. A homework that waits comes next."""
    waits = pages.begun(place.draft)
    if place.state is State.PAYMENT_PENDING:
        place = Place(State.REGISTERED, waits)
    menu = _menu_at_rest(place, *((buttons.HOMEWORK,) if waits else ()))
    step = _stay(place, _with(said, menu))
    return replace(step, say=(*step.say, collecting.waiting(waits))) if waits and menu else step


def _once_more(place: Place, said: Say) -> Step:
    if place.state is State.PAYMENT_PENDING:
        return _stay(place, _with(said, buttons.menu(buttons.CONFIRM, buttons.MAIN_MENU)))
    return _stay(place, _with(said, _menu_at_rest(place, buttons.PAY)))


def _menu_at_rest(place: Place, *choices: Choice) -> Menu | None:
    if place.state in WAITING or place.state is State.CHAT_SUPPORT_ACTIVE:
        return None
    return buttons.menu(*choices, buttons.MAIN_MENU)


def _with(said: Say, menu: Menu | None) -> Say:
    return Say(said.key, said.params, menu)
