"""Two contacts that may be one person: noted, looked at side by side, decided by staff."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations.models import Conversation, Homework, Student
from support.models import SupportTicket
from support.tests import desk
from whatsapp import candidates, sorting
from whatsapp.models import Contact, Identity, MergeCandidate, Message
from whatsapp.tests import webhooks
from whatsapp.tests.lane import receive
from whatsapp.tests.webhooks import Item, body, envelope, text

pytestmark = pytest.mark.django_db

LIST = "/admin/whatsapp/mergecandidate/"
PHONE, OTHER_PHONE = "2348030000001", "2348030000002"
Reason = MergeCandidate.Reason


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


@pytest.fixture
def pair() -> tuple[SupportTicket, SupportTicket]:
    """Two students, both in a chat; the second wrote last."""
    tickets = desk.chat(1, "John Doe", hours_ago=5), desk.chat(2, "Johnny")
    for ticket in tickets:
        student = Student.objects.create(
            contact=ticket.contact, name=ticket.sender_name, class_name="SS2"
        )
        SupportTicket.objects.filter(pk=ticket.pk).update(student_id=student.pk)
    Homework.objects.create(
        reference="HW-1", student=Student.objects.get(name="Johnny"), subject="Maths"
    )
    desk.says(tickets[1], "My new phone.")
    candidates.record(tickets[1].contact_id, tickets[0].contact_id, Reason.NUMBER_PASSED_ON)
    return tickets


def address(pair: tuple[SupportTicket, SupportTicket]) -> str:
    ids = sorted(ticket.contact_id for ticket in pair)
    return reverse("admin:whatsapp_contact_compare", args=ids)


def hear(*items: Item) -> None:
    receive(body(envelope(*items)))
    sorting.sort_all()


# --- What is noted -------------------------------------------------------------------------------
@pytest.fixture
def our_number(settings: Any) -> None:
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID


def test_a_new_number_that_belongs_to_somebody_known_is_noted(our_number: None) -> None:
    hear(text("hi", sender=PHONE, user_id="NG.111"), text("hi", sender=OTHER_PHONE, user_id="NG.2"))
    hear(webhooks.number_changed(old=PHONE, new=OTHER_PHONE))
    noted = MergeCandidate.objects.get()
    assert noted.reason == Reason.NUMBER_TAKEN
    assert {noted.older, noted.younger} == set(Contact.objects.all())


def test_a_known_number_with_another_id_is_noted(our_number: None) -> None:
    hear(text("hi", sender=PHONE, user_id="NG.1"))
    hear(text("hi", sender=PHONE, user_id="NG.2"))
    noted = MergeCandidate.objects.get()
    assert noted.reason == Reason.NUMBER_PASSED_ON
    assert {noted.older, noted.younger} == set(Contact.objects.all())


def test_ids_that_agree_are_no_case(our_number: None) -> None:
    hear(text("hi", sender=PHONE), text("ho", sender=PHONE, user_id="NG.1"))
    hear(text("hi", sender=OTHER_PHONE, user_id="NG.1"))
    assert not MergeCandidate.objects.exists()


def test_a_pair_is_noted_once_and_a_decision_stands(pair, agent: User) -> None:
    ids = [ticket.contact_id for ticket in pair]
    assert candidates.keep_apart(*ids, agent)
    candidates.record(*ids, Reason.NUMBER_TAKEN)
    assert not MergeCandidate.objects.filter(decided_at=None).exists()
    assert MergeCandidate.objects.count() == 1


# --- What is shown -------------------------------------------------------------------------------
def test_the_list_leads_to_both_side_by_side(root: Client, pair) -> None:
    assert "a known number came with another WhatsApp id" in root.get(LIST).content.decode()
    candidate = MergeCandidate.objects.get()
    assert root.get(f"{LIST}{candidate.pk}/change/").url == address(pair)


def test_the_preview_counts_what_moves(root: Client, pair) -> None:
    html = root.get(address(pair)).content.decode()
    for words in ("Phone 2348030000001", "Phone 2348030000002", "My new phone.", "I cannot log in"):
        assert words in html
    assert "2 message(s), 1 ticket(s) and 1 number(s) or id(s) move." in html
    assert f"#{pair[0].pk} goes on with the messages of #{pair[1].pk}, which is closed." in html
    assert "the registration of “Johnny” goes" in html


def test_looking_changes_nothing(root: Client, pair) -> None:
    root.get(address(pair))
    assert Contact.objects.count() == 2


def test_names_are_shown_as_text(root: Client, pair) -> None:
    Contact.objects.update(name="<script>x</script>")
    assert "<script>x" not in root.get(address(pair)).content.decode()


@pytest.mark.parametrize("ids", [(1, 1), (1, 999_999), (999_998, 999_999)])
def test_what_is_no_pair_is_not_found(root: Client, ids: tuple[int, int]) -> None:
    desk.student()
    assert root.get(reverse("admin:whatsapp_contact_compare", args=ids)).status_code == 404


# --- What is decided -----------------------------------------------------------------------------
def test_one_person_gets_everything_of_both(root: Client, pair, agent: User) -> None:
    kept, gone = pair[0].contact, pair[1].contact
    root.post(address(pair), {"merge": "yes"})
    kept.refresh_from_db()
    assert list(Contact.objects.all()) == [kept]
    assert kept.messages.filter(direction="in").count() == 3
    assert {identity.value for identity in kept.identities.all()} == {PHONE, OTHER_PHONE}
    assert Student.objects.get().homework.get().reference == "HW-1"
    for ticket in pair:
        ticket.refresh_from_db()
    assert [ticket.status for ticket in pair] == ["OPEN", "CLOSED"]
    assert [ticket.contact for ticket in pair] == [kept, kept]
    assert {ticket.student_id for ticket in pair} == {kept.student.pk}
    assert not MergeCandidate.objects.exists()
    entry = LogEntry.objects.get(user=agent, object_id=str(kept.pk))
    assert f"Merged with contact {gone.pk}, Johnny" in entry.get_change_message()


@pytest.mark.parametrize(
    ("state", "own", "left"),
    [
        ("registered", {}, {"subject": "Maths", "kind": "image", "files": "1:5"}),
        ("registered", {"files": "3:9"}, {"files": "3:9"}),
        ("homework_type", {"subject": "Art"}, {"subject": "Art"}),
    ],
)
def test_the_pages_of_a_homework_wait_for_the_one_that_is_kept(
    root: Client, pair, state: str, own: dict[str, str], left: dict[str, str]
) -> None:
    pages = {"subject": "Maths", "kind": "image", "files": "1:5", "rated": "7"}
    older, younger = sorted(ticket.contact_id for ticket in pair)
    Conversation.objects.create(contact_id=older, state=state, draft=own)
    Conversation.objects.create(contact_id=younger, state="homework_content", draft=pages)
    root.post(address(pair), {"merge": "yes"})
    kept = Conversation.objects.get()
    assert (kept.contact_id, kept.state, kept.draft) == (older, state, left)


def test_the_number_last_written_from_is_written_to(root: Client, pair) -> None:
    root.post(address(pair), {"merge": "yes"})
    assert Contact.objects.get().phone == f"+{OTHER_PHONE}"


def test_two_people_stay_two_and_nobody_is_asked_again(root: Client, pair, agent: User) -> None:
    root.post(address(pair), {"apart": "yes"})
    decided = MergeCandidate.objects.get()
    assert (decided.decided_by, decided.decided_at is not None) == (agent, True)
    assert Contact.objects.count() == 2
    assert "They are two people</strong>, decided on" in root.get(address(pair)).content.decode()
    assert LogEntry.objects.filter(user=agent).count() == 1


def test_a_colleague_was_quicker(root: Client, pair) -> None:
    root.post(address(pair), {"merge": "yes"})
    again = root.post(address(pair), {"merge": "yes"}, follow=True)
    assert "a colleague was quicker" in again.content.decode()
    assert root.post(address(pair), {"apart": "yes"}).status_code == 302


def test_who_may_be_a_third_is_asked_about_the_one_that_is_kept(root: Client, pair) -> None:
    third = desk.student(3, "Third")
    candidates.record(pair[1].contact_id, third.pk, Reason.NUMBER_TAKEN)
    root.post(address(pair), {"merge": "yes"})
    noted = MergeCandidate.objects.get()
    assert (noted.older, noted.younger) == (pair[0].contact, third)


@pytest.mark.parametrize(
    ("role", "expected"), [("Agent", 403), ("Lead", 200), ("Administrator", 200)]
)
def test_only_leads_see_and_decide(pair, role: str, expected: int) -> None:
    browser = desk.browser(desk.staff(role))
    start = reverse("admin:whatsapp_contact_merge_with", args=[pair[0].contact_id])
    for page in (LIST, address(pair), start):
        assert browser.get(page).status_code == expected
    contact_page = browser.get(f"/admin/whatsapp/contact/{pair[0].contact_id}/change/")
    assert ("Merge with …" in contact_page.content.decode()) == (expected == 200)
    browser.post(address(pair), {"merge": "yes"})
    assert Contact.objects.count() == (2 if expected == 403 else 1)


# --- By hand -------------------------------------------------------------------------------------
def with_phone(client: Client, contact: Contact, phone: str) -> Any:
    start = reverse("admin:whatsapp_contact_merge_with", args=[contact.pk])
    return client.post(start, {"phone": phone})


@pytest.mark.parametrize("written", ["+2348030000002", "0803 000 0002", "234 803 000 0002"])
def test_the_other_is_found_by_phone_however_it_is_written(root: Client, written: str) -> None:
    one, other = desk.student(1), desk.student(2)
    expected = reverse("admin:whatsapp_contact_compare", args=[one.pk, other.pk])
    assert with_phone(root, one, written).url == expected
    assert "They are two people" not in root.get(expected).content.decode()


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("+2348030000009", "Nobody with this phone"),
        ("+2348030000001", "the phone of this contact"),
        ("abc", "not a phone number"),
    ],
)
def test_whoever_cannot_be_meant_is_explained(root: Client, written: str, answer: str) -> None:
    assert answer in with_phone(root, desk.student(1), written).content.decode()


def test_a_number_that_somebody_gave_up_finds_nobody(root: Client) -> None:
    one, other = desk.student(1), desk.student(2)
    Identity.objects.filter(contact=other).update(retired_at=timezone.now())
    answer = with_phone(root, one, OTHER_PHONE).content.decode()
    assert "Nobody with this phone" in answer
    assert Message.objects.count() == 0
