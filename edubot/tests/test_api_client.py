"""A client that a public generator makes of our schema does an agent's work with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.models import ApiToken, SupportTicket
from support.tests import api

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AGENT = """
import os
from made import AuthenticatedClient
from made.api.conversations import end_chat, list_conversation_messages
from made.api.tickets import get_ticket, list_tickets, open_ticket, send_ticket_message
from made.models import ClosingWords, NewAnswer, NewTicket

client = AuthenticatedClient(base_url=os.environ["EDUBOT"], token=os.environ["TOKEN"])
phone = "+2348031234567"
new = NewTicket(phone_number=phone, sender_name="John Doe", issue_description="It fails.")
ticket = open_ticket.sync(client=client, body=new, idempotency_key="open-1")
again = open_ticket.sync(client=client, body=new, idempotency_key="open-1")
assert (ticket.id, ticket.status.value) == (again.id, "OPEN")

said = send_ticket_message.sync(ticket.id, client=client, body=NewAnswer(message="One moment."))
assert said.delivery.status.value == "queued", said
assert [m.message for m in get_ticket.sync(ticket.id, client=client).messages] == ["One moment."]
assert list_tickets.sync(client=client, cursor="").next_ is None

ended = end_chat.sync(phone, client=client, body=ClosingWords(message="Goodbye."))
assert ended.data.session_ended is True
history = list_conversation_messages.sync(phone, client=client)
assert [m.author.value for m in history.messages] == ["agent", "bot"], history
assert "One moment." in history.messages[0].text
refused = end_chat.sync_detailed(phone, client=client, body=ClosingWords())
assert refused.status_code == 409
assert refused.parsed.status == "error"
print("done")
"""


def test_a_generated_client_opens_answers_ends_and_reads(live_server, tmp_path):
    api.contact()
    schema = tmp_path / "schema.json"
    schema.write_bytes(api.client().get("/api/schema?format=json").content)
    generator = Path(sys.executable).with_name("openapi-python-client")
    made = subprocess.run(
        [generator, "generate", "--path", schema, "--meta", "none", "--output-path", "made"],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{generator.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "WARNING" not in made.stdout + made.stderr, made.stdout + made.stderr
    _, token = ApiToken.objects.create(user=api.staff("grace"), scopes=["read", "reply"])
    ran = subprocess.run(
        [sys.executable, "-c", AGENT],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "EDUBOT": live_server.url, "TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "done\n", ran.stdout + ran.stderr
    assert SupportTicket.objects.get().status == "RESOLVED"
