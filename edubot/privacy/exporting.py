"""Everything that is kept of one contact, in a folder that a person can read."""

import json
import shutil
from pathlib import Path
from typing import Any

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from whatsapp import belongings
from whatsapp.belongings import Belongings
from whatsapp.models import Contact, Message
from whatsapp.models.message import Direction

log = structlog.get_logger(__name__)

INTERNAL = {"epoch", "lease_until", "spent_until", "traceback", "digest", "wamid_digest"}


def export(contact: Contact, folder: Path) -> int:
    """Write `data.json`, `conversation.txt` and the files; how many rows.

    Raises FileExistsError if the folder is there, FileNotFoundError if a stored file is not.
    """
    folder.mkdir(parents=True, mode=0o700)
    theirs = belongings.of(contact)
    tables = {model._meta.label: [_fields(row) for row in rows] for model, rows in theirs.items()}  # noqa: SLF001
    text = json.dumps(tables, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    (folder / "data.json").write_text(text, encoding="utf-8")
    (folder / "conversation.txt").write_text(_conversation(contact), encoding="utf-8")
    _copy_files(theirs, folder / "files")
    rows = sum(map(len, theirs.values()))
    log.info("contact_exported", contact=contact.pk, rows=rows)
    return rows


def _fields(row: Model) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.attname not in INTERNAL]  # noqa: SLF001
    return {field.attname: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    """A file by its name; what JSON cannot say as text."""
    known = value is None or isinstance(value, bool | int | float | str | list | dict)
    return value if known or hasattr(value, "isoformat") else str(value)


def _conversation(contact: Contact) -> str:
    messages = Message.objects.filter(contact=contact).select_related("media")
    return "\n".join(map(_line, messages.order_by("occurred_at", "id"))) + "\n"


def _line(message: Message) -> str:
    who = message.contact if message.direction == Direction.INBOUND else message.author
    media = getattr(message, "media", None)
    file = f" [{Path(media.file.name).name}]" if media and media.file else ""
    return f"{message.occurred_at:%Y-%m-%d %H:%M} {who}: {message.text or message.kind}{file}"


def _copy_files(theirs: Belongings, folder: Path) -> None:
    for file in belongings.files(theirs):
        path = folder / str(file.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
