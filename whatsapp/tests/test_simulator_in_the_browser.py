"""The simulated phone's page in a real browser."""

import json

import pytest
from playwright.sync_api import Browser, expect

from whatsapp.simulator import phones
from whatsapp.simulator.models import Direction, SimulatedMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_POST_IS_SLOW = """
    const real = window.fetch;
    let posts = 0;
    window.fetch = async (address, options) => {
      const isFirst = options?.method === "POST" && posts++ === 0;
      if (isFirst) await new Promise((done) => setTimeout(done, 400));
      return real(address, options);
    };
"""


def test_who_types_fast_is_read_in_order(live_server, chromium: Browser):
    phones.create("John Doe", "2348031234567")
    page = chromium.new_context().new_page()
    page.add_init_script(FIRST_POST_IS_SLOW)
    page.goto(f"{live_server.url}/simulator/")
    for words in ("one", "two", "three"):
        page.fill("#text", words)
        page.press("#text", "Enter")
    expect(page.locator(".row")).to_have_count(3)
    said = SimulatedMessage.objects.filter(direction=Direction.FROM_STUDENT).order_by("id")
    assert [json.loads(message.body)["text"]["body"] for message in said] == ["one", "two", "three"]
