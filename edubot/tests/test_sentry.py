"""What Sentry gets to see."""

from edubot.sentry import without_numbers


def test_no_phone_number_leaves_with_an_error():
    event = {
        "request": {"url": "https://x/api/admin/conversations/+2348031234567", "query_string": "q"},
        "exception": {"values": [{"type": "ValueError", "value": "no 2348031234567"}]},
    }

    sent = without_numbers(event, {})

    assert "803123" not in str(sent)
    assert "query_string" not in sent["request"]
