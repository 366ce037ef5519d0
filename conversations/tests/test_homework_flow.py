"""Handing in homework, as text and as pictures."""

import pytest

from conversations.states import State
from conversations.step import AddLatePage, SubmitHomework
from conversations.tests.talk import Student, registered, unregistered


def collecting(**draft: str) -> Student:
    return registered(
        state=State.HOMEWORK_CONTENT, draft={"subject": "Maths", "kind": "image", **draft}
    )


def test_the_whole_way_with_text() -> None:
    john = registered()
    assert "Which subject" in john.taps("homework")
    assert john.writes(" Maths ") == "*Maths*: will you send it as text or as pictures?"
    assert john.sees == {"text": "📄 Text", "image": "🖼️ Image", "main_menu": "📍 Main Menu"}
    assert "in one message" in john.taps("text")
    said = john.writes("2x = 8\nx = ?")
    assert john.effects == (SubmitHomework("Maths", "text", "2x = 8\nx = ?", (104,)),)
    assert "HW-2026-0007" in said
    assert john.sees == {"faq": "❓ FAQ", "support": "💬 Support", "main_menu": "📍 Main Menu"}
    assert john.state is State.HOMEWORK_SUBMITTED


def test_the_whole_way_with_pictures() -> None:
    john = registered()
    john.writes("homework")
    john.writes("Biology")
    john.writes("pictures")
    assert john.sends("image", "page one").startswith("✓ Page 1 is here.")
    assert john.sends("document").startswith("✓ Page 2 is here.")
    assert "pages so far: 2" in john.writes("only question 3")
    john.taps("done")
    assert john.effects == (SubmitHomework("Biology", "image", "only question 3", (104, 105)),)


@pytest.mark.parametrize("done", ["done", "Done!", "✅ Done", "finished"])
def test_done_may_be_written(done: str) -> None:
    john = collecting(files="5,6")
    john.writes(done)
    assert john.effects == (SubmitHomework("Maths", "image", "", (5, 6)),)


def test_of_an_album_only_the_last_picture_is_acknowledged() -> None:
    john = collecting()
    assert john.sends("image", more=True) == ""
    assert "pages so far: 2" in john.sends("image")


@pytest.mark.parametrize("again", ["done", "finished", "terminé", "tap"])
def test_a_second_done_is_told_that_it_is_handed_in(again: str) -> None:
    john = collecting(files="5,6")
    john.taps("done", sent_at=50)
    said = john.taps("done") if again == "tap" else john.writes(again)
    assert said.startswith("✅ It is handed in already")
    assert john.effects == ()
    john.sends("image", sent_at=49)
    assert john.effects == (AddLatePage(),)


def test_submit_hands_in_the_next_homework() -> None:
    john = collecting(files="5,6")
    john.taps("done", sent_at=50)
    assert "Which subject" in john.writes("submit")


def test_done_before_the_kind_is_chosen_hands_in_nothing() -> None:
    john = registered(state=State.HOMEWORK_TYPE, draft={"subject": "Maths"})
    assert john.writes("done").startswith("There is nothing to hand in yet.\n\n*Maths*:")


@pytest.mark.parametrize("kind", ["text", "image"])
def test_done_without_anything_hands_in_nothing(kind: str) -> None:
    john = collecting(kind=kind)
    assert john.writes("done").startswith("There is nothing to hand in yet.")
    assert john.effects == ()
    assert john.state is State.HOMEWORK_CONTENT


def test_a_picture_where_text_was_announced_is_taken() -> None:
    john = collecting(kind="text")
    assert "Page 1 is here" in john.sends("image")
    assert john.draft["kind"] == "image"


def test_a_picture_sent_before_the_kind_is_chosen_is_taken() -> None:
    john = registered(state=State.HOMEWORK_TYPE, draft={"subject": "Maths"})
    assert "Page 1 is here" in john.sends("image")
    assert john.state is State.HOMEWORK_CONTENT


def test_only_words_where_pictures_were_announced_are_text_homework() -> None:
    john = collecting()
    john.writes("2 + 2 = ?")
    john.taps("done")
    assert john.effects == (SubmitHomework("Maths", "text", "2 + 2 = ?", ()),)


