"""The seams through which a lower floor calls a higher one.

Each is one callable named in settings. A misspelt name is found by a system check at start, not
by the first student.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

HOOKS = (
    "WHATSAPP_MESSAGE_HANDLER",
    "WHATSAPP_CONTACT_MERGER",
    "WHATSAPP_CONTACT_ERASER",
    "WHATSAPP_FILE_HANDLER",
    "WHATSAPP_FILE_ADDRESS",
    "WHATSAPP_NEWS_HANDLER",
    "WHATSAPP_NUMBER_SHOWN",
    "WHATSAPP_NUMBER_SEARCHED",
    "SUPPORT_CHAT_ENDED_HANDLER",
    "SUPPORT_PROFILE_PROVIDER",
    "SUPPORT_SENTENCE_PROVIDER",
)


def resolve(setting: str) -> Callable[..., Any]:
    """The callable that `setting` names. Raises ImportError if there is none."""
    found: Callable[..., Any] = import_string(getattr(settings, setting))
    return found


def check(**_: object) -> list[CheckMessage]:
    """System check: every hook names something that can be imported and called."""
    return [message for name in HOOKS if (message := _problem(name))]


def _problem(setting: str) -> CheckMessage | None:
    try:
        found = resolve(setting)
    except (ImportError, AttributeError) as error:
        return Error(f"{setting} cannot be imported: {error}", id="whatsapp.E001")
    if not callable(found):
        return Error(f"{setting} does not name a callable.", id="whatsapp.E002")
    return None
