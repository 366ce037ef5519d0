"""Common questions are read in the student's language, else in English."""

import pytest

from conversations.models import FaqEntry
from conversations.tests.talk import registered
from conversations.turn import FaqItem
from whatsapp.models import Contact

ENGLISH = FaqItem(1, "Money", "How much does a subscription cost?", "₦5,000 a month.")
HOURS = FaqItem(2, "Team", "When is the office open?", "From 8 to 4.")
FRENCH = FaqItem(7, "Argent", "Combien coûte un abonnement ?", "5 000 ₦ par mois.", (), "fr")
BOTH = (ENGLISH, HOURS, FRENCH)


def reader(language: str, faq: tuple[FaqItem, ...] = BOTH):
    return registered(faq=faq, settings={"language": language})


@pytest.mark.parametrize(("language", "rows"), [("", {"faq:1", "faq:2"}), ("fr", {"faq:7"})])
def test_the_list_is_in_the_students_language(language, rows):
    student = reader(language)
    student.writes("faq")
    assert set(student.sees) == rows


def test_without_questions_in_a_language_the_english_ones_are_shown():
    student = reader("fr", (ENGLISH, HOURS))
    student.writes("questions")
    assert set(student.sees) == {"faq:1", "faq:2"}


def test_a_question_finds_the_nearest_in_the_students_language_first():
    faq = (ENGLISH, FaqItem(8, "Argent", "Subscription cost?", "En français.", (), "fr"))
    student = reader("fr", faq)
    student.writes("subscription cost please tell")
    assert "faq:8" in student.sees
    assert "faq:1" not in student.sees


def test_a_question_that_only_english_answers_is_found_there():
    student = reader("fr")
    assert "From 8 to 4." in student.writes("When is the office open?")


def test_a_button_of_before_the_language_changed_still_answers():
    student = reader("fr")
    assert "₦5,000 a month." in student.taps("faq:1")


def test_the_whole_way_through_the_webhook(ada):
    for language, question in (("en", "How do I pay?"), ("fr", "Comment payer ?")):
        FaqEntry.objects.create(
            language=language, category="Pay", question=question, answer=f"{language}!"
        )
    for words in ("Bonjour", "Awa Diop", "passer", "3e", "questions"):
        ada.say(words)
    assert [row.title for row in ada.last.rows] == ["Comment payer ?"]
    Contact.objects.update(language="en")
    ada.say("faq")
    assert [row.title for row in ada.last.rows] == ["How do I pay?"]
