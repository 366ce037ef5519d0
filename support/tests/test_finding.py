"""Search: by phone, name, number and words, the newest first, with any input."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from support import finding, queries, services
from support.finding import tickets_matching
from support.models import SearchWord, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()  # numbers are not masked


def found(text: str, **options: bool) -> list[int]:
    return [
        one.pk for one in tickets_matching(SupportTicket.objects.all(), text, ANYBODY, **options)
    ]


def said(number: int, text: str, name: str = "John Doe") -> SupportTicket:
    ticket = desk.chat(number, name)
    desk.says(ticket, text)
    return ticket


def test_a_word_in_the_thread_finds_the_ticket_at_once() -> None:
    ticket = said(1, "The triangle has no angle")
    desk.chat(2)
    assert found("triangle") == [ticket.pk]


def test_what_a_ticket_was_opened_for_finds_it_though_nothing_was_said(agent: User) -> None:
    about = {"issue_description": "The triangle has no angle"}
    ticket = services.open_ticket(desk.student(1), Actor.of(agent), **about)
    assert found("triangle") == [ticket.pk]


def test_the_newest_comes_first() -> None:
    older, newer = said(1, "triangle"), said(2, "triangle")
    assert found("triangle") == [newer.pk, older.pk]


def test_the_beginning_of_a_word_is_enough() -> None:
    ticket = said(1, "My payments are stuck")
    assert found("pay") == found("PAYMENT") == [ticket.pk]
    assert found("ayment") == []


def test_two_letters_are_a_whole_word() -> None:
    ticket = said(1, "to be or not")
    assert found("be") == [ticket.pk]
    said(2, "between")
    assert found("be") == [ticket.pk]


def test_every_word_must_be_there_but_not_in_one_message() -> None:
    ticket = said(1, "I paid")
    desk.says(ticket, "but homework does not open")
    said(2, "I paid")
    assert found("homework paid") == [ticket.pk]


def test_a_name_and_a_word_belong_together() -> None:
    ada = said(1, "The triangle", "Ada Obi")
    said(2, "The triangle", "Ben")
    assert found("ada triangle") == [ada.pk]


@pytest.mark.parametrize(
    "phone",
    [
        "+2348030000001",
        "2348030000001",
        "00234 803 000 0001",
        "0803-000-0001",
        "(0803) 000 0001",
        "8030000001",
        "803000",
        "+234803",
        "00001",
    ],
)
def test_a_phone_is_found_in_any_spelling_and_in_part(phone: str) -> None:
    ticket = desk.chat(1)
    assert found(phone) == [ticket.pk]


def test_a_number_is_a_tickets_or_a_word() -> None:
    first = desk.chat(1)
    second = said(2, f"my code is {first.pk}")
    assert found(f"#{first.pk}") == [second.pk, first.pk]
    assert found("9" * 60) == []


def test_accents_and_case_make_no_difference() -> None:
    ticket = said(1, "Où est l'élève Ọmọ?")
    assert found("ELEVE") == found("élève") == found("omo") == [ticket.pk]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("هل يمكنك مُساعدتي", "مساعدتي"),
        ("我想付款但是不行", "付款"),
        ("我想付款但是不行", "付"),
        ("宿題を送りました", "宿題"),
        ("ฉันส่งการบ้าน", "การบ้าน"),
        ("Danke 🎉🎉", "🎉"),
        ("👍🏽", "👍"),
    ],
)
def test_other_scripts_and_emoji_are_found(text: str, words: str) -> None:
    ticket = said(1, text)
    said(2, "nothing of the kind")
    assert found(words) == [ticket.pk]


@pytest.mark.parametrize(
    "text",
    ["%", "_", "*", '+-><()~"@', "' OR 1=1 --", "\\", "\x00", "\ud800", "🦄", "😀" * 500],
)
def test_no_sign_is_an_operator(text: str) -> None:
    desk.chat(1)
    assert found(text) == []


def test_a_pasted_letter_is_searched_by_its_longest_words() -> None:
    ticket = said(1, "word " * 800)
    assert found("word " * 5000) == [ticket.pk]


def test_no_words_are_no_search() -> None:
    ticket = desk.chat(1)
    assert found("") == found("  ") == [ticket.pk]


def test_notes_are_found_at_the_desk_only(agent: User) -> None:
    ticket = desk.chat(1)
    services.note(ticket.pk, Actor.of(agent), "suspicious")
    assert found("suspicious") == found("susp") == [ticket.pk]
    assert found("suspicious", notes=False) == []


def test_who_may_not_see_tickets_finds_none() -> None:
    said(1, "triangle")
    assert not tickets_matching(
        queries.visible_to(AnonymousUser()), "triangle", AnonymousUser()
    ).exists()


def test_filters_stay() -> None:
    ticket = said(1, "triangle")
    mine = SupportTicket.objects.exclude(pk=ticket.pk)
    assert list(tickets_matching(mine, "triangle", ANYBODY)) == []


def test_of_a_word_in_very_many_tickets_the_newest_and_the_open_ones_are_found(
    agent: User, monkeypatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    still_open = said(1, "triangle")
    ended = [said(number, "triangle circle") for number in range(2, 6)]
    for ticket in ended:
        services.end(ticket.pk, Actor.of(agent))
    assert found("triangle") == [ended[3].pk, ended[2].pk, still_open.pk]
    assert found("triangle circle") == [ended[3].pk, ended[2].pk]


def test_what_is_rolled_back_is_not_found(agent: User) -> None:
    ticket = desk.chat(1)
    services.end(ticket.pk, Actor.of(agent))
    before = SearchWord.objects.count()
    with pytest.raises(services.ServiceError):
        services.reply(ticket.pk, Actor.of(agent), "unfindable")
    assert SearchWord.objects.count() == before


def test_a_thread_that_is_put_together_is_found_in_one_ticket() -> None:
    from support.services.merging import move_tickets

    kept, gone = said(1, "triangle"), said(2, "circle")
    move_tickets(keep=kept.contact, gone=gone.contact)
    assert found("circle triangle") == [kept.pk]


def test_words_go_with_their_ticket() -> None:
    said(1, "triangle").delete()
    assert not SearchWord.objects.exists()


def test_a_search_costs_the_same_for_thirty_tickets_as_for_three() -> None:
    def cost(numbers: range) -> int:
        for number in numbers:
            said(number, "triangle circle")
        with queries_made() as sql:
            assert len(found("triangle circle")) == numbers.stop - 1
        return len(sql)

    assert cost(range(1, 4)) == cost(range(4, 31)) <= 8
