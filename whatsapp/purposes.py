"""What a template may be needed for. The floors above name theirs (WHATSAPP_TEMPLATE_PURPOSES)."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Purpose:
    """`facts` are the values known of such news; `tap` is what tapping its first button means."""

    label: str
    facts: tuple[str, ...]
    tap: str


PURPOSES: dict[str, Purpose] = {
    key: Purpose(*given) for key, given in settings.WHATSAPP_TEMPLATE_PURPOSES.items()
}


def language_of(code: str) -> str:
    """The language of Meta's `en_US`, `en-GB` or `en`."""
    return code.replace("-", "_").partition("_")[0]
