"""The bot on one screen: `advance` decides about one message.

The first rule that has an opinion decides:

1. Late messages get no answer. With a chat open they still reach the agent; STOP still counts.
2. With a chat open everything is for the agent, but for what ends the chat, and for "yes" and
   "no" to what the bot itself has just asked there (`flows.support`).
3. Reactions and system notices get no answer.
4. "Yes" to "Did you mean …?".
5. A card with one's own number is thanked for.
6. What belongs to a homework that waits; "done" where it cannot mean the end of a chat.
7. Choices: a tapped button does what it says, everywhere.
8. A rating in words, marks or faces, right after it was asked for ("great support", "5/5").
9. Commands: what is typed means what is tapped. STOP and START are commands.
10. A word about the chat that was just rated.
11. Words that staff took for a common question are answered.
12. A slip of the finger is asked about ("Did you mean …?").
13. The handler of the state.

Who writes faster than we may answer gets no small talk (what would leave everything as it was) but
is asked once for a pause.

How much of a text may be a command depends on what is awaited:

| state | commands |
|---|---|
| at rest, HOMEWORK_SUBMITTED, PAYMENT_PENDING | every word of the catalogues as a whole message; |
|   | words that staff taught; a support, homework or payment word in a short sentence |
| HOMEWORK_TYPE | every word as a whole message, also taught; a support word in a sentence |
| name, e-mail, class, subject | `COMMANDS_IN_ANSWERS`: menu, home, cancel, support, help, stop, |
|   | language; but for the subject also a support, homework or payment word in a sentence |
| HOMEWORK_CONTENT | `COMMANDS_IN_HOMEWORK`: menu, cancel, support, help, stop |
| at rest, when a rating is awaited | as at rest, but for a sentence that is a rating itself |
| at rest, when a word on a rating is awaited | every word as a whole message |

Where a name, a class, a subject or homework is awaited, small talk ("hello", 👍) is no answer: the
question is asked once more. Slips are asked about in the first two rows. START counts in any of
them for someone who had opted out. The name of a language counts in all but the two that wait for
a subject or for homework, where "English" is an answer. "Continue" is the button of that name
everywhere.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from conversations import intents, vocabulary
from conversations.flows import (
    collecting,
    faq,
    home,
    homework,
    language,
    meant,
    menu,
    pay,
    rating,
    registration,
    requests,
    resuming,
    status,
    support,
)
from conversations.intents import Answer, Intent
from conversations.states import FREE_TEXT, REGISTERING, State, rest
from conversations.step import NoteWords, Say, SetLanguage, Step
from conversations.turn import Haste, Turn

_LANGUAGES_ARE_ANSWERS: Final = frozenset({State.HOMEWORK_SUBJECT, State.HOMEWORK_CONTENT})

Handler = Callable[[Turn], Step]
Rule = Callable[[Turn], Step | None]

HANDLERS: Final[dict[State, Handler]] = {
    State.INITIAL: menu.first_contact,
    State.IDLE: menu.at_rest,
    State.REGISTERED: menu.at_rest,
    State.CHAT_SUPPORT_ACTIVE: support.in_chat,
    State.REGISTERING_NAME: registration.name,
    State.REGISTERING_EMAIL: registration.email,
    State.REGISTERING_CLASS: registration.class_name,
    State.HOMEWORK_SUBJECT: homework.subject,
    State.HOMEWORK_TYPE: homework.kind,
    State.HOMEWORK_CONTENT: homework.content,
    State.HOMEWORK_SUBMITTED: homework.submitted,
    State.PAYMENT_PENDING: pay.pending,
}

COMMANDS: Final[dict[Intent, Handler]] = {
    Intent.MAIN_MENU: home.home,
    Intent.END_CHAT: support.none_open,
    Intent.SUPPORT: support.open_chat,
    Intent.REGISTER: registration.begin,
    Intent.HOMEWORK: homework.begin,
    Intent.PAY: pay.begin,
    Intent.PAID: pay.paid,
    Intent.STATUS: status.show,
    Intent.REQUESTS: requests.show,
    Intent.FAQ: faq.browse,
    Intent.HELP: menu.help_,
    Intent.CANCEL: menu.cancel,
    Intent.UPDATE: registration.update,
    Intent.LANGUAGE: language.ask,
    Intent.OPT_OUT: menu.opt_out,
    Intent.OPT_IN: menu.opt_in,
}

# Buttons that carry an argument ("rate:12:good"); None when the argument makes no sense.
CHOICES: Final[dict[str, Callable[[Turn, tuple[str, ...]], Step | None]]] = {
    "rate": rating.rate,
    "language": language.tapped,
    "reopen": requests.reopen,
    "faq": faq.answer,
    "faq_more": faq.more,
}


def advance(turn: Turn) -> Step:
    """What the bot does about `turn.heard`."""
    turn = _agreeing_with_the_desk(turn)
    step = _without_small_talk(turn, collecting.kept(turn, _decided(turn)))
    if greeted := _greeted_in(turn):
        return replace(step, effects=(SetLanguage(greeted), *step.effects))
    return step


def _decided(turn: Turn) -> Step:
    if step := _first(_BEFORE_ALL, turn):
        return step
    turn = meant.forgotten(turn)
    return _first(_RULES, turn) or HANDLERS[turn.state](turn)


def _without_small_talk(turn: Turn, step: Step) -> Step:
    """`step`, unless it is mere words for somebody who writes too fast."""
    is_act = any(not isinstance(effect, NoteWords) for effect in step.effects)
    changes = is_act or step.state is not turn.state or step.draft != turn.draft
    if turn.haste is Haste.NONE or _many_are_usual(turn) or changes or not step.say:
        return step
    silence = home.silent(turn, "too_fast")
    return silence if turn.haste is Haste.TOLD else replace(silence, say=(Say("too_fast"),))


def _many_are_usual(turn: Turn) -> bool:
    """In a chat, and while homework is collected, many messages in a short time are usual."""
    words = turn.heard.words
    is_homework = turn.state is State.HOMEWORK_CONTENT and not (
        words and intents.is_small_talk(words)
    )
    return turn.chat is not None or is_homework


def _first(rules: tuple[Rule, ...], turn: Turn) -> Step | None:
    return next((step for rule in rules if (step := rule(turn)) is not None), None)


def _greeted_in(turn: Turn) -> str | None:
    """The language of somebody new whose very first words belong to it alone: "Bonjour"."""
    is_new = turn.state is State.INITIAL and not turn.language and not turn.heard.late
    return intents.spoken_in(turn.heard.words) if is_new else None


def _agreeing_with_the_desk(turn: Turn) -> Turn:
    """Being in a chat is having an open ticket, whatever state was stored."""
    if turn.chat is not None:
        return replace(turn, state=State.CHAT_SUPPORT_ACTIVE)
    if turn.state is State.CHAT_SUPPORT_ACTIVE:
        return replace(turn, state=rest(turn.person.registered))
    return turn


def _late(turn: Turn) -> Step | None:
    if not turn.heard.late or turn.chat is not None:
        return None
    silence = home.silent(turn, "late")
    if intents.exact(turn.heard.words) is Intent.OPT_OUT:
        return replace(silence, effects=menu.opt_out(turn).effects)
    return silence


def _chat(turn: Turn) -> Step | None:
    return support.in_chat(turn) if turn.chat is not None else None


def _quiet(turn: Turn) -> Step | None:
    return home.silent(turn, "quiet") if turn.heard.kind in {"reaction", "system"} else None


def _confirmed(turn: Turn) -> Step | None:
    intent = meant.confirmed(turn)
    return COMMANDS[intent](meant.forgotten(turn)) if intent else None


def _number(turn: Turn) -> Step | None:
    if not turn.heard.shares_number:
        return None
    return home.stay(turn, Say("number_shared"), rule="number_shared")


def _choice(turn: Turn) -> Step | None:
    tapped = turn.heard.choice_id
    if tapped == "continue" or intents.says(turn.heard.words, Answer.GO_ON):
        return menu.go_on(turn)
    if not tapped:
        return None
    if intent := intents.of_choice(tapped):
        return COMMANDS[intent](turn)
    name, arguments = intents.split_choice(tapped)
    return CHOICES[name](turn, arguments) if name in CHOICES and arguments else None


def _command(turn: Turn) -> Step | None:
    text = turn.heard.words
    if turn.person.opted_out and intents.exact(text) is Intent.OPT_IN:
        return menu.opt_in(turn)
    if turn.state not in _LANGUAGES_ARE_ANSWERS and (named := intents.language(text)):
        return language.choose(turn, named)
    intent = intents.exact(text) if rating.awaits_words(turn) else _commanded(turn, text)
    taught = turn.learnt.intent if turn.learnt else None
    if intent is None or intent in {Intent.SUPPORT, intents.exact(text), taught}:
        return COMMANDS[intent](turn) if intent else None
    return faq.answer_to(turn) or COMMANDS[intent](turn)


def _commanded(turn: Turn, text: str) -> Intent | None:
    if turn.state is State.HOMEWORK_CONTENT:
        return intents.exact_among(text, vocabulary.COMMANDS_IN_HOMEWORK)
    if turn.state in FREE_TEXT:
        whole = intents.exact_among(text, vocabulary.COMMANDS_IN_ANSWERS)
        return whole or (intents.errand(text) if turn.state in REGISTERING else None)
    whole = intents.exact(text) or (turn.learnt.intent if turn.learnt else None)
    if whole or (turn.learnt and turn.learnt.faq_id):
        return whole
    in_sentence = intents.loose(text)
    if turn.state is State.HOMEWORK_TYPE and in_sentence is not Intent.SUPPORT:
        return None
    return in_sentence


def _learnt_answer(turn: Turn) -> Step | None:
    """Words that staff took for a common question."""
    if turn.learnt is None or turn.state in FREE_TEXT:
        return None
    return faq.answer_by_id(turn, turn.learnt.faq_id)


_BEFORE_ALL: Final[tuple[Rule, ...]] = (_late, _chat, _quiet, _confirmed)
_RULES: Final[tuple[Rule, ...]] = (
    _number,
    resuming.resume,
    resuming.done,
    _choice,
    rating.typed,
    _command,
    rating.words,
    _learnt_answer,
    meant.ask,
)
