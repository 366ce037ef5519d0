"""Files that want to do harm by what comes of opening them."""

import io
import struct
import zipfile
import zlib


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of any size."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", body)
        + _chunk(b"IEND", b"")
    )


def png_in_pieces(count: int) -> bytes:
    """A small picture among `count` pieces that say nothing."""
    header = struct.pack(">IIBBBBB", 400, 400, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"prVt", b"") * count
        + _chunk(b"IDAT", zlib.compress(bytes(401 * 400)))
        + _chunk(b"IEND", b"")
    )


def jpeg_in_scans(count: int, width: int = 1600, height: int = 1600) -> bytes:
    """A progressive picture of `count` scans, each of which goes through all of it and adds
    nothing: some ten bytes that cost as much time as the whole picture.
    """
    blocks = (width // 8) * (height // 8)
    runs, rest = divmod(blocks, 32767)  # one code for so many blocks without anything
    bits = "0" + "1" * 14
    scan = bits * runs + ("10" * rest)
    return (
        b"\xff\xd8"
        + _segment(0xDB, b"\x00" + b"\x01" * 64)
        + _segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
        + _segment(0xC4, b"\x00" + bytes([1, *[0] * 15]) + b"\x00")
        + _segment(0xC4, b"\x10" + bytes([1, 1, *[0] * 14]) + b"\xe0\x00")
        + _segment(0xDA, b"\x01\x01\x00\x00\x00\x00")
        + bytes((blocks + 7) // 8)
        + (_segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + _bits(scan)) * count
        + b"\xff\xd9"
    )


def _segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def _bits(bits: str) -> bytes:
    """As JPEG has them: filled up with ones, and a zero after each byte of ones."""
    full = bits + "1" * (-len(bits) % 8)
    content = bytes(int(full[at : at + 8], 2) for at in range(0, len(full), 8))
    return content.replace(b"\xff", b"\xff\x00")


def zip_bomb(name: str = "a") -> bytes:
    """Some kilobytes that become ten megabytes when unpacked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(10_000_000))
    return buffer.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
