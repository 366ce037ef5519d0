"""What else an agent does through the API: notes, quotes, templates, sends again, takes."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import api
from whatsapp.models import Contact, Message, MessageTemplate
from whatsapp.models.message import Status

pytestmark = pytest.mark.django_db
TEAM = Actor("Test")


def address(ticket, rest):
    return f"/api/support/tickets/{ticket.pk}/{rest}"


def test_a_note_is_kept_and_never_sent_nor_among_the_messages():
    ticket, client = api.ticket(), api.client(api.staff("grace", first_name="Grace"))
    made = client.post(address(ticket, "notes"), {"message": "Ask accounting."})
    assert (made.status_code, made.json()["sender_name"]) == (201, "Grace")
    assert client.get(address(ticket, "notes")).json() == {"notes": [made.json()], "total": 1}
    assert client.get(address(ticket, "messages")).json()["messages"] == []
    assert client.get(f"/api/support/tickets/{ticket.pk}").json()["messages"] == []
    assert not Message.objects.exists()


def test_an_answer_may_quote_a_message_of_its_ticket(john, work, agent):
    john.say("support")
    john.say("What is 2+2?")
    ticket, client = SupportTicket.objects.get(), api.client(agent)
    [asked] = client.get(address(ticket, "messages")).json()["messages"]
    body = {"message": "4", "quoted_message_id": asked["id"]}
    assert client.post(address(ticket, "messages"), body).status_code == 201
    work()
    assert john.last.quoted_wamid == ticket.messages.get(pk=asked["id"]).wire.wamid
    newest = client.get(address(ticket, "messages")).json()["messages"][0]
    assert newest["quoted_message_id"] == asked["id"]


def test_a_message_of_another_ticket_cannot_be_quoted():
    ours, theirs = api.ticket(), api.ticket(api.contact(api.phone(1)))
    other = services.reply(theirs.pk, TEAM, "Hello")
    body = {"message": "x", "quoted_message_id": other.pk}
    answer = api.client().post(address(ours, "messages"), body)
    assert answer.status_code == 400
    assert "quoted_message_id" in answer.json()["errors"]


def test_a_failed_message_is_sent_again_once():
    ticket, client = api.ticket(), api.client()
    said = services.reply(ticket.pk, TEAM, "Hello")
    Message.objects.update(status=Status.FAILED, error="No.")
    again = address(ticket, f"messages/{said.pk}/send-again")
    assert client.post(again, {}).json()["delivery"]["status"] == "queued"
    assert client.post(again, {}).status_code == 409
    assert Message.objects.count() == 1


def test_an_unconfirmed_message_is_said_to_have_arrived():
    ticket, client = api.ticket(), api.client()
    said = services.reply(ticket.pk, TEAM, "Hello")
    Message.objects.update(status=Status.UNCERTAIN, due_at=None)
    arrived = address(ticket, f"messages/{said.pk}/confirm-arrival")
    assert client.post(arrived, {}).json()["delivery"]["status"] == "sent"
    assert client.post(arrived, {}).status_code == 409


def test_a_message_is_found_in_its_own_ticket_only():
    ticket, other = api.ticket(), api.ticket(api.contact(api.phone(1)))
    said = services.reply(ticket.pk, TEAM, "Hello")
    for act in ("send-again", "confirm-arrival"):
        wrong = address(other, f"messages/{said.pk}/{act}")
        assert api.client().post(wrong, {}).status_code == 404


def test_a_template_goes_out_when_the_window_is_shut():
    ticket = api.ticket(api.contact(hours_ago=30))
    template = MessageTemplate.objects.create(
        name="answer",
        language="en",
        status="APPROVED",
        category="UTILITY",
        components=[{"type": "BODY", "text": "Hello {{1}}."}],
    )
    client = api.client()
    assert client.post(address(ticket, "messages"), {"message": "Hi"}).status_code == 409
    [listed] = client.get("/api/support/templates").json()["templates"]
    assert (listed["text"], listed["parameters"]) == ("Hello {{1}}.", ["1"])
    filled = {"template_id": template.pk, "values": {"1": "John"}}
    answer = client.post(address(ticket, "template"), filled)
    assert (answer.status_code, answer.json()["message"]) == (201, "Hello John.")
    missing = client.post(address(ticket, "template"), {"template_id": template.pk})
    assert (missing.status_code, list(missing.json()["errors"])) == (400, ["values"])


def test_a_ticket_is_taken_given_back_and_that_is_in_its_history():
    grace, ticket = api.staff("grace"), api.ticket()
    client = api.client(grace)
    assert client.post(address(ticket, "take")).json()["assigned_admin_id"] == grace.pk
    assert client.post(address(ticket, "release"), {}).json()["assigned_admin_id"] is None
    events = client.get(address(ticket, "history")).json()["events"]
    assert [event["kind"] for event in events] == ["assigned", "assigned", "opened"]
    assert events[0]["actor_id"] == grace.pk


def test_a_student_who_hides_the_number_is_reached_by_contact(client, work, agent):
    from whatsapp.tests.phone import Phone

    musa = Phone(client, number=None, name="Musa", works=work)
    musa.say("support")
    person, caller = Contact.objects.get(), api.client(agent)
    assert person.phone == ""
    at = f"/api/admin/conversations/contact:{person.pk}"
    sent = caller.post(f"{at}/chat-support/send", {"message": "Hello"})
    assert (sent.status_code, sent.json()["data"]["phone_number"]) == (200, None)
    work()
    assert musa.last.text == "🎧 Support Team: Hello"
    history = caller.get(f"{at}/messages").json()["messages"]
    assert history[-1]["text"] == "🎧 Support Team: Hello"
    assert caller.post(f"{at}/chat-support/end", {}).status_code == 200
    new = {"phone_number": f"contact:{person.pk}", "sender_name": "M", "issue_description": "x"}
    opened = caller.post("/api/support/tickets", new)
    assert opened.status_code == 201
    shown = caller.get(f"/api/support/tickets/{opened.json()['id']}").json()
    assert (shown["contact_id"], shown["phone_number"]) == (person.pk, None)


@pytest.mark.parametrize("written", ["contact:999999", "contact:", "contact:x", "contact:-1"])
def test_nobody_is_reached_by_a_wrong_contact(written):
    client = api.client()
    assert client.get(f"/api/admin/conversations/{written}/messages").status_code == 404
    new = {"phone_number": written, "sender_name": "M", "issue_description": "x"}
    assert client.post("/api/support/tickets", new).status_code == 400


def test_opening_soon_after_the_end_goes_back_into_the_ticket_with_the_new_words(settings):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    assert django_settings.SUPPORT_REOPEN_WITHIN
    ticket = api.ticket(issue_description="It fails.")
    services.end(ticket.pk, TEAM)
    new = {
        "phone_number": api.JOHN,
        "sender_name": "John",
        "issue_description": "It fails again.",
        "priority": "URGENT",
    }
    body = api.client().post("/api/support/tickets", new).json()
    assert (body["id"], body["status"], body["priority"]) == (ticket.pk, "OPEN", "URGENT")
    assert body["issue_description"] == "It fails."
    assert ticket.messages.get(sender_type="user").message == "It fails again."


def test_of_a_long_thread_the_newest_come_with_the_ticket_and_the_rest_by_cursor():
    ticket, client = api.ticket(), api.client()
    for number in range(105):
        services.add_external(ticket.pk, TEAM, f"line {number}")
    shown = client.get(f"/api/support/tickets/{ticket.pk}").json()
    assert [m["message"] for m in shown["messages"]] == [f"line {n}" for n in range(5, 105)]
    older = client.get(address(ticket, "messages"), {"cursor": shown["messages_next"]}).json()
    assert [m["message"] for m in older["messages"]] == [f"line {n}" for n in range(4, -1, -1)]
    assert older["next"] is None
