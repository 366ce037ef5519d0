"""News by template: what is told once the 24-hour window is shut, if staff chose a template."""

from collections.abc import Mapping
from typing import Any

import structlog

from whatsapp import outbox
from whatsapp.models import Contact, Message, TemplateUse
from whatsapp.models.message import Author
from whatsapp.models.template import MARKETING
from whatsapp.outgoing import MessageInvalid
from whatsapp.purposes import PURPOSES
from whatsapp.text import shorten

log = structlog.get_logger(__name__)

LONGEST = 100  # characters of one value


def queue(
    contact: Contact,
    purpose: str,
    facts: Mapping[str, str],
    *,
    language: str,
    author: Author = Author.BOT,
    reason: dict[str, Any] | None = None,
) -> Message | None:
    """Queue the template for `purpose` in `language`; None if there is none that can go out.

    A student who said STOP is sent none. The caller holds the lane, and wakes it.
    """
    use = usable(purpose).get(language)
    if contact.opted_out_at or use is None or use.template is None:
        return None
    known = {name: _in_line(value) for name, value in facts.items()}
    try:
        return outbox.queue_template(
            contact,
            use.template.approved,
            use.filled(known),
            author=author,
            taps=[PURPOSES[purpose].tap],
            reason={**(reason or {}), "rule": f"news.{purpose}", "template": str(use.template)},
        )
    except MessageInvalid as error:
        log.warning("news_not_sent", purpose=purpose, why=str(error))
        return None


def usable(purpose: str) -> dict[str, TemplateUse]:
    """The templates that can go out for `purpose` now, by language; one query.

    Templates of Meta's category "marketing" are left out: students who refuse advertising would
    miss the news.
    """
    if purpose not in PURPOSES:
        return {}
    chosen = TemplateUse.objects.filter(purpose=purpose).select_related("template")
    return {
        use.language: use
        for use in chosen
        if not use.obstacle() and use.template and use.template.category != MARKETING
    }


def _in_line(value: str) -> str:
    """`value` as Meta takes it: on one line, without wide gaps, and never empty."""
    return shorten(" ".join(value.split()), LONGEST) or "–"
