"""Rating a chat: two buttons or what stands for them (`scores`), and a word if the student likes.

The draft: `rated`, the ticket on which a word is awaited; with `unrated`, the rating itself is.
It is kept at rest, so the next command or errand drops it, and where a chat has interrupted
homework until the next words.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversations.flows import buttons, home, pages, scores
from conversations.intents import Answer, exact, is_greeting, language, says
from conversations.states import WAITING
from conversations.step import Choice, CommentOnChat, Effect, RateChat, Rating, Say, Step
from conversations.turn import Turn

DRAFT: Final = "rated"
_UNRATED: Final = "unrated"


def rate(turn: Turn, arguments: tuple[str, ...]) -> Step | None:
    """A tapped rating, of this chat or an earlier one; None when the button makes no sense."""
    match arguments:
        case (ticket, "good" | "bad" as rating) if ticket.isascii() and ticket.isdigit():
            return _rated(turn, int(ticket), "good" if rating == "good" else "bad")
    return None


def awaits_words(turn: Turn) -> bool:
    """Whether the next words of the student are about the chat that was just rated."""
    return _UNRATED not in turn.draft and _is_about_a_chat(turn)


def asked(ticket_id: int) -> dict[str, str]:
    """The draft in which "good" and "not good" stand for the buttons."""
    return {DRAFT: str(ticket_id), _UNRATED: "yes"}


def choices(ticket_id: int) -> tuple[Choice, Choice]:
    good = Choice(f"rate:{ticket_id}:good", "button_good")
    return good, Choice(f"rate:{ticket_id}:bad", "button_bad")


def typed(turn: Turn) -> Step | None:
    """A rating in words, marks or faces, or that none is wanted; None when it is something else."""
    text = turn.heard.words
    if _UNRATED not in turn.draft or not text or not _is_about_a_chat(turn):
        return _typed_half_way(turn)
    if exact(text) or language(text):
        return None
    if says(text, Answer.SKIP_RATING):
        return home.home(turn, rule="rating.skipped")
    if score := scores.read(text):
        return _scored(turn, int(turn.draft[DRAFT]), score)
    if is_greeting(text):  # "thanks" first, and then the rating
        thanked = home.home(turn, rule="menu.greeting")
        return replace(thanked, draft=turn.draft)
    return None


def words(turn: Turn) -> Step | None:
    """What the student adds to the rating; None when it is something else."""
    if not awaits_words(turn):
        return None
    text = turn.heard.words
    if turn.heard.choice_id == buttons.SKIP_WORDS.id or says(text, Answer.SKIP_RATING):
        return home.home(turn, rule="rating.skipped")
    if turn.heard.kind != "text" or not text.strip() or is_greeting(text):
        return None
    said = home.home(turn, Say("rating_words_kept"), rule="rating.words")
    effect = CommentOnChat(int(turn.draft[DRAFT]), text)
    return Step(said.state, said.say, effects=(effect,), rule=said.rule)


def forgotten(draft: Mapping[str, str]) -> dict[str, str]:
    """The draft of an errand that goes on without a rating."""
    return {key: value for key, value in draft.items() if key not in {DRAFT, _UNRATED}}


def _typed_half_way(turn: Turn) -> Step | None:
    """Where the chat has interrupted homework only a mere rating counts: else it is a note."""
    if _UNRATED not in turn.draft or DRAFT not in turn.draft or not pages.begun(turn.draft):
        return None
    score = scores.read(turn.heard.words)
    if score is None or score.rating is None or score.words:
        return None
    return _rated(turn, int(turn.draft[DRAFT]), score.rating)


def _is_about_a_chat(turn: Turn) -> bool:
    return DRAFT in turn.draft and turn.state not in WAITING and turn.chat is None


def _scored(turn: Turn, ticket_id: int, score: scores.Score) -> Step:
    if score.rating is None:
        shown = buttons.menu(*choices(ticket_id), buttons.MAIN_MENU)
        step = home.rested(turn, Say("rating_unclear", menu=shown), rule="rating.unclear")
        return replace(step, draft=asked(ticket_id))
    if not score.words:
        return _rated(turn, ticket_id, score.rating)
    effects: tuple[Effect, ...] = (RateChat(ticket_id, score.rating),)
    effects += (CommentOnChat(ticket_id, score.words),)
    said: tuple[Say, ...] = (Say(f"rated_{score.rating}"), Say("rated_with_words"))
    if score.rating == "bad":
        offer = Say("rated_bad_offer", menu=buttons.menu(buttons.SUPPORT, buttons.MAIN_MENU))
        step = home.rested(turn, *said, offer, rule="rating.bad")
    else:
        step = home.home(turn, *said, rule="rating.good")
    return replace(step, effects=effects)


def _rated(turn: Turn, ticket_id: int, rating: Rating) -> Step:
    effects = (RateChat(ticket_id, rating),)
    thanks, rule = Say(f"rated_{rating}"), f"rating.{rating}"
    if turn.chat is not None:
        ending = buttons.menu(buttons.END_CHAT)
        return Step(turn.state, (Say(thanks.key, menu=ending),), effects=effects, rule=rule)
    if turn.state in WAITING:  # half-way through something else: no more questions
        onward = replace(turn, draft=forgotten(turn.draft))
        return home.stay(onward, thanks, rule=rule, effects=effects)
    again = (buttons.SUPPORT,) if rating == "bad" else ()
    offer = (Say("rated_bad_offer"),) if again else ()
    ask = Say("rating_words", menu=buttons.menu(*again, buttons.SKIP_WORDS, buttons.MAIN_MENU))
    rest = home.rested(turn, thanks, *offer, ask, rule=rule)
    return Step(rest.state, rest.say, {DRAFT: str(ticket_id)}, effects, rule=rule)
