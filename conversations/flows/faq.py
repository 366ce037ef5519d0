"""Common questions: browsing them by category, and finding them by what a student writes."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from conversations.catalogues import DEFAULT
from conversations.flows import buttons, home
from conversations.intents import Intent, loose, normalise
from conversations.step import MAXIMUM_ROWS, Choice, Menu, Say, Step
from conversations.turn import FaqItem, Turn
from conversations.vocabulary import FILLERS
from whatsapp.text import shorten

# Scores of rapidfuzz run from 0 to 100. Alike: worth asking "did you mean". The same: the
# question itself, up to word order and a slip; answering it can do no harm.
ALIKE: Final = 75.0
THE_SAME: Final = 92.0
MAXIMUM_GUESSES: Final = 3
_TITLE, _DESCRIPTION = 24, 72  # Meta's limits for rows

_WAYS_OUT: Final = (
    Choice("support", "row_support", "row_support_about"),
    Choice("main_menu", "row_main_menu"),
)
# The button beside the answer for who may have meant the act rather than the question.
_ERRANDS: Final[dict[Intent | None, Choice]] = {
    Intent.HOMEWORK: buttons.HOMEWORK,
    Intent.PAY: buttons.PAY,
}


def browse(turn: Turn) -> Step:
    """All questions when they fit into one list, else their categories."""
    shown = _own(turn)
    if not shown:
        return home.rested(
            turn,
            Say("faq_none", menu=buttons.menu(buttons.SUPPORT, buttons.MAIN_MENU)),
            rule="faq.none",
        )
    categories = _categories(shown)
    if len(shown) <= MAXIMUM_ROWS or len(categories) == 1:
        return _questions(turn, shown, 0, categories[0])
    return _category_page(turn, categories, 0)


def more(turn: Turn, arguments: tuple[str, ...]) -> Step | None:
    """A tapped category or "More": `faq_more:<first>` or `faq_more:<first>:<category>`."""
    if not arguments or not (arguments[0].isascii() and arguments[0].isdigit()):
        return None
    first, category = int(arguments[0]), ":".join(arguments[1:])
    if len(arguments) == 1:
        categories = _categories(_own(turn))[first:]
        return _category_page(turn, categories, first) if categories else _gone(turn)
    shown = _in_category(_own(turn), category)[first:]
    return _questions(turn, shown, first, category) if shown else _gone(turn)


def answer(turn: Turn, arguments: tuple[str, ...]) -> Step:
    """A tapped question: `faq:<id>`."""
    number = arguments[0] if len(arguments) == 1 else ""
    found = next((item for item in turn.faq if str(item.id) == number), None)
    return _answered(turn, found, "faq.answer") if found else _gone(turn)


def answer_by_id(turn: Turn, faq_id: int | None) -> Step | None:
    """What staff took the heard words for; None if it is no longer answered."""
    found = next((item for item in turn.faq if item.id == faq_id), None)
    return _answered(turn, found, "faq.learnt") if found else None


def answer_to(turn: Turn) -> Step | None:
    """The answer, when the student wrote a question that is in the list; else None."""
    asked = _meat(turn.heard.text)
    return next((step for faq in _by_language(turn) if (step := _same(turn, asked, faq))), None)


def guess(turn: Turn) -> Step | None:
    """ "Did you mean", with the nearest questions; None when nothing is near."""
    asked = _meat(turn.heard.text)
    near = next(filter(None, (_near(asked, faq) for faq in _by_language(turn))), None)
    if not asked or not near:
        return None
    rows = Menu((*map(_row, near), *_WAYS_OUT), "label_faq", rows=True)
    return home.missed(home.rested(turn, Say("faq_maybe", menu=rows), rule="faq.guess"))


def _own(turn: Turn) -> Sequence[FaqItem]:
    """The questions in the student's language; while it has none, the English ones."""
    return next(filter(None, _by_language(turn)), ())


def _by_language(turn: Turn) -> Sequence[Sequence[FaqItem]]:
    spoken = dict.fromkeys((turn.language or DEFAULT, DEFAULT))
    return [[item for item in turn.faq if item.language == code] for code in spoken]


def _same(turn: Turn, asked: str, faq: Sequence[FaqItem]) -> Step | None:
    scores = [fuzz.token_sort_ratio(asked, _meat(item.question)) for item in faq]
    best = max(scores, default=0.0)
    if not asked or best < THE_SAME or scores.count(best) > 1:
        return None
    return _answered(turn, faq[scores.index(best)], "faq.same_question")


def _near(asked: str, faq: Sequence[FaqItem]) -> list[FaqItem]:
    scored = sorted(((_likeness(asked, item), item) for item in faq), key=lambda p: -p[0])
    return [item for score, item in scored if score >= ALIKE][:MAXIMUM_GUESSES]


def _meat(text: str) -> str:
    """The words that carry the question."""
    words = (word.strip("?!.,;:'\"()") for word in normalise(text).split())
    return " ".join(word for word in words if word and word not in FILLERS)


def _likeness(asked: str, item: FaqItem) -> float:
    texts = (item.question, *item.keywords)
    return max(fuzz.token_set_ratio(asked, _meat(text)) for text in texts)


def _answered(turn: Turn, item: FaqItem, rule: str) -> Step:
    params = {"question": item.question, "answer": item.answer}
    first = _ERRANDS.get(loose(turn.heard.words), buttons.MORE_FAQ)
    choices = buttons.menu(first, buttons.SUPPORT, buttons.MAIN_MENU)
    return home.rested(turn, Say("faq_answer", params, choices), rule=rule)


def _gone(turn: Turn) -> Step:
    step = browse(turn)
    return home.rested(turn, Say("faq_gone"), *step.say, rule="faq.gone")


def _questions(turn: Turn, items: Sequence[FaqItem], first: int, category: str) -> Step:
    rows = _page([_row(item) for item in items], first, f":{category}")
    return home.rested(turn, Say("faq_questions", menu=rows), rule="faq.questions")


def _category_page(turn: Turn, categories: Sequence[str], first: int) -> Step:
    rows = _page([_category_row(category) for category in categories], first, "")
    return home.rested(turn, Say("faq_categories", menu=rows), rule="faq.categories")


def _page(rows: Sequence[Choice], first: int, more_suffix: str) -> Menu:
    """As many rows as a list may have; the last leads to the rest."""
    if len(rows) <= MAXIMUM_ROWS:
        return Menu(tuple(rows), "label_faq", rows=True)
    shown = tuple(rows[: MAXIMUM_ROWS - 1])
    more_row = Choice(f"faq_more:{first + len(shown)}{more_suffix}", "row_more")
    return Menu((*shown, more_row), "label_faq", rows=True)


def _row(item: FaqItem) -> Choice:
    question = " ".join(item.question.split())
    cut = {"title": shorten(question, _TITLE), "question": shorten(question, _DESCRIPTION)}
    about = "row_faq_about_question" if cut["title"] != question else ""
    return Choice(f"faq:{item.id}", "row_faq_title", about, cut)


def _category_row(category: str) -> Choice:
    if not category:
        return Choice("faq_more:0:", "row_faq_other")
    title = {"title": shorten(category, _TITLE)}
    return Choice(f"faq_more:0:{category}", "row_faq_category", params=title)


def _categories(faq: Sequence[FaqItem]) -> list[str]:
    """In the order of their first question."""
    return list(dict.fromkeys(item.category for item in faq))


def _in_category(faq: Sequence[FaqItem], category: str) -> list[FaqItem]:
    return [item for item in faq if item.category == category]
