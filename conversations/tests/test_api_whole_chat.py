"""A whole support chat: the student on the phone, the integrator at the API."""

from support.tests import api

CONVERSATIONS = "/api/admin/conversations"


def test_a_chat_from_the_first_word_to_the_goodbye(john, work):
    client = api.client()
    john.say("support")
    john.say("I paid but homework is locked")

    (ticket,) = client.get("/api/support/open-tickets").json()["tickets"]
    assert ticket["issue_description"] == "I paid but homework is locked"
    assert client.get("/api/support/notifications").json()["has_alerts"]
    (conversation,) = client.get(CONVERSATIONS).json()["conversations"]
    assert conversation["state"] == "chat_support_active"
    assert conversation["open_ticket_id"] == ticket["id"]

    address = f"/api/support/tickets/{ticket['id']}"
    sent = client.post(f"{address}/messages", {"message": "Which day did you pay?"}).json()
    assert sent["delivery"]["status"] == "queued"
    work()
    assert john.last.text == "🎧 Support Team: Which day did you pay?"
    john.deliver_statuses()
    thread = client.get(address).json()["messages"]
    assert [message["message"] for message in thread] == [
        "I paid but homework is locked",
        "Which day did you pay?",
    ]
    assert thread[1]["delivery"]["status"] in ("delivered", "read")
    assert thread[1]["delivery"]["delivered_at"]

    john.say("On Monday")
    phone = "08031234567"
    chat = f"{CONVERSATIONS}/{phone}/chat-support"
    assert client.post(f"{chat}/send", {"message": "Found it."}).status_code == 200
    assert client.post(f"{chat}/end", {"message": "All done, good luck!"}).status_code == 200
    work()
    assert "All done, good luck!" in john.last.text

    assert client.get(address).json()["status"] == "RESOLVED"
    assert client.get("/api/support/open-tickets").json()["total"] == 0
    assert client.get(CONVERSATIONS).json()["conversations"][0]["state"] == "idle"
    history = client.get(f"{CONVERSATIONS}/{phone}/messages").json()["messages"]
    assert [m["text"] for m in history if m["direction"] == "inbound"] == [
        "support",
        "I paid but homework is locked",
        "On Monday",
    ]
    assert client.post(f"{chat}/send", {"message": "One more thing"}).status_code == 409


def test_what_the_student_ends_is_closed_for_the_integrator(john):
    client = api.client()
    john.say("support")
    john.say("Never mind")
    john.tap("❌ End Chat")
    (ticket,) = client.get("/api/support/tickets").json()["tickets"]
    assert ticket["status"] == "CLOSED"
    answer = client.post(f"/api/support/tickets/{ticket['id']}/messages", {"message": "Hello?"})
    assert answer.status_code == 409


def test_a_ticket_opened_by_api_takes_in_what_the_student_writes_next(john):
    client = api.client()
    new = {"phone_number": "08031234567", "sender_name": "John", "issue_description": "Called us"}
    ticket = client.post("/api/support/tickets", new).json()
    john.say("Yes, that was me")
    thread = client.get(f"/api/support/tickets/{ticket['id']}").json()["messages"]
    assert [(m["sender_type"], m["message"]) for m in thread] == [("user", "Yes, that was me")]
