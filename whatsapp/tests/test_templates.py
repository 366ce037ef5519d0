"""Templates: learnt from Meta, filled in, refused before Meta would."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from whatsapp import client as graph
from whatsapp import sorting, tasks, templates
from whatsapp.models import MessageTemplate
from whatsapp.outgoing import ApprovedTemplate, MessageInvalid, Template, body_values
from whatsapp.simulator import rules
from whatsapp.simulator.models import Misbehaviour, SimulatedCall
from whatsapp.simulator.templates import APPROVED
from whatsapp.tests import webhooks
from whatsapp.tests.lane import receive

BODY = {"type": "BODY", "text": "Hello {{1}}, homework {{2}} is ready."}
NAMED = {"type": "BODY", "text": "Hello {{first_name}}, homework {{reference}} is ready."}
LIST = "/admin/whatsapp/messagetemplate/"


def approved(*components: dict[str, Any]) -> ApprovedTemplate:
    return ApprovedTemplate("homework_answered", "en", components or (BODY,))


def test_values_are_filled_in_by_number():
    message = approved({"type": "BODY", "text": "{{2}}, {{1}} and {{2}}"}).filled(
        {"1": "one", "2": "{{1}}"}
    )
    assert message.text == "{{1}}, one and {{1}}"
    assert message.components == (body_values("one", "{{1}}"),)


def test_values_are_filled_in_by_name():
    message = approved(NAMED).filled({"reference": "HW-7", "first_name": "Ada"})
    assert message.text == "Hello Ada, homework HW-7 is ready."
    assert message.components == (body_values(first_name="Ada", reference="HW-7"),)


def test_ten_parameters_are_in_the_order_of_their_numbers():
    text = " ".join(f"{{{{{number}}}}}" for number in range(10, 0, -1))
    assert approved({"type": "BODY", "text": text}).parameters == tuple(map(str, range(1, 11)))


def test_a_template_without_parameters_needs_no_components():
    message = approved({"type": "BODY", "text": "Welcome!"}).filled({})
    assert "components" not in message.wire()["template"]


def test_head_and_foot_are_read_too():
    head = {"type": "HEADER", "format": "TEXT", "text": "News"}
    assert approved(head, BODY, {"type": "FOOTER", "text": "EduBot"}).text == (
        "News\nHello {{1}}, homework {{2}} is ready.\nEduBot"
    )


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"1": "Ada"},
        {"1": "Ada", "2": "x", "3": "y"},
        {"1": "Ada", "name": "x"},
        {"1": "Ada", "2": ""},
        {"1": "Ada", "2": "  "},
        {"1": "Ada", "2": "a\nb"},
        {"1": "Ada", "2": "a\tb"},
        {"1": "Ada", "2": "a     b"},
        {"1": "Ada", "2": "x" * 1024},
    ],
)
def test_values_that_meta_would_refuse_are_refused_before(values: dict[str, str]):
    assert approved().problems(values)
    with pytest.raises(MessageInvalid):
        approved().filled(values)


@pytest.mark.parametrize(
    "component",
    [
        {"type": "HEADER", "format": "LOCATION"},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://{{1}}.example/a"}]},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://x.example/{{1}}{{2}}"}]},
        {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE"}]},
        {"type": "BUTTONS", "buttons": ["odd"]},
        {"type": "CAROUSEL"},
    ],
)
def test_what_needs_more_than_words_is_not_offered(component: dict[str, Any]):
    assert approved(BODY, component).obstacle()
    assert approved(BODY, component).problems({"1": "a", "2": "b"})


def test_fixed_buttons_are_no_obstacle():
    buttons = [{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "URL", "url": "https://x.example"}]
    assert not approved(BODY, {"type": "BUTTONS", "buttons": buttons}).obstacle()


@pytest.mark.parametrize(
    ("values", "code"), [(("Ada",), 132000), (("Ada", "x", "y"), 132000), (("Ada", "x"), None)]
)
def test_the_simulated_meta_counts_parameters_too(values: tuple[str, ...], code: int | None):
    body = Template("homework_answered", "en", (body_values(*values),)).wire()
    refusal = rules.refusal(body | {"to": "+2348031234567"})
    assert (refusal.code if refusal else None) == code


# --- Learning them from Meta -----------------------------------------------------------------
@pytest.fixture
def synced(db: None) -> None:
    templates.sync()


def status(name: str = "keep_chat_open") -> str:
    return MessageTemplate.objects.get(name=name).status


@pytest.mark.django_db
def test_all_pages_of_the_list_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(graph, "PAGE", 2)
    assert templates.sync() == len(APPROVED)
    assert SimulatedCall.objects.filter(path__contains="message_templates").count() == -(
        -len(APPROVED) // 2
    )
    assert MessageTemplate.objects.count() == len(APPROVED)


def test_the_same_name_in_two_languages_is_two_templates(synced: None):
    languages = MessageTemplate.objects.filter(name="support_reply").values_list("language")
    assert set(languages) == {("en",), ("fr",)}


def test_a_second_look_changes_what_changed_and_drops_what_is_gone(synced: None):
    MessageTemplate.objects.update(status="PAUSED", components=[])
    MessageTemplate.objects.create(name="gone", language="en", status="APPROVED")
    kept = set(MessageTemplate.objects.exclude(name="gone").values_list("pk", flat=True))
    assert templates.sync() == len(APPROVED)
    assert set(MessageTemplate.objects.values_list("pk", flat=True)) == kept
    assert len(templates.sendable()) == len(APPROVED)


def test_when_meta_does_not_answer_the_list_stays(synced: None):
    Misbehaviour(pk=1, token_revoked=True).save()
    tasks.sync_templates()
    assert MessageTemplate.objects.count() == len(APPROVED)


def test_without_an_account_nobody_is_asked(db: None, settings: Any):
    settings.WHATSAPP_BUSINESS_ACCOUNT_ID = ""
    tasks.sync_templates()
    assert not SimulatedCall.objects.exists()


def test_codes_are_not_sent_from_the_desk(synced: None):
    MessageTemplate.objects.update(category="AUTHENTICATION")
    assert templates.sendable() == []


def hear(event: str, language: str = "en", waba_id: str = "", name: str = "keep_chat_open") -> None:
    change = webhooks.account_change(
        "message_template_status_update",
        event=event,
        message_template_id=12,
        message_template_name=name,
        message_template_language=language,
    )
    entry = {"id": waba_id or settings.WHATSAPP_BUSINESS_ACCOUNT_ID, "changes": [change]}
    receive(webhooks.body({"object": "whatsapp_business_account", "entry": [entry]}))
    sorting.sort_all()


def test_a_template_that_meta_pauses_is_offered_no_more_until_it_is_back(synced: None):
    hear("PAUSED")
    assert status() == "PAUSED"
    assert "keep_chat_open" not in {template.name for template in templates.sendable()}
    hear("REINSTATED")
    assert status() == "APPROVED"


def test_a_warning_stops_nothing(synced: None):
    hear("FLAGGED")
    assert status() == "APPROVED"


def test_both_spellings_of_a_language_are_understood(synced: None):
    hear("REJECTED", "en-US", name="hello_world")
    assert status("hello_world") == "REJECTED"


def test_news_of_another_account_is_not_for_us(synced: None):
    hear("PAUSED", waba_id="999")
    assert status() == "APPROVED"


def test_news_of_an_unknown_template_makes_us_ask(
    synced: None, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks() as others:
        hear("APPROVED", waba_id="999")
    with django_capture_on_commit_callbacks() as ours:
        hear("APPROVED", name="brand_new")
    assert len(ours) == len(others) + 1


# --- In the admin --------------------------------------------------------------------------------
def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_staff_synchronise_by_hand(agent: User):
    html = browser(agent).get(LIST).content.decode()
    assert "Synchronise now" in html
    response = browser(agent).post(f"{LIST}sync/", follow=True)
    assert f"{len(APPROVED)} template(s) at Meta" in response.content.decode()
    assert "Keep my chat open" in browser(agent).get(f"{LIST}{_any()}/change/").content.decode()


def test_a_refusal_of_meta_is_shown(agent: User):
    Misbehaviour(pk=1, token_revoked=True).save()
    response = browser(agent).post(f"{LIST}sync/", follow=True)
    assert "Meta did not answer as hoped" in response.content.decode()


@pytest.mark.parametrize(("role", "expected"), [("Agent", 403), ("Lead", 302)])
def test_only_who_may_change_templates_synchronises(db: None, role: str, expected: int):
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    assert browser(user).get(LIST).status_code == 200
    assert browser(user).post(f"{LIST}sync/").status_code == expected


def _any() -> int:
    return MessageTemplate.objects.get(name="keep_chat_open").pk
