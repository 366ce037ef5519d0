"""Subscribing. Prices and links come from the shell; here is only the conversation."""

from conversations.flows import buttons, home, menu
from conversations.flows.questions import question
from conversations.intents import Answer, is_greeting, says
from conversations.states import State
from conversations.step import ConfirmPayment, Say, Step
from conversations.turn import Turn


def begin(turn: Turn) -> Step:
    return _barred(turn) or _offer(turn)


def pending(turn: Turn) -> Step:
    """PAYMENT_PENDING. Confirmed again, the shell asks the provider whether money has come."""
    if step := _barred(turn):
        return step
    if turn.heard.choice_id == "confirm" or _says_confirm(turn):
        return Step(turn.state, draft=turn.draft, effects=(ConfirmPayment(),), rule="pay.confirm")
    if turn.heard.choice_id:
        return home.stay(turn, Say("old_button"), rule="pay.old_button")
    if says(turn.heard.words, Answer.DENY):
        return menu.cancel(turn)
    if is_greeting(turn.heard.words):
        return home.stay(turn, rule="pay.greeting")
    return home.missed(home.again(turn, "unknown", "pay.unknown"))


def paid(turn: Turn) -> Step:
    """“I have paid”, said anywhere: the shell asks the provider, whatever else is going on."""
    if step := _barred(turn):
        return step
    asks = (ConfirmPayment(has_paid=True),)
    return Step(turn.state, draft=turn.draft, effects=asks, rule="pay.paid")


def _barred(turn: Turn) -> Step | None:
    if not turn.payments_open:
        choices = buttons.menu(buttons.SUPPORT, buttons.MAIN_MENU)
        return home.rested(turn, Say("pay_closed", menu=choices), rule="pay.closed")
    if not turn.person.registered:
        return home.unregistered(turn, "pay_unregistered", rule="pay.unregistered")
    return None


def _offer(turn: Turn) -> Step:
    state = State.PAYMENT_PENDING
    return Step(state, question(state, {}, turn.person), rule="pay.offer")


def _says_confirm(turn: Turn) -> bool:
    return says(turn.heard.words, Answer.CONFIRM)
