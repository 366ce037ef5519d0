"""What a webhook says, as plain values. All texts in them are cleaned (`whatsapp.text`)."""

from dataclasses import dataclass, field
from datetime import datetime

from whatsapp.kinds import Kind

Json = dict[str, object]


class PayloadInvalid(ValueError):
    """A body that is not a JSON object at all, so that nothing in it can be used."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The person at the other end, by every id that Meta gave.

    Since 2026 the phone may be hidden; then only `user_id` (the business-scoped user id) is
    there. At least one of the two is filled in whatever `parse` returns as a message.
    """

    phone: str = ""  # digits only, no plus; empty while hidden
    user_id: str = ""
    parent_user_id: str = ""
    name: str = ""  # chosen by the person: one line, may be empty or anything else
    username: str = ""  # without "@"; for display, never a key


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A file at Meta, fetchable by its id for seven days."""

    media_id: str
    mime_type: str = ""  # as claimed, without "; codecs=…"
    sha256: str = ""  # base64 in most webhooks, hex in some
    filename: str = ""  # without folders, otherwise as the sender called it
    voice: bool = False
    animated: bool = False


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A person whose phone number or business-scoped user id is now another."""

    old_phone: str = ""
    new_phone: str = ""
    old_user_id: str = ""
    new_user_id: str = ""

    @property
    def old(self) -> Sender:
        return Sender(phone=self.old_phone, user_id=self.old_user_id)

    @property
    def new(self) -> Sender:
        return Sender(phone=self.new_phone, user_id=self.new_user_id)


@dataclass(frozen=True, slots=True)
class ApiError:
    """Trouble as Meta words it; `whatsapp.errors.classify` explains the code."""

    code: int
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message from a student, or from WhatsApp about one (`Kind.SYSTEM`)."""

    wamid: str
    sender: Sender
    kind: Kind
    text: str = ""  # what a person would read; a removed reaction is empty
    sent_at: datetime | None = None  # aware, UTC, whole seconds; None if missing or absurd
    choice_id: str = ""
    media: MediaReference | None = None
    quoted_wamid: str = ""
    target_wamid: str = ""  # what is reacted to, edited or revoked
    group_id: str = ""
    forwarded: bool = False
    identity_change: IdentityChange | None = None
    contact_phone: str = ""  # digits; the sender's own, shared because we asked for it
    errors: tuple[ApiError, ...] = ()
    type_name: str = ""  # Meta's word
    phone_number_id: str = ""  # the number of ours that it was sent to
    raw: Json = field(default_factory=dict)

    @property
    def opens_window(self) -> bool:
        """Whether it (re)starts the 24 hours in which free text may be sent to the sender."""
        return not self.group_id and self.kind not in _NOT_WRITTEN_TO_US


# Edits and deletions of older messages are left out too: Meta does not say that they count.
_NOT_WRITTEN_TO_US = frozenset({Kind.SYSTEM, Kind.WELCOME, Kind.EDIT, Kind.REVOKE})


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """News of a message we sent. Order is not guaranteed and repeats are normal."""

    wamid: str
    status: str  # Meta's word: sent, delivered, read, played, failed, deleted or a new one
    occurred_at: datetime | None = None
    callback_id: str = ""  # our own id, echoed (biz_opaque_callback_data)
    errors: tuple[ApiError, ...] = ()
    phone_number_id: str = ""
    recipient: Sender = Sender()


@dataclass(frozen=True, slots=True)
class Notice:
    """Anything else Meta tells: account alerts, calls, preferences, echoes, errors."""

    field: str
    waba_id: str
    value: Json


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that cannot be used, kept with the reason."""

    reason: str
    raw: object


Item = InboundMessage | StatusUpdate | Notice | Broken


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything one webhook body contained, in its order."""

    messages: tuple[InboundMessage, ...] = ()
    statuses: tuple[StatusUpdate, ...] = ()
    notices: tuple[Notice, ...] = ()
    broken: tuple[Broken, ...] = ()
