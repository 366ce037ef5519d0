"""What every answer says to the browser."""

import pytest

from edubot.tests.test_every_address import ADDRESSES
from support.tests import desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_a_strict_policy_and_is_not_sniffed(agent, address):
    answer = desk.browser(agent).get(address)
    policy = answer["Content-Security-Policy"]
    assert policy == "sandbox" or "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/admin/", "/api/support/tickets", "/admin/login/"])
def test_what_the_desk_and_the_api_answer_is_kept_nowhere(agent, address):
    assert "no-store" in desk.browser(agent).get(address)["Cache-Control"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver"])
@pytest.mark.parametrize("address", ["/api/support/tickets", "/admin/", "/webhooks/whatsapp"])
def test_no_other_site_may_read_the_answer(agent, address, origin):
    answer = desk.browser(agent).get(address, headers={"Origin": origin})
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
