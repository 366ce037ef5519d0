"""Homework in the admin: the list, a page, and who may see and do what."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from conversations.models import Homework, HomeworkPage, HomeworkState, PageCheck, Tutor
from conversations.tests.homework import PHOTO, answered, handed_in, student, tutor
from support.tests.queries_made import queries_made
from whatsapp.models import Media, Message
from whatsapp.models.message import Direction

pytestmark = pytest.mark.django_db

LIST = "/admin/conversations/homework/"
HTML = b"<html><script>alert(1)</script></html>"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def grace() -> User:
    """An agent and tutor."""
    return tutor("grace")


@pytest.fixture
def desk(grace: User) -> Client:
    return browser(grace)


@pytest.fixture
def lead() -> Client:
    user = User.objects.create_user("lead", is_staff=True)
    user.groups.add(Group.objects.get(name="Lead"))
    return browser(user)


def url(made: Homework, act: str = "change") -> str:
    return f"{LIST}{made.pk}/{act}{'/' if act == 'change' else ''}"


def listed(client: Client, **query: str) -> list[str]:
    changelist = client.get(LIST, query).context["cl"]
    return [row.text for row in changelist.result_list]


def page(made: Homework, number: int, content: bytes, mime_type: str, problem: str = "") -> Media:
    wire = Message.objects.create(
        contact=made.student.contact,
        direction=Direction.INBOUND,
        author="contact",
        kind="image",
        text=f"caption {number} <b>",
        status="handled",
        wamid_digest=uuid4().hex,
    )
    HomeworkPage.objects.create(homework=made, number=number, message=wire)
    PageCheck.objects.create(message=wire, problem=problem)
    return Media.objects.create(
        message=wire,
        state=Media.State.STORED,
        file=ContentFile(content, "x"),
        name="../../x.html",
        mime_type=mime_type,
    )


# --- The list -----------------------------------------------------------------------------------
def test_what_is_to_be_done_is_listed_oldest_first(desk: Client, grace: User) -> None:
    ada = student()
    for text, state in (
        ("1", "PENDING"),
        ("2", "SOLVED"),
        ("3", "IN_PROGRESS"),
        ("4", "CANCELLED"),
    ):
        handed_in(ada, text=text, state=state)
    assert listed(desk) == ["1", "3"]
    assert listed(desk, state="SOLVED") == ["2"]
    assert listed(desk, state="all") == ["4", "3", "2", "1"]


def test_it_is_filtered_by_tutor_and_subject_and_by_answers_that_wait(
    desk: Client, grace: User
) -> None:
    ada, ben = student(1), student(2, "Ben", hours_ago=30)
    handed_in(ada, "Art", text="mine", tutor=grace)
    handed_in(ada, text="free")
    waiting = handed_in(ben, text="answered")
    answered(waiting, grace)
    assert listed(desk, tutor="me") == ["mine"]
    assert listed(desk, tutor="nobody") == ["free"]
    assert listed(desk, subject="Art") == ["mine"]
    assert listed(desk, state="answer-waiting") == ["answered"]
    assert b"answer waiting" in desk.get(LIST, {"state": "SOLVED"}).content


@pytest.mark.parametrize("words", ["HW-", "maths", "obi", "8030000001"])
def test_it_is_found_by_number_subject_name_and_phone(desk: Client, words: str) -> None:
    handed_in()
    assert listed(desk, q=words) == ["2x = 8"]
    assert listed(desk, q="nothing") == []


def test_the_list_costs_the_same_for_one_and_for_many(desk: Client) -> None:
    handed_in(student(1))
    desk.get(LIST)
    with queries_made() as one:
        desk.get(LIST)
    for number in range(2, 9):
        handed_in(student(number), tutor=tutor(f"tutor {number}"))
    with queries_made() as many:
        desk.get(LIST)
    assert len(many) == len(one)


def do(client: Client, action: str, *rows: Homework, **data: Any) -> str:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **data}
    return client.post(LIST, chosen, follow=True).content.decode()


def test_a_lead_gives_many_to_one_tutor(lead: Client, grace: User) -> None:
    ada = student()
    first, second = handed_in(ada), handed_in(ada)
    assert "Choose a tutor" in do(lead, "give", first)
    assert "2 homework given to grace." in do(lead, "give", first, second, to=grace.pk)
    assert set(Homework.objects.values_list("tutor", flat=True)) == {grace.pk}
    assert "1 homework released." in do(lead, "release", first)
    assert "1 homework cancelled." in do(lead, "cancel", second)


@pytest.mark.parametrize("to", ["x", "999", "' OR 1=1"])
def test_giving_to_nobody_known_is_refused(lead: Client, to: str) -> None:
    made = handed_in()
    do(lead, "give", made, to=to)
    made.refresh_from_db()
    assert made.tutor is None


def test_an_agent_gives_homework_to_nobody(desk: Client, grace: User) -> None:
    made = handed_in()
    do(desk, "give", made, to=grace.pk)
    assert desk.post(url(made, "give"), {"to": grace.pk}).status_code == 403
    made.refresh_from_db()
    assert made.tutor is None


# --- A homework's page --------------------------------------------------------------------------
def test_the_page_shows_text_pages_in_order_and_who_handed_it_in(desk: Client) -> None:
    made = handed_in(text="Why is <b>the sky</b> blue?")
    page(made, 2, b"%PDF-1.4", "application/pdf")
    page(made, 1, PHOTO, "image/jpeg", "blurred")
    html = desk.get(url(made)).content.decode()
    assert "Why is &lt;b&gt;the sky&lt;/b&gt; blue?" in html
    assert html.index("Page 1") < html.index("Page 2")
    assert "caption 1 &lt;b&gt;" in html
    assert "blurred" in html
    assert f'<img src="{LIST}{made.pk}/page/1"' in html
    assert "Download page 2" in html
    assert "Ada Obi" in html


def test_the_page_costs_the_same_for_one_sheet_and_for_many(desk: Client, grace: User) -> None:
    made = handed_in()
    page(made, 1, PHOTO, "image/jpeg")
    answered(made, grace)
    with queries_made() as one:
        desk.get(url(made))
    for number in range(2, 9):
        page(made, number, PHOTO, "image/jpeg")
        answered(made, grace)
    with queries_made() as many:
        desk.get(url(made))
    assert len(many) == len(one)


def test_a_photo_is_shown_and_everything_else_is_downloaded(desk: Client) -> None:
    made = handed_in()
    page(made, 1, PHOTO, "image/jpeg")
    page(made, 2, b"%PDF-1.4", "application/pdf")
    page(made, 3, HTML, "text/html")
    page(made, 4, HTML, "image/svg+xml")
    answers = [desk.get(url(made, f"page/{number}")) for number in range(1, 5)]
    assert [answer["Content-Type"] for answer in answers] == [
        "image/jpeg",
        *["application/octet-stream"] * 3,
    ]
    assert [answer["Content-Disposition"].split(";")[0] for answer in answers] == [
        "inline",
        *["attachment"] * 3,
    ]
    for answer in answers:
        assert answer.getvalue()
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox"


def test_a_page_of_another_homework_is_not_found(desk: Client) -> None:
    made, other = handed_in(student(1)), handed_in(student(2))
    page(made, 1, PHOTO, "image/jpeg")
    assert desk.get(url(other, "page/1")).status_code == 404
    assert desk.get(url(made, "page/2")).status_code == 404
    assert desk.get(f"{LIST}{'9' * 30}/change/").status_code == 404


# --- Answering ----------------------------------------------------------------------------------
def send(client: Client, made: Homework, **data: Any) -> str:
    fields = {"text": "", "token": str(uuid4()), **data}
    return client.post(url(made, "answer"), fields, follow=True).content.decode()


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_words_and_files_are_sent(desk: Client) -> None:
    made = handed_in()
    files = [upload(PHOTO, "page-1-solved.jpg"), upload(b"%PDF-1.4", "notes.pdf")]
    html = send(desk, made, text="x = 4", attachments=files)
    assert "The answer is on its way" in html
    assert "notes.pdf" in html
    made.refresh_from_db()
    assert made.state == HomeworkState.SOLVED
    kinds = Message.objects.filter(direction=Direction.OUTBOUND).values_list("kind", flat=True)
    assert list(kinds) == ["image", "document"]
    sent = made.answers.get().files.first()
    answer = desk.get(url(made, f"file/{sent.pk}"))
    assert (answer["Content-Type"], answer.getvalue()) == ("image/jpeg", PHOTO)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ([upload(HTML, "solved.jpg")], "WhatsApp takes pictures"),
        ([upload(b"", "empty.jpg")], "empty"),
        ([upload(PHOTO, f"{n}.jpg") for n in range(11)], "At most 10 files"),
        ([upload(b"\xff\xd8\xff" + bytes(6_000_000), "large.jpg")], "at most 5 MB"),
        ([], "Write, draw or attach something first."),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_reason(
    desk: Client, files: list[SimpleUploadedFile], problem: str
) -> None:
    made = handed_in()
    assert problem in send(desk, made, attachments=files)
    assert not made.answers.exists()


def test_what_was_typed_survives_a_refusal(desk: Client) -> None:
    html = send(desk, handed_in(), text="My long words", attachments=[upload(HTML, "x.jpg")])
    assert "My long words</textarea>" in html


def test_the_page_says_when_the_answer_will_wait(desk: Client) -> None:
    made = handed_in(student(hours_ago=30))
    assert "The 24-hour window closed" in desk.get(url(made)).content.decode()
    assert "waits until the student writes" in send(desk, made, text="x = 4")


def test_a_tutor_starts_releases_and_cancels(desk: Client, grace: User) -> None:
    made = handed_in()
    assert (
        "You have this homework now."
        in desk.post(url(made, "act/start"), follow=True).content.decode()
    )
    desk.post(url(made, "act/release"))
    made.refresh_from_db()
    assert made.state == HomeworkState.PENDING
    data = {"reason": "Twice the same", "token": str(uuid4())}
    assert (
        "Cancelled; the student is told."
        in desk.post(url(made, "cancel"), data, follow=True).content.decode()
    )
    assert "Answer" not in desk.get(url(made)).context["homework"].state


def test_an_agent_does_not_take_homework_from_a_colleague(desk: Client) -> None:
    made = handed_in(tutor=tutor("niels"), state=HomeworkState.ASSIGNED)
    assert desk.post(url(made, "act/release")).status_code == 403


# --- Who may ------------------------------------------------------------------------------------
ADDRESSES = ["", "{}/change/", "{}/page/1", "{}/file/1"]
ACTS = ["{}/answer", "{}/cancel", "{}/give", "{}/act/start", "{}/act/release", "{}/act/send-again"]


def test_nobody_sees_homework_without_the_permission() -> None:
    made = handed_in()
    page(made, 1, PHOTO, "image/jpeg")
    stranger = browser(User.objects.create_user("stranger", is_staff=True))
    for address in ADDRESSES:
        assert stranger.get(LIST + address.format(made.pk)).status_code == 403, address
        assert Client().get(LIST + address.format(made.pk)).status_code == 302, address


def test_who_may_only_look_changes_nothing() -> None:
    made, looker = handed_in(), User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_homework"))
    client = browser(looker)
    html = client.get(url(made)).content.decode()
    assert "Send to the student" not in html
    for address in ACTS:
        assert client.post(LIST + address.format(made.pk)).status_code == 403, address
    assert not made.events.exists()


def test_acts_need_a_post_and_a_known_name(desk: Client) -> None:
    made = handed_in()
    for address in ACTS:
        assert desk.get(LIST + address.format(made.pk)).status_code == 405, address
    assert desk.post(url(made, "act/explode")).status_code == 404
    assert desk.post(f"{LIST}999/act/start").status_code == 404


def test_tutors_are_kept_by_leads_and_seen_by_agents(lead: Client, desk: Client) -> None:
    niels = User.objects.create_superuser("niels")
    data = {"user": niels.pk, "subjects": "Physics", "max_open": 5, "is_available": "on"}
    assert desk.post("/admin/conversations/tutor/add/", data).status_code == 403
    assert lead.post("/admin/conversations/tutor/add/", data).status_code == 302
    assert Tutor.objects.get(user=niels).max_open == 5
    handed_in(tutor=niels, state=HomeworkState.ASSIGNED, submitted_at=timezone.now())
    assert b"Physics" in desk.get("/admin/conversations/tutor/").content
