"""Can a tutor read this? Whether a file is a page at all, and whether a photo is dark or blurred.

Bounded: the header is read first, a picture of too many pixels is never unpacked, and one that is
read in too many steps is given up. Knows neither Django nor who sent it.
"""

import io
import struct
import warnings
from typing import IO, Final, cast

from PIL import Image, ImageFilter, ImageStat

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF: Final = "application/pdf"

MAXIMUM_PIXELS: Final = 40_000_000  # phones make 12 million, some 50; the rest are bombs
MAXIMUM_OF_WEBP: Final = 16_000_000  # unpacked in 18 bytes each; JPEG and PNG in at most 8
MAXIMUM_SCANS: Final = 100  # a progressive JPEG has some ten; each goes through all its pixels
MAXIMUM_READS: Final = 50_000  # a PNG of 60 MB from a scanner takes 22,000
SCAN: Final = b"\xff\xda"  # the marker that begins one (ITU-T T.81, B.1.1.3)
MINIMUM_SIDE: Final = 300  # pixels of the shorter side
LOOKED_AT: Final = 1024  # pixels of the longer side of what is measured
# Brightness runs from 0 to 255. White paper in a lit room is above 150, screens have white text.
BRIGHT_SHARE: Final = 0.02
DARK_BELOW: Final = 85
# Variance of the edges (Laplacian) over that of the picture: sharp print is above 0.2, a shaken
# hand below 0.01, where JPEG's own noise (up to 3) is all that is left. A picture with nearly no
# contrast has nothing to be sharp.
SHARP_FROM: Final = 0.012
NOISE: Final = 4.0
CONTRAST_FROM: Final = 20.0
UNREADABLE: Final = (OSError, SyntaxError, ValueError, struct.error)  # what Pillow raises

_LAPLACIAN: Final = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


class Bounded(io.BufferedIOBase):
    """`file`, until it is read in more steps than a picture takes.

    A few hundred kilobytes may have Pillow read byte by byte, or go through all pixels thousands
    of times. Raises DecompressionBombError.
    """

    def __init__(self, file: IO[bytes], *, is_jpeg: bool) -> None:
        self.file, self.is_jpeg = file, is_jpeg
        self.reads = self.scans = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = self.file.read(-1 if size is None else size)
        self.reads += 1
        self.scans += content.count(SCAN) if self.is_jpeg else 0
        if self.reads > MAXIMUM_READS or self.scans > MAXIMUM_SCANS:
            raise Image.DecompressionBombError
        return content

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()


def problem(file: IO[bytes], mime_type: str) -> str:
    """Why `file`, whose bytes say `mime_type`, is a poor page or none; empty when it is fine.

    type, huge and broken: it is no page. dark, blurred and tiny: poor, but that is for the
    student to decide.
    """
    if mime_type == PDF:
        return ""
    if mime_type not in FORMATS:
        return "type"
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _of_picture(file, FORMATS[mime_type])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return "huge"
        except UNREADABLE:
            return "broken"


def _of_picture(file: IO[bytes], picture_format: str) -> str:
    bounded = cast("IO[bytes]", Bounded(file, is_jpeg=picture_format == "JPEG"))
    with Image.open(bounded, formats=[picture_format]) as picture:
        most = MAXIMUM_OF_WEBP if picture_format == "WEBP" else MAXIMUM_PIXELS
        if picture.width * picture.height > most:
            return "huge"
        if min(picture.size) < MINIMUM_SIDE:
            picture.load()
            return "tiny"
        return _of_light(_grey(picture))


def _grey(picture: Image.Image) -> Image.Image:
    """A small copy in shades of grey; what is transparent is taken for white paper."""
    picture.draft("L", (LOOKED_AT, LOOKED_AT))  # JPEG: unpacks no more than is needed
    picture.thumbnail((LOOKED_AT, LOOKED_AT))
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")
    return picture.convert("L")


def _of_light(grey: Image.Image) -> str:
    if _bright_end(grey) < DARK_BELOW:
        return "dark"
    contrast = ImageStat.Stat(grey).var[0]
    inside = (1, 1, grey.width - 1, grey.height - 1)  # Pillow leaves the rim unfiltered
    edges = ImageStat.Stat(grey.filter(_LAPLACIAN).crop(inside)).var[0]
    is_blurred = edges < max(NOISE, SHARP_FROM * contrast)
    return "blurred" if is_blurred and contrast >= CONTRAST_FROM else ""


def _bright_end(grey: Image.Image) -> int:
    """The brightness that the brightest `BRIGHT_SHARE` of the picture reaches."""
    left = grey.width * grey.height * BRIGHT_SHARE
    for brightness, count in reversed(list(enumerate(grey.histogram()))):
        left -= count
        if left <= 0:
            return brightness
    return 0
