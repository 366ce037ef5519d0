"""From the first hello to a registered student, and changing the details later."""

import pytest

from conversations.flows.registration import is_class, is_email, is_name
from conversations.states import State
from conversations.step import OpenChat, RegisterStudent, UpdateStudent
from conversations.tests.talk import registered, unregistered


@pytest.mark.parametrize("hello", ["Hi", "Good morning sir", "??", "Ada Obi"])
def test_first_contact_is_welcomed_and_asked_for_the_name(hello: str) -> None:
    ada = unregistered(state=State.INITIAL)
    said = ada.writes(hello)
    assert "Welcome to *EduBot*" in said
    assert said.endswith("What is your full name?")
    assert ada.state is State.REGISTERING_NAME


def test_a_first_message_that_asks_for_something_is_obeyed() -> None:
    ada = unregistered(state=State.INITIAL)
    ada.writes("I need a human please")
    assert ada.effects == (OpenChat(),)
    ben = unregistered(state=State.INITIAL)
    assert "please register first" in ben.writes("homework")


def test_start_as_first_message_is_welcomed_too() -> None:
    assert "Welcome to *EduBot*" in unregistered(state=State.INITIAL).writes("/start")


def test_the_whole_way() -> None:
    ada = unregistered(state=State.INITIAL)
    ada.writes("hello")
    assert "e-mail" in ada.writes("Ada  Obi")
    assert "skip" in ada.sees
    assert "class" in ada.writes("ada@example.com")
    said = ada.writes("SS2")
    assert ada.effects == (RegisterStudent("Ada Obi", "ada@example.com", "SS2"),)
    assert said == "🎉 Welcome, Ada! You are registered.\n\nHey Ada! What would you like to do?"
    assert list(ada.sees) == ["homework", "pay", "faq", "support", "check"]
    assert (ada.state, ada.draft) == (State.REGISTERED, {})


@pytest.mark.parametrize("skip", ["skip", "Skip!", "⏭️ Skip", "no"])
def test_the_email_may_be_skipped_in_words(skip: str) -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    ada.writes(skip)
    ada.writes("Form 4")
    assert ada.effects == (RegisterStudent("Ada Obi", "", "Form 4"),)


def test_the_email_may_be_skipped_by_button() -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    ada.taps("skip")
    assert ada.state is State.REGISTERING_CLASS


@pytest.mark.parametrize("skip", ["skip", "passer"])
def test_the_class_may_not_be_skipped(skip: str) -> None:
    draft = {"name": "Ada Obi", "email": ""}
    ada = unregistered(state=State.REGISTERING_CLASS, draft=draft)
    ada.writes(skip)
    assert ada.state is State.REGISTERING_CLASS


@pytest.mark.parametrize(
    "name", ["Adone Michael", "Chatterjee Anu", "Stephen Howard", "O'Neil", "Ọláwálé", "李明", "Yu"]
)
def test_names_are_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["", "A", "12345", "J0hn", "ada@example.com", "www.example.com", "x" * 81, "new", "??"]
)
def test_other_things_are_no_names(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    "email", ["ada@example.com", "a.b+c@mail.school.edu.ng", "O'Neil@x-y.org", "1@2.io"]
)
def test_emails_are_emails(email: str) -> None:
    assert is_email(email)


@pytest.mark.parametrize(
    "email",
    [
        *("not an email", "ada", "ada@", "@example.com", "ada@example", "a b@example.com"),
        *("a@@b.com", "ada@exam_ple.com", "a..b@example.com", ".a@example.com", "a@-x.com"),
        *("a@b..com", "a@b.c", "x" * 65 + "@example.com", "a@" + "x" * 250 + ".com"),
        *("a@b.com\nc@d.com", "ada obi@example.com", "my email is ada obi@example.com"),
    ],
)
def test_not_an_email_is_refused(email: str) -> None:
    assert not is_email(email)
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    assert ada.writes(email).startswith("That does not look like an e-mail address")
    assert (ada.state, ada.draft) == (State.REGISTERING_EMAIL, {"name": "Ada Obi"})


@pytest.mark.parametrize(
    "text",
    [
        *(" <ada@example.com>. ", "my email is ada@example.com", "E-mail: ada@example.com"),
        *("It's ada@example.com", "mon adresse est ada@example.com", "c’est ada@example.com"),
    ],
)
def test_an_email_in_a_sentence_s_clothes_is_taken(text: str) -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    ada.writes(text)
    assert ada.draft["email"] == "ada@example.com"


@pytest.mark.parametrize("text", ["10A", "SS2", "Form 4", "JSS 1 Gold", "Year 9"])
def test_classes_are_classes(text: str) -> None:
    assert is_class(text)


