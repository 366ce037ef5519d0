"""What the bot may know about one message.

Plain frozen values: no database row, clock, setting or random number. The shell in
`conversations.inbound` loads a Turn, asks `desk_outlook.advance`, and carries the Step that
comes of it (`conversations.step`) out in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from conversations.catalogues import DEFAULT
from conversations.catalogues.intent import Intent
from conversations.states import State


@dataclass(frozen=True, slots=True)
class HomeworkLine:
    """One submission as the status page shows it."""

    reference: str
    subject: str
    state: str  # in words
    sent_on: date


@dataclass(frozen=True, slots=True)
class Person:
    first_name: str  # of the student, else of the WhatsApp profile; may be empty
    registered: bool
    opted_out: bool = False
    name: str = ""
    email: str = ""
    class_name: str = ""
    subscribed_until: date | None = None  # None when no subscription runs today
    homework: tuple[HomeworkLine, ...] = ()  # newest first


@dataclass(frozen=True, slots=True)
class Chat:
    """The contact's open support ticket."""

    ticket_id: int
    described: bool  # the ticket has its issue description
    receipt_due: bool  # long enough since the last "your message has been sent"
    about: str = ""  # what the team opened it about, while the student has not been told


@dataclass(frozen=True, slots=True)
class Opening:
    """When the support desk opens: how many `days` from today, `day` and `time` in words."""

    days: int
    day: str
    time: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The support desk as somebody finds it who asks for a person now."""

    is_open: bool = True
    opens: Opening | None = None  # None while open, and when it is more than a year off
    ahead: int = 0  # students who wait already
    wait: int | None = None  # minutes until the first answer, as it is today


@dataclass(frozen=True, slots=True)
class Request:
    """One ended support ticket of this contact."""

    ticket_id: int
    subject: str  # its first words; may be empty
    status: str  # in words


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of the student. Kinds not listed here are treated as "unsupported".

    kind: text, image, video, audio, document, sticker, location, contacts, reaction, choice
    (a tapped button or row), form, order, system, unsupported.
    """

    kind: str
    text: str = ""  # the text, the caption, or the title of what was tapped
    choice_id: str = ""
    message_id: int = 0
    media_id: int | None = None
    sent_at: int = 0  # Meta's time, in seconds; pages are in its order
    problem: str = ""  # of a file that has been looked at already: see `flows.pages`
    shares_number: bool = False  # of a contact card: the student's own, because we asked
    late: bool = False  # so old that an answer would only puzzle
    more: bool = False  # the contact's next message waits already: no need to acknowledge this one

    @property
    def words(self) -> str:
        """What may be a command: a typed text, or the label of a template's button.

        Meta sends the label for an id when the template gave the button none. Captions are no
        commands, and a button of ours is its id.
        """
        typed = self.kind == "text" or (self.kind == "choice" and self.choice_id == self.text)
        return self.text if typed else ""


@dataclass(frozen=True, slots=True)
class FaqItem:
    id: int
    category: str  # at most 100 characters: it travels in the ids of rows
    question: str
    answer: str
    keywords: tuple[str, ...] = ()
    language: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Learnt:
    """What staff say that the heard words mean: an intent, or a common question."""

    intent: Intent | None = None
    faq_id: int | None = None


class Haste(Enum):
    """How this person's messages follow upon each other."""

    NONE = "none"
    TOO_FAST = "too fast"  # so many that the bot must ask for a pause
    TOLD = "told"  # it has asked, and has said nothing since


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    heard: Heard
    person: Person
    bot_name: str
    draft: Mapping[str, str] = field(default_factory=dict)
    chat: Chat | None = None
    faq: tuple[FaqItem, ...] = ()
    misses: int = 0  # messages in a row that the bot did not understand
    payments_open: bool = False
    homework_left: int | None = None  # submissions left this month; None means no limit
    desk: Desk | None = None  # looked at only once a chat is about to begin
    requests: tuple[Request, ...] = ()  # newest first; loaded when asked for
    resolved_chat: int | None = None  # the ticket that the team resolved moments ago
    language: str = ""  # as the contact chose it; empty until then
    learnt: Learnt | None = None
    haste: Haste = Haste.NONE
    unsaid: bool = False  # the last receipt was taken back before the student could read it
