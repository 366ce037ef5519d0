"""What the bot decides about one message: what to say, what to do, what to wait for.

Plain frozen values, like the Turn from which they follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from conversations.states import State

Rating = Literal["good", "bad"]
HomeworkKind = Literal["text", "image"]

# Placeholders that the shell fills because only it knows them: the reference number of the
# homework that a SubmitHomework effect has just stored, and the price of a subscription.
SHELL_PARAMS: Final = frozenset({"reference", "price"})

MAXIMUM_BUTTONS: Final = 3  # Meta's limits for interactive messages
MAXIMUM_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A button or list row: `title` and `description` are text keys, filled with `params`."""

    id: str
    title: str
    description: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Menu:
    """Up to three choices become reply buttons, up to ten a list behind the button `label`."""

    choices: tuple[Choice, ...]
    label: str = "label_menu"
    rows: bool = False  # a list even when few: row titles may be longer than buttons

    @property
    def is_list(self) -> bool:
        return self.rows or len(self.choices) > MAXIMUM_BUTTONS


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a web page. WhatsApp takes one, and no menu beside it."""

    label: str  # a text key
    url: str


@dataclass(frozen=True, slots=True)
class Say:
    """A text key with its parameters. `SHELL_PARAMS` are added by the shell."""

    key: str
    params: Mapping[str, str] = field(default_factory=dict)
    menu: Menu | None = None
    link: Link | None = None
    named: Mapping[str, str] = field(default_factory=dict)  # parameters that are text keys


@dataclass(frozen=True, slots=True)
class OpenChat:
    """Open a ticket, or go back into the one that is open."""

    place: int = 0  # in the queue, as the student is told; 0 when not told


@dataclass(frozen=True, slots=True)
class ReopenChat:
    """Open an ended ticket of this contact again."""

    ticket_id: int
    place: int = 0  # as in OpenChat


@dataclass(frozen=True, slots=True)
class AddToChat:
    """Put the heard message into the open ticket's thread."""


@dataclass(frozen=True, slots=True)
class EndChat:
    """The student ends the chat."""


@dataclass(frozen=True, slots=True)
class RateChat:
    ticket_id: int  # as the button said: check that it is this contact's
    rating: Rating


@dataclass(frozen=True, slots=True)
class CommentOnChat:
    """A word beside the rating."""

    ticket_id: int  # as RateChat
    text: str


@dataclass(frozen=True, slots=True)
class RegisterStudent:
    name: str
    email: str  # empty when skipped
    class_name: str


@dataclass(frozen=True, slots=True)
class UpdateStudent:
    name: str
    email: str
    class_name: str


@dataclass(frozen=True, slots=True)
class OptOut:
    pass


@dataclass(frozen=True, slots=True)
class OptIn:
    pass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Everything is said in it, from this Step's words on."""

    code: str  # of a catalogue


@dataclass(frozen=True, slots=True)
class SubmitHomework:
    subject: str
    kind: HomeworkKind
    text: str  # the homework itself, or the note that came with the files
    message_ids: tuple[int, ...]  # inbound messages that carry it, in order


@dataclass(frozen=True, slots=True)
class AddLatePage:
    """The heard file belongs to the homework handed in last: "Done" had overtaken it."""


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """Make a payment link, or ask the provider about the one that is open.

    That takes HTTP, so the answer to the student follows as a message of its own. Who says that
    he `has_paid` gets no new link, but an answer about what he paid.
    """

    has_paid: bool = False


@dataclass(frozen=True, slots=True)
class NoteWords:
    """The bot did not understand the heard words: staff may teach them."""


Effect = (
    OpenChat
    | ReopenChat
    | AddToChat
    | EndChat
    | RateChat
    | CommentOnChat
    | RegisterStudent
    | UpdateStudent
    | OptOut
    | OptIn
    | SetLanguage
    | SubmitHomework
    | AddLatePage
    | ConfirmPayment
    | NoteWords
)


@dataclass(frozen=True, slots=True)
class Step:
    """The decision. All Says become one message: a blank line between them, the last menu wins."""

    state: State
    say: tuple[Say, ...] = ()
    draft: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    misses: int = 0
    rule: str = ""  # the branch that decided, for "Why did the bot say that?"
    later: bool = False  # a receipt: it waits a moment, and the next answer takes its place
    drops_homework: bool = False  # what is collected of one does not wait any longer
