"""The wire in the admin: for looking, and for trying again what failed."""

from whatsapp.admin.contacts import ContactAdmin
from whatsapp.admin.ledger import LedgerAdmin
from whatsapp.admin.messages import MessageAdmin
from whatsapp.admin.receipts import MediaAdmin, ReceiptAdmin
from whatsapp.admin.templates import MessageTemplateAdmin
from whatsapp.admin.uses import TemplateUseAdmin

__all__ = [
    "ContactAdmin",
    "LedgerAdmin",
    "MediaAdmin",
    "MessageAdmin",
    "MessageTemplateAdmin",
    "ReceiptAdmin",
    "TemplateUseAdmin",
]
