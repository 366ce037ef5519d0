"""Playing a student through the API, as integrators' own tests do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from support.models import SupportTicket
from support.tests import api
from whatsapp.simulator import delivery
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.phone import PNG, Phone

pytestmark = pytest.mark.django_db
STUDENTS = "/api/simulator/students"


@pytest.fixture
def settle(client, work):
    """What the simulator's process and the workers do."""

    def until_quiet():
        waiting = SimulatedWebhook.objects.filter(~Q(due_at=None))
        delivery.deliver(waiting, Phone(client, number="2340000000").post)
        work()

    return until_quiet


def test_a_whole_chat_is_played_and_answered(agent, settle):
    caller = api.client(agent)
    student = caller.post(STUDENTS, {"name": "Ada Obi", "number": "2348059876543"}).json()
    phone = f"{STUDENTS}/{student['id']}"

    assert caller.post(f"{phone}/say", {"text": "support"}).status_code == 201
    settle()
    greeting = caller.get(f"{phone}/messages").json()["messages"][-1]
    assert greeting["text"].startswith("Hi Ada!")
    assert [button["title"] for button in greeting["buttons"]] == ["❌ End Chat"]

    photo = SimpleUploadedFile("photo.png", PNG, "image/png")
    sent = caller.post(f"{phone}/file", {"file": photo, "caption": "See"}, format="multipart")
    assert sent.json()["type"] == "image"
    settle()
    [shown] = caller.get(f"/api/support/tickets/{SupportTicket.objects.get().pk}").json()[
        "messages"
    ]
    assert (shown["message"], shown["media"]["state"]) == ("See", "stored")

    tapped = {"wamid": greeting["wamid"], "choice_id": "end_chat"}
    assert caller.post(f"{phone}/tap", tapped).status_code == 201
    settle()
    assert SupportTicket.objects.get().status == "CLOSED"


def test_what_is_not_on_the_phone_cannot_be_tapped(agent):
    caller = api.client(agent)
    student = caller.post(STUDENTS, {"name": "Ada"}).json()
    address = f"{STUDENTS}/{student['id']}/tap"
    answer = caller.post(address, {"wamid": "wamid.none", "choice_id": "x"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["wamid"])


def test_a_number_that_cannot_be_is_refused(agent):
    answer = api.client(agent).post(STUDENTS, {"name": "Ada", "number": "call me"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["number"])
