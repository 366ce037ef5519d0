"""Many photos as one homework: numbered, checked, and taken out again."""

import pytest

from conversations.flows import collecting
from conversations.states import State
from conversations.step import AddLatePage, SubmitHomework
from conversations.tests.talk import Student, registered
from conversations.turn import Heard


def collecting_pages(*message_ids: int, **draft: str) -> Student:
    files = ",".join(f"{100 + message_id}:{message_id}" for message_id in message_ids)
    first = {"subject": "Maths", "kind": "image", "files": files}
    return registered(state=State.HOMEWORK_CONTENT, draft=first | draft)


def ids(john: Student) -> tuple[int, ...]:
    john.taps("done")
    (effect,) = john.effects
    assert isinstance(effect, SubmitHomework)
    return effect.message_ids


def test_pages_stand_in_the_order_in_which_they_were_sent() -> None:
    john = collecting_pages()
    for sent_at in (30, 10, 20):
        john.sends("image", sent_at=sent_at)
    assert ids(john) == (102, 103, 101)


def test_a_page_that_was_overtaken_says_the_number_that_it_gets() -> None:
    john = collecting_pages(7, 9)
    assert john.sends("image", sent_at=108).startswith("✓ Page 2 is here.")


@pytest.mark.parametrize("words", ["remove 2", "Remove page 2!", "delete 2", "remove photo 2"])
def test_a_page_is_removed_by_its_number(words: str) -> None:
    john = collecting_pages(1, 2, 3)
    said = john.writes(words)
    assert said.startswith("🗑️ Removed: page 2.")
    assert "pages so far: 2" in said
    assert ids(john) == (1, 3)


def test_a_page_is_chosen_from_a_list() -> None:
    john = collecting_pages(1, 2, 3)
    assert john.sees == {}
    john.writes("remove")
    assert john.sees == {
        "remove:1": "🗑️ Page 1",
        "remove:2": "🗑️ Page 2",
        "remove:3": "🗑️ Page 3",
        "remove_none": "↩️ Remove none",
    }
    john.taps("remove:2")
    assert ids(john) == (1, 3)


def test_thirty_pages_are_a_list_of_several_screens() -> None:
    john = collecting_pages(*range(1, 31))
    john.taps("remove")
    seen = [*john.sees]
    while more := [choice for choice in john.sees if choice.startswith("remove_more")]:
        john.taps(more[0])
        seen += john.sees
    assert {f"remove:{number}" for number in range(1, 31)} <= set(seen)


def test_an_old_row_removes_the_page_that_it_named() -> None:
    john = collecting_pages(1, 2, 3)
    john.taps("remove:1")
    john.taps("remove:2")
    assert ids(john) == (3,)


@pytest.mark.parametrize("choice", ["remove:99", "remove:1x", "remove:" + "9" * 400])
def test_a_page_that_is_not_there_cannot_be_removed(choice: str) -> None:
    john = collecting_pages(1)
    assert john.taps(choice).startswith("There is no such page.")
    assert ids(john) == (1,)


@pytest.mark.parametrize("words", ["remove 0", "remove 3", "remove 999"])
def test_a_number_beyond_the_pages_is_said_to_be_none(words: str) -> None:
    john = collecting_pages(1, 2)
    assert john.writes(words).startswith("There is no such page.")


@pytest.mark.parametrize("words", ["remove the brackets", "remove 2x from both sides"])
def test_homework_about_removing_is_a_note(words: str) -> None:
    john = collecting_pages(1, 2)
    assert john.writes(words).startswith("✏️ I added your note.")
    assert ids(john) == (1, 2)


def test_text_homework_may_begin_with_remove() -> None:
    john = registered(state=State.HOMEWORK_CONTENT, draft={"subject": "Maths", "kind": "text"})
    john.writes("remove 2")
    assert isinstance(john.effects[0], SubmitHomework)


def test_without_a_page_the_bot_asks_for_pictures_again() -> None:
    john = collecting_pages(1)
    said = john.taps("remove:1")
    assert "Please send the pictures" in said
    assert "Page 1" not in str(john.sees)


