"""What the wire remembers: who wrote, what came in as bytes, every message both ways, files."""

from whatsapp.models.candidate import MergeCandidate
from whatsapp.models.contact import Contact, Identity
from whatsapp.models.line import Line
from whatsapp.models.media import Media
from whatsapp.models.message import InboundMessage, Message
from whatsapp.models.receipt import Receipt
from whatsapp.models.slot import DownloadSlot
from whatsapp.models.template import MessageTemplate
from whatsapp.models.use import TemplateUse
from whatsapp.simulator.models import (
    Misbehaviour,
    SimulatedMedia,
    SimulatedMessage,
    SimulatedPhone,
    SimulatedWebhook,
)
from whatsapp.simulator.paystack.models import SimulatedTransaction

__all__ = [
    "Contact",
    "DownloadSlot",
    "Identity",
    "InboundMessage",
    "Line",
    "Media",
    "MergeCandidate",
    "Message",
    "MessageTemplate",
    "Misbehaviour",
    "Receipt",
    "SimulatedMedia",
    "SimulatedMessage",
    "SimulatedPhone",
    "SimulatedTransaction",
    "SimulatedWebhook",
    "TemplateUse",
]
