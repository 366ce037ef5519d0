"""The photo check: what is readable, what is not, and what wants to do harm."""

import io
import time

import pytest
from PIL import Image

from conversations import pictures
from conversations.tests.homework import blurred, dark, encoded, paper
from conversations.tests.hostile import jpeg_in_scans, png_claiming, png_in_pieces, zip_bomb

SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def check(content: bytes, mime_type: str = "image/jpeg") -> str:
    return pictures.problem(io.BytesIO(content), mime_type)


def out_of_focus(picture: Image.Image) -> Image.Image:
    few = picture.resize((96, 128), Image.Resampling.BOX)
    return few.resize(picture.size, Image.Resampling.BICUBIC)


@pytest.mark.parametrize(
    ("mime_type", "name"), [("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/webp", "WEBP")]
)
def test_a_sharp_page_is_fine(mime_type: str, name: str) -> None:
    assert check(encoded(paper(), name), mime_type) == ""


def test_a_pdf_is_fine_and_is_not_opened() -> None:
    assert check(b"%PDF-1.4 and whatever follows", "application/pdf") == ""


def test_a_page_in_the_dark_is_dark() -> None:
    assert check(encoded(dark(paper()))) == "dark"


def test_a_screenshot_in_dark_mode_is_not_dark() -> None:
    inverted = paper().point(lambda value: 255 - value)
    assert check(encoded(inverted)) == ""


@pytest.mark.parametrize("size", [(900, 1200), (3000, 4000)])
def test_a_shaken_page_is_blurred_at_any_size(size: tuple[int, int]) -> None:
    picture = paper(*size)
    assert check(encoded(picture)) == ""
    assert check(encoded(out_of_focus(picture))) == "blurred"
    assert check(encoded(blurred(out_of_focus(picture)))) == "blurred"


def test_an_empty_sheet_is_not_called_blurred() -> None:
    assert check(encoded(Image.new("RGB", (900, 1200), "white"))) == ""


def test_black_ink_on_a_transparent_page_is_not_dark() -> None:
    page = Image.new("RGBA", (900, 1200), (0, 0, 0, 0))
    page.paste((0, 0, 0, 255), mask=paper().convert("L").point(lambda value: 255 - value))
    assert check(encoded(page, "PNG"), "image/png") == ""


def test_a_thumbnail_is_tiny() -> None:
    assert check(encoded(paper(120, 160))) == "tiny"


@pytest.mark.parametrize(("width", "height"), [(20_000, 10_000), (8_000, 5_001), (65_000, 65_000)])
def test_a_picture_of_too_many_pixels_is_refused_unopened(width: int, height: int) -> None:
    assert check(png_claiming(width, height), "image/png") == "huge"


def test_of_webp_which_takes_more_memory_fewer_pixels_are_unpacked() -> None:
    large = encoded(Image.new("L", (4001, 4000), "white"), "WEBP")
    assert check(large, "image/webp") == "huge"


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (jpeg_in_scans(1000), "image/jpeg"),
        (encoded(paper())[:2] + b"\xff\xe5\x00\x02" * 100_000 + encoded(paper())[2:], "image/jpeg"),
        (encoded(paper())[:2] + b"\xff" * 300_000 + encoded(paper())[2:], "image/jpeg"),
        (png_in_pieces(200_000), "image/png"),
    ],
    ids=["scans", "segments", "filling", "chunks"],
)
def test_a_small_picture_that_takes_for_ever_is_given_up(content: bytes, mime_type: str) -> None:
    started = time.thread_time()
    assert check(content, mime_type) == "huge"
    assert time.thread_time() - started < 1


def test_a_progressive_photo_is_fine() -> None:
    buffer = io.BytesIO()
    paper().save(buffer, "JPEG", progressive=True)
    assert check(jpeg_in_scans(20)) == ""
    assert check(buffer.getvalue()) == ""


def test_what_comes_after_the_picture_is_no_scan_of_it() -> None:
    """Phones hang a film on a photo, in which any two bytes may stand."""
    film = b"\xff\xda" * 20 + bytes(70_000) + b"\xff\xda" * 100_000
    assert check(encoded(paper()) + film) == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0",
        encoded(paper())[:4000],
        encoded(paper(), "PNG")[:4000],
        png_claiming(900, 1200),
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
    ],
)
@pytest.mark.parametrize("mime_type", ["image/jpeg", "image/png", "image/webp"])
def test_what_cannot_be_opened_is_broken(content: bytes, mime_type: str) -> None:
    assert check(content, mime_type) == "broken"


def test_what_says_it_is_another_format_is_broken() -> None:
    assert check(encoded(paper(), "PNG"), "image/jpeg") == "broken"


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (b"<html><script>alert(1)</script>", "application/octet-stream"),
        (SCRIPT, "application/octet-stream"),
        (SCRIPT, "image/svg+xml"),
        (zip_bomb(), "application/zip"),
        (b"GIF89a", "image/gif"),
        (b"MZ", "application/x-msdownload"),
        (b"", ""),
    ],
)
def test_all_else_is_no_page(content: bytes, mime_type: str) -> None:
    assert check(content, mime_type) == "type"
