"""The receiver in docs/webhooks.md works as it stands there."""

import re
import threading
from pathlib import Path

import pytest

from support.models import WebhookDelivery, WebhookEndpoint
from support.tests import api
from support.tests.receiver import deliver

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"


def test_the_receiver_of_the_guide_takes_our_events_and_nobody_elses(settings, monkeypatch, capsys):
    settings.DEBUG, settings.WEBHOOK_PRIVATE_ADDRESSES = True, True
    [source] = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    endpoint = WebhookEndpoint.objects.create(url="http://127.0.0.1/")
    monkeypatch.setenv("EDUBOT_WEBHOOK_SECRET", endpoint.secret)
    example: dict = {"__name__": "example"}
    exec(compile(source, str(GUIDE), "exec"), example)  # the reader's own program
    example["Hooks"].log_message = lambda *_: None
    server = example["serve"](0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    WebhookEndpoint.objects.update(url=f"http://127.0.0.1:{server.server_port}/")
    stranger = WebhookEndpoint.objects.create(url=f"http://127.0.0.1:{server.server_port}/")
    api.ticket()

    deliver()

    server.shutdown()
    server.server_close()
    assert capsys.readouterr().out == "1 ticket.opened\n"
    states = dict(WebhookDelivery.objects.values_list("endpoint", "status_code"))
    assert states == {endpoint.pk: 204, stranger.pk: 401}
