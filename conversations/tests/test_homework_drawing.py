"""Drawing on a student's photo in a real browser, until the student has it on the phone."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from conversations.models import AnswerFile, Homework, HomeworkPage, PageCheck
from conversations.tests.homework import PHOTO, handed_in
from whatsapp.models import Media, Message
from whatsapp.models.message import Direction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RED = (211, 47, 47)


@pytest.fixture
def homework() -> Homework:
    made = handed_in()
    wire = Message.objects.create(
        contact=made.student.contact,
        direction="in",
        author="contact",
        kind="image",
        status="handled",
    )
    HomeworkPage.objects.create(homework=made, number=1, message=wire)
    PageCheck.objects.create(message=wire)
    file = ContentFile(PHOTO, "x")
    Media.objects.create(message=wire, state="stored", file=file, mime_type="image/jpeg")
    return made


def opened(browser: Browser, live_server: Any, homework: Homework, **options: Any) -> Page:
    """The homework's page, with a tutor logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("grace"))
    context = browser.new_context(**options)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.on("pageerror", lambda fault: pytest.fail(str(fault)))
    page.goto(f"{live_server.url}/admin/conversations/homework/{homework.pk}/change/")
    return page


def board(page: Page) -> dict[str, float]:
    canvas = page.locator("#drawing-canvas")
    expect(page.locator("#drawing-undo")).to_be_visible()
    page.wait_for_function("document.getElementById('drawing-canvas').width === 900")
    box = canvas.bounding_box()
    assert box is not None
    return dict(box)


def line(page: Page, *, at: float) -> None:
    """A line across the photo, at this part of its height."""
    box = board(page)
    y = box["y"] + box["height"] * at
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=8)
    page.mouse.up()


def ink(picture: Image.Image, *, at: float) -> bool:
    """Whether there is red in the middle of the photo at this part of its height."""
    x, y = picture.width // 2, round(picture.height * at)
    around = [picture.getpixel((x, y + offset)) for offset in range(-4, 5)]
    return any(max(abs(a - b) for a, b in zip(one, RED, strict=True)) < 50 for one in around)


def test_what_is_drawn_reaches_the_student(
    chromium: Browser, live_server: Any, homework: Homework
) -> None:
    page = opened(chromium, live_server, homework)
    page.get_by_role("button", name="Draw on it").click()
    expect(page.locator("#drawing-done")).to_be_disabled()
    line(page, at=0.3)
    line(page, at=0.7)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Use this picture").click()
    expect(page.locator("#chosen-files li")).to_contain_text("page-1-solved.jpg")
    page.get_by_role("textbox", name="Words for the student").fill("Look at line 3")
    page.get_by_role("button", name="Send to the student").click()
    expect(page.locator(".homework-answer img")).to_be_visible()

    wire = Message.objects.get(direction=Direction.OUTBOUND)
    assert (wire.kind, wire.text.endswith("Look at line 3")) == ("image", True)
    with AnswerFile.objects.get().file.open("rb") as file:
        picture = Image.open(io.BytesIO(file.read())).convert("RGB")
    assert picture.size == (900, 1200), "as large as the photo"
    assert ink(picture, at=0.3)
    assert not ink(picture, at=0.7), "undone"


def test_a_chosen_file_is_taken_back(
    chromium: Browser, live_server: Any, homework: Homework
) -> None:
    page = opened(chromium, live_server, homework)
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": PHOTO} for n in "ab"]
    page.set_input_files("#id_attachments", files)
    page.get_by_role("button", name="Do not send a.jpg").click()
    assert page.evaluate("document.getElementById('id_attachments').files[0].name") == "b.jpg"
    expect(page.locator("#chosen-files li")).to_have_count(1)


def test_a_finger_draws_too(chromium: Browser, live_server: Any, homework: Homework) -> None:
    phone = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
    page = opened(chromium, live_server, homework, **phone)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Draw on it").tap()
    box = board(page)
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#drawing-done")).to_be_enabled()
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator("#drawing-done")).to_be_disabled()
