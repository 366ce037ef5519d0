"""Rating a chat: two buttons, and a word if the student likes.

The draft: `rated`, the ticket on which a word is awaited; with `unrated`, the rating itself is.
It is kept at rest only, so the next command or errand drops it.
"""

from typing import Final

from conversations.flows import buttons, home
from conversations.intents import Answer, is_greeting, says
from conversations.states import WAITING
from conversations.step import CommentOnChat, RateChat, Rating, Say, Step
from conversations.turn import Turn

DRAFT: Final = "rated"
_UNRATED: Final = "unrated"
_TYPED: Final[tuple[tuple[Rating, Answer, str], ...]] = (
    ("good", Answer.GOOD, "👍"),
    ("bad", Answer.BAD, "👎"),
)


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


def typed(turn: Turn) -> Step | None:
    """What the buttons say, written or sent as a thumb; None when it is something else."""
    if _UNRATED not in turn.draft or not _is_about_a_chat(turn):
        return None
    for rating, answer, thumb in _TYPED:
        if says(turn.heard.words, answer) or turn.heard.words.strip().startswith(thumb):
            return _rated(turn, int(turn.draft[DRAFT]), rating)
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


def _is_about_a_chat(turn: Turn) -> bool:
    return DRAFT in turn.draft and turn.state not in WAITING and turn.chat is None


def _rated(turn: Turn, ticket_id: int, rating: Rating) -> Step:
    effects = (RateChat(ticket_id, rating),)
    thanks, rule = Say(f"rated_{rating}"), f"rating.{rating}"
    if turn.chat is not None:
        ending = buttons.menu(buttons.END_CHAT)
        return Step(turn.state, (Say(thanks.key, menu=ending),), effects=effects, rule=rule)
    if turn.state in WAITING:  # half-way through something else: no more questions
        return home.stay(turn, thanks, rule=rule, effects=effects)
    again = (buttons.SUPPORT,) if rating == "bad" else ()
    offer = (Say("rated_bad_offer"),) if again else ()
    ask = Say("rating_words", menu=buttons.menu(*again, buttons.SKIP_WORDS, buttons.MAIN_MENU))
    rest = home.rested(turn, thanks, *offer, ask, rule=rule)
    return Step(rest.state, rest.say, {DRAFT: str(ticket_id)}, effects, rule=rule)