# --- What the photo check finds ----------------------------------------------------------------
@pytest.mark.parametrize("problem", ["dark", "blurred", "tiny"])
def test_a_poor_page_counts_and_is_told_with_two_ways_on(problem: str) -> None:
    john = collecting_pages(1)
    assert john.sends("image", sent_at=200, problem=problem).startswith("✓ Page 2 is here.")
    assert john.sees == {"keep_pages": "👍 Send anyway", "remove:101": "🗑️ Remove it"}


@pytest.mark.parametrize(("choice", "left"), [("keep_pages", (1, 101)), ("remove:101", (1,))])
def test_the_student_decides_about_a_poor_page(choice: str, left: tuple[int, ...]) -> None:
    john = collecting_pages(1)
    john.sends("image", sent_at=200, problem="dark")
    john.taps(choice)
    assert "done" in john.sees
    assert ids(john) == left


def test_a_poor_page_is_told_once() -> None:
    john = collecting_pages(1, remarks="dark:1")
    assert "very dark" not in john.sends("image", sent_at=200)


def test_what_the_student_could_not_read_yet_is_told_with_the_next_page() -> None:
    john = collecting_pages(1, remarks="dark:1")
    john.settings["unsaid"] = True
    said = john.sends("image", sent_at=200, problem="blurred")
    assert "Page 1: very dark" in said
    assert "Page 2: blurred" in said
    assert "remove:1,101" in john.sees


def test_what_an_album_kept_silent_about_is_told_at_its_end() -> None:
    john = collecting_pages()
    assert john.sends("image", sent_at=1, problem="dark", more=True) == ""
    assert "Page 1: very dark" in john.sends("image", sent_at=2)


def test_done_too_early_reads_the_remark_first_and_hands_in_the_second_time() -> None:
    john = collecting_pages(1, remarks="dark:1")
    john.settings["unsaid"] = True
    assert "Page 1: very dark" in john.taps("done")
    assert not john.step.later
    john.settings["unsaid"] = False
    assert ids(john) == (1,)


@pytest.mark.parametrize("problem", ["type", "huge", "broken", "lost"])
def test_what_is_no_page_is_not_counted_and_the_student_reads_why(problem: str) -> None:
    john = collecting_pages(1)
    assert "orry" in john.sends("document", sent_at=200, problem=problem)
    assert ids(john) == (1,)


def test_a_page_examined_later_is_spoken_of_by_its_number() -> None:
    john = collecting_pages(1, 2)
    step = collecting.examined(john.turn(Heard("system")), 2, "blurred")
    assert step is not None
    assert step.say[0].params == {"numbers": "2"}
    assert step.draft["remarks"] == "blurred:2"


@pytest.mark.parametrize("state", [State.REGISTERED, State.HOMEWORK_SUBJECT])
def test_a_page_examined_after_the_student_left_is_no_matter(state: State) -> None:
    john = registered(state=state)
    assert collecting.examined(john.turn(Heard("system")), 2, "blurred") is None


def test_a_remark_about_a_removed_page_is_forgotten() -> None:
    john = collecting_pages(1, 2, remarks="dark:1")
    john.settings["unsaid"] = True
    assert "very dark" not in john.taps("remove:1")


def test_more_poor_pages_than_a_button_can_name_are_removed_from_the_list() -> None:
    many = range(1, 21)
    john = collecting_pages(*many, remarks=",".join(f"dark:{number}" for number in many))
    john.settings["unsaid"] = True
    john.sends("image", sent_at=900)
    assert list(john.sees) == ["keep_pages", "remove"]


# --- A page that "Done" has overtaken ----------------------------------------------------------
@pytest.mark.parametrize(("sent_at", "is_added"), [(40, True), (50, False), (60, False)])
def test_a_page_sent_before_done_but_arriving_after_it_is_added(
    sent_at: int, is_added: bool
) -> None:
    john = collecting_pages(1)
    john.taps("done", sent_at=50)
    said = john.sends("image", sent_at=sent_at)
    assert (AddLatePage() in john.effects) == is_added
    assert ("One more page" in said) == is_added
