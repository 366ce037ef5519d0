"""What the bot does not understand is listed; what staff teach it is understood."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from conversations import learning, lessons
from conversations.catalogues.intent import Intent
from conversations.models import FaqEntry, LearntWord, Student
from conversations.tests.test_statement_budget import assert_within_budget, statements
from whatsapp.models import Contact
from whatsapp.tests.phone import Phone


@pytest.fixture
def pupil(john: Phone) -> Phone:
    for words in ("hi", "John Doe", "skip", "10A"):
        john.say(words)
    return john


def teach(client, word: LearntWord, meaning: str):
    address = reverse("admin:conversations_learntword_change", args=[word.pk])
    return client.post(address, {"meaning": meaning}, follow=True)


def test_what_is_not_understood_is_counted(pupil):
    pupil.say("Wetin you fit do?")
    pupil.say("wetin you fit do")
    word = LearntWord.objects.get()
    assert (word.words, word.count, word.language) == ("wetin you fit do", 2, "en")
    assert (word.state, word.meaning) == ("registered", "")


def test_a_slip_is_noted_in_the_language_of_the_student(pupil):
    pupil.say("français")
    pupil.say("abonement")
    assert LearntWord.objects.values_list("words", "language").get() == ("abonement", "fr")


@pytest.mark.parametrize(
    "text",
    [
        *("08031234567", "call 234", "me@example.com", "www.example.com", "x", "…", "12/4"),
        *("John", "i am doe", "Okafor Chidi", "my name na chiamaka"),
        "this is a whole long sentence that goes on and on for ever",
        "one two three four five six",
        "a" * 41,
    ],
)
def test_what_may_say_who_wrote_it_is_never_kept(pupil, text):
    pupil.say(text)
    assert not LearntWord.objects.exists()


def test_answers_to_questions_are_never_kept(john):
    for words in ("hi", "Xyzzy Qwerty", "not an email", "Blue class"):
        john.say(words)
    assert not LearntWord.objects.exists()


def test_a_lead_teaches_a_word_and_it_acts(pupil, client):
    pupil.say("wahala")
    lead = User.objects.create_user("lead", password="x", is_staff=True)
    lead.groups.add(Group.objects.get(name="Lead"))
    client.force_login(lead)
    page = teach(client, LearntWord.objects.get(), "support")
    assert "Wahala is understood from now on." in page.text
    assert LearntWord.objects.get().decided_by == lead

    pupil.say("Wahala!!")
    assert pupil.last.text.startswith("Hi John! 💬")


def test_an_agent_sees_the_list_and_changes_nothing(pupil, client):
    pupil.say("wahala")
    agent = User.objects.create_user("amaka", password="x", is_staff=True)
    agent.groups.add(Group.objects.get(name="Agent"))
    client.force_login(agent)
    assert "wahala" in client.get(reverse("admin:conversations_learntword_changelist")).text
    assert teach(client, LearntWord.objects.get(), "support").status_code == 403
    assert LearntWord.objects.get().intent == ""


def test_a_word_may_mean_a_common_question(pupil, client, agent):
    entry = FaqEntry.objects.create(category="Pay", question="How much?", answer="A little.")
    pupil.say("wetin be the cost")
    client.force_login(agent)
    teach(client, LearntWord.objects.get(), f"faq:{entry.pk}")
    pupil.say("wetin be the cost")
    assert "A little." in pupil.last.text

    FaqEntry.objects.update(is_published=False)
    pupil.say("wetin be the cost")
    assert pupil.last.text.startswith("Sorry, I did not understand")
    entry.delete()
    pupil.say("wetin be the cost")
    assert pupil.last.text.startswith("Sorry, I still do not understand")


def test_taught_words_are_answers_where_answers_are_awaited(pupil):
    LearntWord.objects.create(
        digest=LearntWord.key("wahala"), words="wahala", language="en", state="idle", intent="faq"
    )
    pupil.say("homework")
    pupil.say("wahala")
    assert pupil.last.text.startswith("*wahala*: would you like") or "wahala" in pupil.last.text
    assert Contact.objects.get().conversation.state == "homework_type"


def test_a_taught_word_for_homework_keeps_the_free_limit(pupil, settings):
    settings.HOMEWORK_FREE_PER_MONTH = 0
    LearntWord.objects.create(
        digest=LearntWord.key("assignmenti"),
        words="assignmenti",
        language="en",
        state="idle",
        intent="homework",
    )
    pupil.say("assignmenti")
    assert Contact.objects.get().conversation.state == "registered"
    pupil.say("homwork")
    pupil.say("yes")
    assert Contact.objects.get().conversation.state == "registered"


@pytest.mark.parametrize(
    ("words", "intent", "sentence"),
    [
        ("menu", Intent.PAY, "“menu” means “Main menu” already."),
        ("paiement", Intent.SUPPORT, "“paiement” means “Pay” already."),
        ("français", Intent.PAY, "the name of a language"),
        ("hello", Intent.PAY, "small talk"),
        ("skip", Intent.PAY, "answers a question of the bot"),
        ("chiamaka", Intent.PAY, "“chiamaka” is a personal name"),
        ("call chidi", None, "is a personal name"),
    ],
)
def test_what_cannot_be_taught_is_refused_with_the_reason(words, intent, sentence):
    assert sentence in learning.problem(words, intent)


def test_a_name_is_refused_in_the_admin(pupil, client, agent):
    Student.objects.update(name="Zzyra Doe")
    word = LearntWord.objects.create(
        digest=LearntWord.key("zzyra"), words="zzyra", language="en", state="idle"
    )
    client.force_login(agent)
    page = teach(client, word, "support")
    assert "“zzyra” is the name of a student, and a name is never a command." in page.text
    word.refresh_from_db()
    assert word.intent == ""


def test_ending_a_chat_cannot_be_taught():
    assert not {Intent.END_CHAT, Intent.OPT_OUT, Intent.OPT_IN} & set(learning.TEACHABLE)


def test_what_nobody_writes_any_more_is_forgotten_but_what_was_taught_stays(pupil):
    pupil.say("wahala")
    pupil.say("gist")
    LearntWord.objects.filter(words="gist").update(intent="support")
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert lessons.forget_old() == 1
    assert LearntWord.objects.get().words == "gist"


@pytest.mark.parametrize("meaning", ["homework", "pay", "support"])
def test_taught_words_cost_no_more_statements(pupil, meaning):
    LearntWord.objects.create(
        digest=LearntWord.key("abeg o"), words="abeg o", language="en", state="idle", intent=meaning
    )
    executed = statements(pupil, "abeg o")
    if meaning == "support":
        assert len(executed) < 20  # opening a ticket costs more than ten
    else:
        assert_within_budget(executed)
