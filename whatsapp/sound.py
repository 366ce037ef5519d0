"""What a recording is, from its bytes. Pure."""

from typing import Final

VOICE_TYPE: Final = "audio/ogg; codecs=opus"
BEGINNING: Final = 64  # bytes that tell

_PAGE: Final = b"OggS"
_OPUS: Final = b"OpusHead"
_SEGMENTS_AT: Final = 26  # the Ogg page's count of segment lengths, which stand before its content
_CHANNELS_AT: Final = 9  # within the Opus header


def is_opus(beginning: bytes) -> bool:
    """Whether an OGG file holds Opus, the only sound that WhatsApp takes in one.

    Source: RFC 3533, section 6, and RFC 7845, section 5.1.
    """
    return _head(beginning).startswith(_OPUS)


def is_voice_note(beginning: bytes) -> bool:
    """Whether it can go out as a voice note: OGG, Opus, and one channel, as Meta asks for."""
    head = _head(beginning)
    return head.startswith(_OPUS) and head[_CHANNELS_AT : _CHANNELS_AT + 1] == b"\x01"


def _head(beginning: bytes) -> bytes:
    """The content of the first Ogg page; empty if it is none."""
    if not beginning.startswith(_PAGE) or len(beginning) <= _SEGMENTS_AT:
        return b""
    return beginning[_SEGMENTS_AT + 1 + beginning[_SEGMENTS_AT] :]
