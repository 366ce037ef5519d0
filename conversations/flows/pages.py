"""The pages of a homework while it is collected, as they are kept in the draft.

`files`: the pages in Meta's order, "seconds:message" each, by commas. `remarks`: what the photo
check found and the student has to be told, "problem:message" each; `unread` while nothing has been
said about them. A poor page counts, and the student decides; a refused one is no page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from conversations.step import Choice, Menu, Say

Draft = Mapping[str, str]

POOR: Final = ("dark", "blurred", "tiny")
REFUSED: Final = ("type", "huge", "broken", "lost")
_HOMEWORK: Final = ("subject", "kind", "files", "remarks", "unread", "note")
ROWS: Final = 8  # of the list to remove from: the others lead to the rest and back


@dataclass(frozen=True, slots=True, order=True)
class Page:
    sent_at: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Remark:
    problem: str
    message_id: int


def begun(draft: Draft) -> dict[str, str]:
    """The homework in the draft if a page, a note or a finding about one is here; else nothing."""
    if not (draft.get("files") or draft.get("note") or draft.get("remarks")):
        return {}
    return {key: draft[key] for key in _HOMEWORK if key in draft}


def collected(draft: Draft) -> tuple[Page, ...]:
    """In order; a page's number is its place."""
    parts = (item.rpartition(":") for item in draft.get("files", "").split(",") if item)
    return tuple(Page(int(seconds or 0), int(number)) for seconds, _, number in parts)


def last_sent_at(draft: Draft) -> int:
    """When the last page was sent, in seconds; 0 if there is none."""
    return max((page.sent_at for page in collected(draft)), default=0)


def ids(draft: Draft) -> tuple[int, ...]:
    return tuple(page.message_id for page in collected(draft))


def number(draft: Draft, message_id: int) -> int:
    """From 1; 0 if it is no page."""
    found = ids(draft)
    return found.index(message_id) + 1 if message_id in found else 0


def remarks(draft: Draft) -> tuple[Remark, ...]:
    parts = (item.partition(":") for item in draft.get("remarks", "").split(",") if item)
    return tuple(Remark(problem, int(number)) for problem, _, number in parts)


def with_page(draft: Draft, page: Page) -> dict[str, str]:
    """Webhooks overtake each other: a page takes the place that its time gives it."""
    return _with_pages(draft, sorted({*collected(draft), page}))


def without(draft: Draft, message_ids: Iterable[int]) -> dict[str, str]:
    """The draft without these pages and what was remarked about them."""
    gone = set(message_ids)
    kept = _with_pages(draft, (page for page in collected(draft) if page.message_id not in gone))
    return _with_remarks(kept, (one for one in remarks(draft) if one.message_id not in gone))


def remarked(draft: Draft, problem: str, message_id: int) -> dict[str, str]:
    """The draft with one more finding of the photo check; a refused page is taken out."""
    rest = without(draft, [message_id]) if problem in REFUSED else dict(draft)
    return _with_remarks(rest, (*remarks(rest), Remark(problem, message_id)))


def told(draft: Draft) -> dict[str, str]:
    """The draft once the student has read all remarks."""
    return {key: value for key, value in draft.items() if key not in {"remarks", "unread"}}


def findings(draft: Draft) -> tuple[Say, ...]:
    """The remarks in words, one sentence for each kind of problem."""
    found = remarks(draft)
    said = []
    for problem in dict.fromkeys(one.problem for one in found):
        alike = [one.message_id for one in found if one.problem == problem]
        params = {"numbers": numbers(draft, alike)} if problem in POOR else {}
        said.append(Say(f"page_{problem}", params))
    return tuple(said)


def numbers(draft: Draft, message_ids: Iterable[int]) -> str:
    """ "2" or "2, 5, 7"."""
    places = sorted(number(draft, message_id) for message_id in message_ids)
    return ", ".join(str(place) for place in places if place)


def poor(draft: Draft) -> tuple[int, ...]:
    """The message ids of poor pages about which the student has not been told."""
    return tuple(one.message_id for one in remarks(draft) if one.problem in POOR)


def to_remove(draft: Draft, first: int) -> Menu:
    """A list of pages from the one after `first`, by their numbers."""
    own = ids(draft)
    shown = own[first : first + ROWS]
    rows = [
        Choice(f"remove:{message_id}", "row_page", params={"number": str(place)})
        for place, message_id in enumerate(shown, start=first + 1)
    ]
    if first + ROWS < len(own):
        rows.append(Choice(f"remove_more:{first + ROWS}", "row_more"))
    return Menu((*rows, Choice("remove_none", "row_keep_all")), "label_pages", rows=True)


def _with_pages(draft: Draft, pages: Iterable[Page]) -> dict[str, str]:
    joined = ",".join(f"{page.sent_at}:{page.message_id}" for page in pages)
    return {**draft, "files": joined}


def _with_remarks(draft: Draft, found: Iterable[Remark]) -> dict[str, str]:
    joined = ",".join(f"{one.problem}:{one.message_id}" for one in found)
    return {**draft, "remarks": joined} if joined else told(draft)
