"""GET /api/admin/conversations/{phone_number}/messages."""

import pytest

from conversations.tests.test_api_conversations import answered, talk, wrote
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp.models import Contact, Media
from whatsapp.models.message import Author, Status

pytestmark = pytest.mark.django_db


def address(phone: str = api.JOHN) -> str:
    return f"/api/admin/conversations/{phone}/messages"


def history(**query) -> dict:
    answer = api.client().get(address(), query)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_both_directions_with_delivery_the_newest_last():
    john = api.contact()
    question = wrote(john, "How much?", 3)
    answer = answered(john, "₦5,000", 2, status=Status.FAILED, error="No.", reply_to=question)
    answered(john, "🎧 Support Team: Hi", 1, author=Author.AGENT, status=Status.READ)
    body = history()
    assert body["contact"]["phone_number"] == api.JOHN
    assert [
        (m["direction"], m["author"], m["text"], m["delivery"]["status"]) for m in body["messages"]
    ] == [
        ("inbound", "student", "How much?", None),
        ("outbound", "bot", "₦5,000", "failed"),
        ("outbound", "agent", "🎧 Support Team: Hi", "read"),
    ]
    second = body["messages"][1]
    assert (second["id"], second["reply_to_id"]) == (answer.pk, question.pk)
    assert second["delivery"]["error"] == "No."
    assert second["created_at"].endswith("Z")


def test_a_file_is_named_with_the_address_of_its_bytes():
    photo = wrote(api.contact(), "", kind="image")
    media = Media.objects.create(
        message=photo, state=Media.State.STORED, file="photo.png", mime_type="image/png", size=9
    )
    wrote(photo.contact, "Look")
    shown = [message["media"] for message in history()["messages"]]
    assert (shown[0]["mime_type"], shown[0]["size"]) == ("image/png", 9)
    assert shown[0]["url"] == f"/api/media/{media.pk}"
    assert shown[1] is None


@pytest.mark.parametrize(
    "written",
    ["2348031234567", "+2348031234567", "%2B2348031234567", "%202348031234567", "08031234567"],
)
def test_the_number_may_be_written_in_every_way(written):
    wrote(api.contact(), "Hello")
    answer = api.client().get(address(written))
    assert [message["text"] for message in answer.json()["messages"]] == ["Hello"]


@pytest.mark.parametrize("written", ["2348039999999", "nobody", "0", "%00", "1" * 500])
def test_an_unknown_number_is_404(written):
    api.contact()
    answer = api.client().get(address(written))
    assert answer.status_code == 404
    assert answer.json()["status"] == "error"


def test_a_contact_without_a_number_is_not_found_by_an_empty_one():
    Contact.objects.create(name="Hidden")
    assert api.client().get(address("+")).status_code == 404


def test_paging_back_shows_each_message_once_even_in_the_same_second():
    john = api.contact()
    first = wrote(john, "0")
    texts = ["0"]
    for n in range(1, 7):
        wrote(john, str(n), occurred_at=first.occurred_at)
        texts.append(str(n))
    seen: list[str] = []
    query = {"limit": 3}
    while True:
        body = history(**query)
        assert body["total"] == 7
        seen = [message["text"] for message in body["messages"]] + seen
        if not body["has_more"]:
            break
        query["before"] = body["messages"][0]["id"]
    assert seen == texts


def test_a_late_message_stands_where_it_was_written():
    john = api.contact()
    new = wrote(john, "new", 1)
    wrote(john, "old, but arrived late", 60)
    assert [m["text"] for m in history()["messages"]] == ["old, but arrived late", "new"]
    assert [m["text"] for m in history(before=new.pk)["messages"]] == ["old, but arrived late"]


def test_before_must_be_a_message_of_this_conversation():
    api.contact()
    others = wrote(talk(1), "Hello")
    for before in (others.pk, 10**6, "first"):
        answer = api.client().get(address(), {"before": before})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["before"]


def test_the_history_costs_the_same_for_3_and_for_30():
    client = api.client()
    john = api.contact()
    counts = []
    for more in (3, 27):
        for n in range(more):
            answered(john, f"Answer {n}")
        client.get(address())
        with queries_made() as sql:
            client.get(address())
        counts.append(len(sql))
    assert counts[0] == counts[1] <= 7
