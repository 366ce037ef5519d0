"""The pages where leads set the order of the desk, and everybody their own notices."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from support.models import CannedReply, DeskPreferences, DeskRules, Macro
from support.tests import desk

pytestmark = pytest.mark.django_db
RULES, NOTICES = "/admin/support/deskrules/", "/admin/support/deskpreferences/"
REPLIES, MACROS = "/admin/support/cannedreply/", "/admin/support/macro/"
FORM = {
    "assign": "on",
    "assign_at_most": "3",
    "release_after": "20",
    "warn_before": "10",
    "mail_unassigned_every": "30",
    "mail_unresolved_after": "24",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def test_a_lead_sets_the_rules_of_which_there_is_one_row() -> None:
    client = desk.browser(desk.staff("Lead"))
    assert client.get(RULES).status_code == 200
    assert not DeskRules.objects.exists(), "a look changes nothing"
    client.post(RULES, FORM)
    client.post(RULES, {**FORM, "assign_at_most": "4"})
    rules = DeskRules.objects.get()
    assert (rules.assign, rules.assign_at_most, rules.release_after) == (True, 4, 20)
    assert client.get(f"{RULES}add/").status_code == 403


def test_a_rule_that_makes_no_sense_is_refused() -> None:
    client = desk.browser(desk.staff("Lead"))
    html = client.post(RULES, {**FORM, "assign_at_most": "0"}).content.decode()
    assert "greater than or equal to 1" in html
    assert not DeskRules.objects.exists()


def test_agents_set_no_rules() -> None:
    client = desk.browser(desk.staff("Agent"))
    assert client.get(RULES).status_code == 403
    assert client.post(RULES, FORM).status_code == 403
    assert client.post(f"{MACROS}add/", {"name": "x"}).status_code == 403
    assert client.get(MACROS).status_code == 200


def test_everybody_sets_their_own_notices() -> None:
    ada, grace = desk.staff(username="ada"), desk.staff(username="grace")
    theirs = DeskPreferences.objects.create(user=grace)
    client = desk.browser(ada)
    assert client.get(NOTICES).status_code == 200
    client.post(NOTICES, {"sound": "on"})
    client.post(NOTICES, {"sound": "on", "mail_mentions": "on"})
    own = DeskPreferences.objects.get(user=ada)
    assert (own.sound, own.mail_mentions, own.mail_unassigned) == (True, True, False)
    assert client.get(f"{NOTICES}{theirs.pk}/change/").status_code == 302
    theirs.refresh_from_db()
    assert not theirs.sound


def test_who_is_no_staff_has_none() -> None:
    client = desk.browser(User.objects.create_user("student"))
    assert client.get(NOTICES).status_code == 302


def test_a_picture_of_a_ready_made_answer_is_looked_at() -> None:
    client = desk.browser(desk.staff("Lead"))
    form = {"shortcut": "way", "text": "This way, {{ name }}"}
    client.post(f"{REPLIES}add/", {**form, "file": SimpleUploadedFile("a.pdf", PNG)})
    reply = CannedReply.objects.get()
    assert (reply.file_kind, reply.mime_type) == ("image", "image/png")


def test_a_shortcut_may_be_given_as_it_is_typed_at_the_desk() -> None:
    client = desk.browser(desk.staff("Lead"))
    client.post(f"{REPLIES}add/", {"shortcut": " /way", "text": "This way"})
    assert CannedReply.objects.get().shortcut == "way"
    again = client.post(f"{REPLIES}add/", {"shortcut": "/way", "text": "No, that way"})
    assert "already exists" in again.content.decode()
    refused = client.post(f"{REPLIES}add/", {"shortcut": "//", "text": "Which way?"})
    assert "Enter a valid" in refused.content.decode()


def test_ready_made_replies_are_called_so_wherever_somebody_reads_of_them(agent: User) -> None:
    CannedReply.objects.create(shortcut="hi", text="Hi")
    page = desk.browser(agent).get
    places = [REPLIES, f"{REPLIES}add/", f"{MACROS}add/", "/admin/", desk.page(desk.chat())]
    for place in places:
        html = page(place).content.decode().lower()
        assert "ready-made repl" in html, place
        assert "canned repl" not in html, place
    assert not Permission.objects.filter(name__contains="canned").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"text": "Hi {{ nmae }}"}, "Nothing is known for nmae"),
        ({"file": SimpleUploadedFile("a.png", b"MZ program")}, "WhatsApp takes pictures"),
    ],
)
def test_a_ready_made_answer_that_cannot_be_sent_is_refused(change, why: str) -> None:
    client = desk.browser(desk.staff("Lead"))
    form = {"shortcut": "way", "text": "This way", **change}
    assert why in client.post(f"{REPLIES}add/", form).content.decode()
    assert not CannedReply.objects.exists()


def test_a_lead_makes_a_macro() -> None:
    form = {"name": "Close", "reply": "Bye {{ name }}", "status": "RESOLVED"}
    desk.browser(desk.staff("Lead")).post(f"{MACROS}add/", form)
    assert Macro.objects.get().reply == "Bye {{ name }}"
