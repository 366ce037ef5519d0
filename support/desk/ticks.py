"""Delivery as ticks: what became of a message that went to the student."""

from dataclasses import dataclass, replace

from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.models.message import Status


@dataclass(frozen=True, slots=True)
class Tick:
    """`symbol` is for the eye, `label` for everybody; `style` is a CSS class.

    `problem` says in plain words what went wrong; then the agent may send again, and of an
    unconfirmed message may also say that it arrived. A template `needs_no_window` for that.
    """

    symbol: str
    label: str
    style: str = "plain"
    problem: str = ""
    may_send_again: bool = False
    may_settle: bool = False
    needs_no_window: bool = False


_ON_ITS_WAY = Tick("🕓", "Queued")
_SENT = Tick("✓", "Sent")
_READ = Tick("✓✓", "Read", "read")
_FAILED = Tick("!", "Failed", "failed", may_send_again=True)
_IN_DOUBT = Tick("🕓", "Waiting for confirmation")
_UNCONFIRMED = Tick(
    "?",
    "Not confirmed",
    "failed",
    "WhatsApp never confirmed this message. If the student has it, say so; else send it again.",
    may_send_again=True,
    may_settle=True,
)
_TICKS = {
    Status.QUEUED: _ON_ITS_WAY,
    Status.SENDING: Tick("🕓", "Sending"),
    Status.ACCEPTED: _SENT,
    Status.SENT: _SENT,
    Status.DELIVERED: Tick("✓✓", "Delivered"),
    Status.READ: _READ,
    Status.PLAYED: Tick("✓✓", "Played", "read"),
    Status.FAILED: _FAILED,
    Status.EXPIRED: replace(_FAILED, label="Not sent"),
    Status.CANCELLED: Tick("×", "Cancelled"),
}


def tick(wire: Message) -> Tick:
    """The tick of an outgoing message."""
    return replace(_tick(wire), needs_no_window=wire.kind == Kind.TEMPLATE)


def _tick(wire: Message) -> Tick:
    status = Status(wire.status)
    if status is Status.UNCERTAIN:
        return _IN_DOUBT if wire.due_at else _UNCONFIRMED
    found = _TICKS[status]
    if found.style == "failed":
        return replace(found, problem=wire.error or "WhatsApp did not say why.")
    if status is Status.QUEUED and wire.error:
        return replace(found, problem=wire.error)  # it may wait for long, and the agent should know
    return found
