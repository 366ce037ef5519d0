"""The ledger answers "did my message reach you?"."""

import pytest
from django.contrib.auth.models import User

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp.models import Media, Message
from whatsapp.models.message import Direction, Status

pytestmark = pytest.mark.django_db
LEDGER = "/admin/whatsapp/inboundmessage/"


def rows(user: User, **query: str) -> list[str]:
    page = desk.browser(user).get(LEDGER, query)
    changes = page.context_data["cl"]
    return [
        " | ".join(
            [
                admin_column(changes, message, name)
                for name in ("contact", "understood", "answered", "file_fetched")
            ]
        )
        for message in changes.result_list
    ]


def admin_column(changes, message: Message, name: str) -> str:
    method = getattr(changes.model_admin, name, None)
    return str(method(message) if method else getattr(message, name))


def test_a_question_that_was_answered(john, agent):
    john.say("menu")
    answer = Message.objects.get(direction=Direction.OUTBOUND)
    assert rows(agent) == [f"John Doe | ✓ | {answer.get_status_display()} | –"]


def test_what_the_bot_says_of_its_own_accord_answers_no_message(john, agent, work):
    john.say("support")
    answer = Message.objects.get(direction=Direction.OUTBOUND)
    services.end(SupportTicket.objects.get().pk, Actor.of(agent))
    work()
    assert rows(agent) == [f"John Doe | ✓ | {answer.get_status_display()} | –"]


def test_a_message_that_failed_is_processed_again_from_there(john, agent, work):
    john.say("menu")
    Message.objects.filter(direction=Direction.INBOUND).update(status=Status.FAILED)
    assert "✗ failed" in rows(agent)[0]
    failed = Message.objects.get(direction=Direction.INBOUND)
    act = {"action": "process_again", "_selected_action": [failed.pk]}
    desk.browser(agent).post(LEDGER, act)
    work()
    assert "| ✓ |" in rows(agent)[0]


def test_a_file_that_failed_is_fetched_again_from_there(john, agent):
    john.say("support")
    john.send_image()
    Media.objects.update(state=Media.State.FAILED)
    assert rows(agent)[0].endswith("✗ failed")
    message = Media.objects.get().message
    act = {"action": "fetch_again", "_selected_action": [message.pk]}
    desk.browser(agent).post(LEDGER, act)
    assert Media.objects.get().state == Media.State.WAITING


def test_it_is_found_by_number_name_and_metas_id(john, ada, agent):
    john.say("menu")
    ada.say("menu")
    wamid = Message.objects.get(direction=Direction.INBOUND, contact__name="Ada Obi").wamid
    for words in ("2348059876543", "Ada", wamid):
        assert [row.partition(" |")[0] for row in rows(agent, q=words)] == ["Ada Obi"]


def test_answers_cost_one_query_a_page(john, agent, django_assert_max_num_queries):
    for _ in range(5):
        john.say("menu")
    client = desk.browser(agent)
    with django_assert_max_num_queries(12):
        client.get(LEDGER)


def test_only_who_may_see_messages_sees_it():
    assert desk.browser(desk.staff("Agent")).get(LEDGER).status_code == 403
