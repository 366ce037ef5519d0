"""Common questions: lists, categories, answers, and questions asked freely."""

import pytest

from conversations.flows.faq import browse
from conversations.states import State
from conversations.tests.talk import Student, buttons, registered
from conversations.turn import FaqItem, Heard
from whatsapp.text import length

FEW = (
    FaqItem(1, "Money", "How much does a subscription cost?", "₦5,000 a month.", ("price", "fee")),
    FaqItem(2, "Money", "Can I get a refund?", "Yes, within 7 days."),
    FaqItem(7, "School", "When do I get my solution?", "Within 24 hours.", ("how long",)),
)


def many(count: int, categories: int) -> tuple[FaqItem, ...]:
    return tuple(
        FaqItem(number, f"Category: {number % categories}", f"Question number {number}?", "Yes.")
        for number in range(count)
    )


def reader(faq: tuple[FaqItem, ...] = FEW) -> Student:
    return registered(faq=faq)


def test_a_few_questions_are_one_list() -> None:
    john = reader()
    assert john.writes("faq").startswith("❓ Choose a question")
    assert john.sees["faq:1"] == "How much does a subscri…"
    assert all(length(title) <= 24 for title in john.sees.values())
    assert browse(john.turn(Heard("text"))).say[-1].menu.is_list  # type: ignore[union-attr]


def test_a_long_question_is_shown_in_full_beneath() -> None:
    john = reader()
    john.writes("faq")
    first, second, _ = john.step.say[-1].menu.choices  # type: ignore[union-attr]
    assert first.params["question"] == "How much does a subscription cost?"
    assert second.description == ""


def test_a_tapped_question_is_answered() -> None:
    john = reader()
    assert john.taps("faq:1") == "*How much does a subscription cost?*\n\n₦5,000 a month."
    assert john.sees == {
        "faq": "❓ More FAQs",
        "support": "💬 Support",
        "main_menu": "📍 Main Menu",
    }


@pytest.mark.parametrize(
    ("text", "choice"),
    [("I want to hand in homework", "homework"), ("how do I hand in homework?", "homework")],
)
def test_who_may_have_meant_the_act_finds_its_button(text: str, choice: str) -> None:
    john = reader((FaqItem(7, "School", "How do I hand in homework?", "Choose it in the menu."),))
    assert john.writes(text).startswith("*How do I hand in homework?*")
    assert list(john.sees) == [choice, "support", "main_menu"]


@pytest.mark.parametrize("choice", ["faq:99", "faq:x", "faq:", "faq:1:2", "faq_more:99:Money"])
def test_a_question_that_is_gone_leads_to_the_others(choice: str) -> None:
    john = reader()
    assert john.taps(choice).startswith("That answer is no longer here.\n\n❓ Choose")


def test_no_questions_at_all_leads_to_a_person() -> None:
    john = reader(())
    assert "Our team can help" in john.writes("faq")
    assert list(john.sees) == ["support", "main_menu"]


def test_many_questions_are_sorted_by_category() -> None:
    john = reader(many(24, 2))
    john.writes("faq")
    assert list(john.sees.values()) == ["Category: 0", "Category: 1"]
    john.taps("faq_more:0:Category: 1")
    assert next(iter(john.sees)) == "faq:1"
    assert len(john.sees) == 10


@pytest.mark.parametrize(("count", "categories"), [(11, 1), (35, 1), (40, 2), (60, 30)])
def test_every_question_can_be_reached(count: int, categories: int) -> None:
    john, reached, to_visit = reader(many(count, categories)), set[str](), ["faq"]
    for _ in range(200):
        if not to_visit:
            break
        john.taps(to_visit.pop())
        assert len(john.sees) <= 10
        reached |= {choice for choice in john.sees if choice.startswith("faq:")}
        to_visit += [choice for choice in john.sees if choice.startswith("faq_more:")]
    assert len(reached) == count
    assert not to_visit


def test_questions_without_category_have_a_row_of_their_own() -> None:
    blank = tuple(FaqItem(n, "" if n % 2 else "A", f"Question {n}?", "Yes") for n in range(20))
    john = reader(blank)
    john.writes("faq")
    assert john.sees["faq_more:0:"] == "Other questions"
    john.taps("faq_more:0:")
    assert "faq:1" in john.sees
    assert "faq:2" not in john.sees


@pytest.mark.parametrize(
    "text", ["how much does a subscription cost", "How much does a subscripton cost??"]
)
def test_the_question_itself_is_answered_at_once(text: str) -> None:
    assert reader().writes(text).endswith("₦5,000 a month.")


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("what is the price", "faq:1"),
        ("is a refund possible", "faq:2"),
        ("my solution is late", "faq:7"),
        ("refnud", "faq:2"),
    ],
)
def test_a_free_question_brings_the_nearest(text: str, choice: str) -> None:
    john = reader()
    assert john.writes(text) == "Did you mean one of these?"
    assert next(iter(john.sees)) == choice
    assert list(john.sees)[-2:] == ["support", "main_menu"]
    assert john.state is State.REGISTERED


@pytest.mark.parametrize("text", ["purple elephants", "the is a", "42", "what do you do"])
def test_a_far_question_brings_the_menu(text: str) -> None:
    john = reader()
    assert john.writes(text).startswith("Sorry, I did not understand that.")


def test_at_most_three_are_guessed() -> None:
    john = reader(many(9, 1))
    john.writes("question number")
    assert len([choice for choice in john.sees if choice.startswith("faq:")]) == 3


def test_a_person_asked_for_is_not_answered_with_a_faq() -> None:
    faq = (FaqItem(1, "", "Can I talk to a human?", "Yes."),)
    john = reader(faq)
    john.writes("Can I talk to a human?")
    assert john.state is State.CHAT_SUPPORT_ACTIVE


def test_a_question_about_paying_is_answered_before_the_payment_word_counts() -> None:
    john = reader((FaqItem(1, "", "How do I pay with a card?", "Tap Subscribe."),))
    assert john.writes("How do I pay with a card?").endswith("Tap Subscribe.")


def test_titles_are_cut_between_letters_and_not_inside_an_emoji() -> None:
    john = reader((FaqItem(1, "", "👨‍👩‍👧" * 9, "Yes."),))
    john.writes("faq")
    title = buttons(john.step)["faq:1"]
    assert length(title) <= 24
    assert title == "👨‍👩‍👧" * 2 + "…"