def test_thirty_files_are_enough() -> None:
    john = collecting(files=",".join(map(str, range(30))))
    assert john.sends("image").startswith("That is as much as fits into one homework (30).")
    assert john.draft["files"].count(",") == 29
    john.taps("done")
    assert john.state is State.HOMEWORK_SUBMITTED


@pytest.mark.parametrize("kind", ["text", "image"])
@pytest.mark.parametrize("slip", ["suport", "asistance"])
def test_a_misspelt_call_for_a_person_is_no_homework(kind: str, slip: str) -> None:
    john = collecting(kind=kind)
    assert "Stuck? Write *support* to talk to a person." in john.writes(slip)
    assert (john.state, john.effects) == (State.HOMEWORK_CONTENT, ())


@pytest.mark.parametrize("kind", ["audio", "video", "sticker", "location", "contacts", "order"])
def test_other_kinds_are_refused_kindly(kind: str) -> None:
    john = collecting(files="5")
    assert john.sends(kind).startswith("Sorry, homework can be text, pictures or PDF documents.")
    assert john.draft["files"] == "5"


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_picture_before_the_subject_has_to_be_sent_again(kind: str) -> None:
    john = registered(state=State.HOMEWORK_SUBJECT)
    assert john.sends(kind).startswith("Thank you! First I need the subject, in words.")
    assert john.state is State.HOMEWORK_SUBJECT


@pytest.mark.parametrize("text", ["i want to send picture instead", "plutôt en photo"])
def test_who_wants_to_send_a_picture_instead_hands_in_no_such_sentence(text: str) -> None:
    john = collecting(kind="text")
    john.writes(text)
    assert (john.draft["kind"], john.effects) == ("image", ())


@pytest.mark.parametrize("text", ["M", "x" * 61, "...", "😀😀", "I don't know", "je sais pas"])
def test_a_subject_needs_two_to_sixty_characters(text: str) -> None:
    john = registered(state=State.HOMEWORK_SUBJECT)
    assert john.writes(text).startswith("Please send the subject in 2 to 60 characters.")


def test_the_kind_may_be_changed_while_nothing_is_collected() -> None:
    john = collecting()
    john.taps("text")
    assert john.draft["kind"] == "text"
    john.taps("image")
    assert john.draft["kind"] == "image"


def test_collected_pictures_are_not_lost_by_an_old_button() -> None:
    john = collecting(files="5")
    assert john.taps("text").startswith("That button is from earlier")
    assert john.draft["files"] == "5"


@pytest.mark.parametrize("word", ["menu", "main menu", "cancel", "support", "chat support"])
def test_these_words_leave_even_homework(word: str) -> None:
    john = collecting(kind="text")
    john.writes(word)
    assert john.state is not State.HOMEWORK_CONTENT
    assert not any(isinstance(effect, SubmitHomework) for effect in john.effects)


def test_an_odd_answer_to_text_or_picture_is_asked_again() -> None:
    john = registered(state=State.HOMEWORK_TYPE, draft={"subject": "Maths"})
    assert "*support*" not in john.writes("both perhaps")
    assert "*support*" in john.writes("dunno")
    assert john.draft == {"subject": "Maths"}


def test_a_person_can_be_asked_for_where_a_kind_is_expected() -> None:
    john = registered(state=State.HOMEWORK_TYPE, draft={"subject": "Maths"})
    john.writes("I need a human please")
    assert john.state is State.CHAT_SUPPORT_ACTIVE


def test_the_unregistered_are_asked_to_register() -> None:
    ada = unregistered()
    assert "register first" in ada.taps("homework")
    assert list(ada.sees) == ["register", "support", "main_menu"]
    assert ada.state is State.IDLE


@pytest.mark.parametrize(
    "state", [State.HOMEWORK_SUBJECT, State.HOMEWORK_TYPE, State.HOMEWORK_CONTENT]
)
def test_nobody_hands_in_without_being_registered(state: State) -> None:
    ghost = unregistered(state=state, draft={"subject": "Maths", "kind": "text"})
    assert "register first" in ghost.writes("my answer")
    assert ghost.effects == ()


def test_a_used_up_month_leads_to_the_subscription() -> None:
    john = registered(settings={"homework_left": 0})
    assert "this month's free homework" in john.writes("homework")
    assert list(john.sees) == ["pay", "support", "main_menu"]
    assert "Which subject" in registered(settings={"homework_left": 1}).writes("homework")