@pytest.mark.parametrize(
    ("written", "name"), [("I am in SS2", "SS2"), ("je suis en Terminale", "Terminale")]
)
def test_a_class_is_taken_without_what_stands_before_it(written: str, name: str) -> None:
    ada = unregistered(state=State.REGISTERING_CLASS, draft={"name": "Ada", "email": ""})
    ada.writes(written)
    assert ada.effects == (RegisterStudent("Ada", "", name),)


@pytest.mark.parametrize(
    "text",
    [
        *("", "?", "x" * 31, "a@b.com", "https://x"),
        *("homework", "Pay", "faq", "status", "devoirs", "french", "langue"),
        *("what do you mean", "why", "I have finished school", "je ne sais pas"),
    ],
)
def test_other_things_are_no_classes(text: str) -> None:
    assert not is_class(text)


def test_the_second_misfit_names_a_way_out() -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    assert "*support*" not in ada.writes("12345")
    assert "*support*" in ada.writes("67890")


def test_a_greeting_is_not_taken_for_a_name() -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    assert ada.writes("Hello!") == "What is your full name?"
    assert ada.misses == 0


@pytest.mark.parametrize("kind", ["image", "audio", "location", "sticker", "unsupported"])
@pytest.mark.parametrize(
    "state", [State.REGISTERING_NAME, State.REGISTERING_EMAIL, State.REGISTERING_CLASS]
)
def test_pictures_are_asked_for_in_words(kind: str, state: State) -> None:
    ada = unregistered(state=state, draft={"name": "Ada"})
    assert ada.sends(kind).startswith("Please answer in words.")
    assert (ada.state, ada.draft) == (state, {"name": "Ada"})


@pytest.mark.parametrize("word", ["cancel", "menu", "Main Menu", "reset"])
def test_registration_can_be_left(word: str) -> None:
    ada = unregistered(state=State.REGISTERING_CLASS, draft={"name": "Ada"})
    ada.writes(word)
    assert (ada.state, ada.draft) == (State.IDLE, {})
    assert "register" in ada.sees


def test_help_keeps_the_place() -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada"})
    assert ada.writes("help").endswith("You can skip this.")
    assert (ada.state, ada.draft) == (State.REGISTERING_EMAIL, {"name": "Ada"})


def test_an_update_really_saves() -> None:
    john = registered()
    assert "*John Okoro*" in john.writes("update")
    assert list(john.sees) == ["keep", "main_menu"]
    assert "*john@example.com*" in john.writes("John Okoro Obi")
    assert "*SS2*" in john.taps("keep")
    said = john.writes("SS3")
    assert john.effects == (UpdateStudent("John Okoro Obi", "john@example.com", "SS3"),)
    assert said.startswith("✅ Your details are saved, John.")


def test_an_update_may_keep_everything() -> None:
    john = registered()
    john.writes("profile")
    for _ in range(3):
        john.writes("✅ Keep")
    assert john.effects == (UpdateStudent("John Okoro", "john@example.com", "SS2"),)


def test_an_update_by_the_unregistered_registers() -> None:
    ada = unregistered()
    assert ada.writes("edit") == "What is your full name?"


def test_who_is_registered_is_told_so() -> None:
    john = registered()
    assert john.writes("register") == "You are registered as *John Okoro*."
    assert list(john.sees) == ["update", "main_menu"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada Obi 🦁🦁", "Ada Obi"),
        ("✨Ada✨ Obi", "Ada Obi"),
        ("my name is Ada Obi", "Ada Obi"),
        ("My name is: Ada Obi.", "Ada Obi"),
        ("OBI, Ada", "OBI Ada"),
        ("Ada,", "Ada"),
        ("my name na Ada", "Ada"),
        ("I'm Ada", "Ada"),
        ("I’m Ada", "Ada"),
        ("Je m'appelle Ada Obi", "Ada Obi"),
        ("Imam Bello", "Imam Bello"),
    ],
)
def test_a_name_is_taken_without_what_stands_around_it(written: str, name: str) -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    ada.writes(written)
    assert ada.draft == {"name": name}


@pytest.mark.parametrize(
    "answer",
    ["why?", "What for", "i dont have", "I don’t know", "none", "my name is", "Pourquoi ?"],
)
def test_a_question_or_an_excuse_is_no_name(answer: str) -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    ada.writes(answer)
    assert (ada.state, ada.draft) == (State.REGISTERING_NAME, {})


@pytest.mark.parametrize("none", ["I don't have one", "i dont have email", "nope", "No e-mail"])
def test_who_has_no_email_says_so_in_words(none: str) -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    ada.writes(none)
    assert ada.draft == {"name": "Ada Obi", "email": ""}
    ada.writes(none)
    assert ada.state is State.REGISTERING_CLASS


def test_back_leads_out_of_a_question() -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    ada.writes("back")
    assert (ada.state, ada.draft) == (State.IDLE, {})
