"""The simulated Paystack's page in a real browser, at the width of a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from whatsapp.simulator.paystack.models import SimulatedTransaction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["light", "dark"])
def page(request: Any, live_server: Any, chromium: Browser) -> Page:
    SimulatedTransaction.objects.create(
        reference="EB-1",
        access_code="ab12",
        email="student-with-a-rather-long-name@a-school-with-a-long-name.example.com",
        requested_amount=500_000,
        amount=500_000,
        currency="NGN",
    )
    context = chromium.new_context(
        color_scheme=request.param, viewport={"width": 360, "height": 640}
    )
    opened = context.new_page()
    opened.goto(f"{live_server.url}/simulator/paystack/checkout/ab12")
    return opened


def test_paying_after_a_failure(page: Page) -> None:
    page.get_by_role("button", name="Let it fail").click()
    expect(page.get_by_role("status")).to_contain_text("declined")

    page.get_by_role("button", name="Pay NGN 5,000.00").click()

    expect(page.get_by_role("status")).to_contain_text("Payment successful")
    assert SimulatedTransaction.objects.get().status == "success"


def test_it_fits_a_narrow_phone_and_everybody_can_use_it(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).response["violations"] == []
