"""The SHA-256 that Meta announces with a file: base64 in most webhooks, hexadecimal in some."""

import base64
import binascii

SIZE = 32  # bytes of a digest


def contradicts(announced: str, found: str) -> bool:
    """Whether a file whose digest is `found` (hexadecimal) is another than the one `announced`.

    What cannot be read as a digest announces nothing.
    """
    wanted = _hexadecimal(announced)
    return bool(wanted) and wanted != found


def _hexadecimal(announced: str) -> str:
    for decode in (binascii.a2b_hex, _base64):
        try:
            read = decode(announced)
        except ValueError:
            continue
        if len(read) == SIZE:
            return read.hex()
    return ""


def _base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
