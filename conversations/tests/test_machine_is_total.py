"""Whatever arrives in whatever state: a valid Step whose texts WhatsApp would take."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.intents import Intent
from conversations.machine import COMMANDS, HANDLERS, advance
from conversations.states import State
from conversations.step import (
    AddToChat,
    ConfirmPayment,
    EndChat,
    OpenChat,
    ReopenChat,
    Say,
    Step,
    SubmitHomework,
)
from conversations.tests.talk import JOHN, NOBODY, Student, body, sentence
from conversations.texts import TEXTS, fill
from conversations.turn import (
    Chat,
    Desk,
    FaqItem,
    Haste,
    Heard,
    Learnt,
    Opening,
    Person,
    Request,
    Turn,
)
from whatsapp.text import length

CHOICES = [
    word
    for line in (
        "homework pay faq support check register end_chat main_menu text image confirm done",
        "keep skip continue stay help update cancel rate:12:good rate:12:bad rate rate:x:y",
        "reopen:7 reopen:8 reopen:x reopen requests keep_chat skip_words",
        "keep_pages remove remove: remove:1 remove:1,2,x remove_more:0 remove_more:x remove_none",
        "faq:1 faq:99 faq_more:0 faq_more:0:Money faq_more:x faq_more unknown : :: 💬",
    )
    for word in line.split()
]
TEXT_INPUTS = [
    *("", " ", "\n", "😀", "menu", "done", "support", "stop", "start", "help", "cancel", "suport"),
    *("statsu", "mneu", "unsubscibe", "yes", "oui", "pay meny", "I have payd", "hom work"),
    *("tickets", "my requests", "It still fails", "thanks", "keep chat open"),
    *("remove 1", "remove 99", "remove", "delete page 2"),
    *("hello", "{name}", "{0.__class__}", "%s", "<b>", "ada@example.com", "10A", "Ada Obi", "skip"),
    *("x" * 5000, "😀" * 3000, "\u202eabc", "\x00", "‘’", "1", "update", "homework", "faq", "pay"),
    *("paid", "I have paid", "5/5", "3", "⭐⭐ too slow", "great support", "no"),
]
KINDS = [
    word
    for line in (
        "text image video audio document sticker location contacts reaction form order system",
        "unsupported poll",
    )
    for word in line.split()
]
FAQ = tuple(FaqItem(n, ("Money", "", "School")[n % 3], f"Question {n}?", "Yes") for n in range(13))
DRAFTS = [{}, {"subject": "Maths", "kind": "image", "files": "1,2", "note": "x"}, {"rated": "12"}]
REMARKS = "dark:1,blurred:2,type:3,lost:3"
DRAFTS.append({"subject": "Art", "kind": "image", "files": "5:1,6:2", "remarks": REMARKS})
DRAFTS += [{"until": "900"}, {"meant": "homework"}, {"meant": "opt_out", "subject": "Art"}]
DRAFTS += [{"rated": "12", "unrated": "yes"}, {"asked": "leave"}, {"asked": "there"}]
PERSONS = [JOHN, NOBODY, Person("", True, opted_out=True)]
CHATS = [None, Chat(12, described=True, receipt_due=True)]
REQUESTS = (Request(7, "{name} 😀" * 7, "Closed"), Request(3, "", "Resolved"))
LEARNT = [*(Learnt(intent) for intent in Intent), Learnt(faq_id=1), Learnt(faq_id=99)]
DESKS = [
    Desk(),
    Desk(ahead=2),
    Desk(ahead=2, wait=10),
    Desk(is_open=False),
    *(Desk(is_open=False, opens=Opening(n, "Monday, 5 January", "08:00")) for n in range(3)),
]

HEARD = [
    *(Heard("choice", "a title", choice) for choice in CHOICES),
    *(Heard("text", text, message_id=9) for text in TEXT_INPUTS),
    *(Heard(kind, "a caption", message_id=9, media_id=3) for kind in KINDS),
    *(Heard(kind, late=True) for kind in KINDS),
    Heard("choice"),
    Heard("image", more=True),
    *(Heard("image", message_id=9, sent_at=9, problem=name) for name in ("dark", "type", "lost")),
]


def check(turn: Turn, step: Step) -> None:
    assert isinstance(step.state, State)
    assert step.rule
    _is_honest_about_the_chat(turn, step)
    if not _may_be_silent(turn):
        assert step.say or step.effects, step
    if any(isinstance(effect, SubmitHomework | ConfirmPayment) for effect in step.effects):
        assert turn.person.registered
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in step.draft.items())
    for say in step.say:
        _fits(say)
    if any(say.menu for say in step.say):
        assert length(body(step)) <= 1024
    assert len([say for say in step.say if say.menu]) <= 1


def _is_honest_about_the_chat(turn: Turn, step: Step) -> None:
    opened = any(isinstance(effect, OpenChat | ReopenChat) for effect in step.effects)
    ended = any(isinstance(effect, EndChat) for effect in step.effects)
    is_open = (turn.chat is not None or opened) and not ended
    assert (step.state is State.CHAT_SUPPORT_ACTIVE) == is_open
    if turn.chat is None and not opened:
        assert AddToChat() not in step.effects


def _may_be_silent(turn: Turn) -> bool:
    heard = turn.heard
    is_quiet = heard.kind in {"reaction", "system"} or turn.haste is Haste.TOLD
    return heard.late or heard.more or is_quiet


def _fits(say: Say) -> None:
    sentence(say)
    if say.menu is None:
        return
    choices = say.menu.choices
    assert 1 <= len(choices) <= 10
    assert len({choice.id for choice in choices}) == len(choices)
    assert length(TEXTS[say.menu.label].default) <= 20
    for choice in choices:
        title = fill(TEXTS[choice.title].default, choice.params)
        assert 0 < length(title) <= (24 if say.menu.is_list else 20)
        assert 0 < length(choice.id) <= 200
        if choice.description:
            assert say.menu.is_list
            assert length(fill(TEXTS[choice.description].default, choice.params)) <= 72


def test_every_state_has_a_handler_and_every_intent_a_command() -> None:
    assert set(HANDLERS) == set(State)
    assert set(COMMANDS) == set(Intent)


def test_the_public_names_of_the_states_stay() -> None:
    assert {state.name: state.value for state in State} == {
        name: name.lower() for name in State.__members__
    }
    assert len(State) == 12


@pytest.mark.parametrize("state", State)
def test_every_state_answers_everything(state: State) -> None:
    settings = itertools.product(HEARD, DRAFTS, PERSONS, CHATS, (0, 1), (False, True))
    for heard, draft, person, chat, misses, payments_open in settings:
        turn = Turn(
            state,
            heard,
            person,
            "EduBot",
            draft,
            chat,
            FAQ,
            misses,
            payments_open,
            requests=REQUESTS,
            resolved_chat=7 if misses else None,
        )
        check(turn, advance(turn))


@given(
    st.builds(
        Turn,
        state=st.sampled_from(State),
        heard=st.builds(
            Heard,
            kind=st.sampled_from([*KINDS, "choice"]),
            text=st.text(max_size=300) | st.sampled_from(TEXT_INPUTS),
            choice_id=st.just("") | st.sampled_from(CHOICES) | st.text(max_size=20),
            message_id=st.integers(1, 10**12),
            late=st.booleans(),
            more=st.booleans(),
            sent_at=st.integers(0, 2000),
            problem=st.sampled_from(["", "tiny", "huge"]),
        ),
        person=st.sampled_from(PERSONS),
        bot_name=st.just("EduBot"),
        draft=st.sampled_from(DRAFTS),
        chat=st.sampled_from(CHATS),
        faq=st.sampled_from([(), FAQ]),
        misses=st.integers(0, 3),
        payments_open=st.booleans(),
        homework_left=st.none() | st.integers(0, 2),
        desk=st.sampled_from([None, *DESKS]),
        requests=st.sampled_from([(), REQUESTS]),
        resolved_chat=st.none() | st.just(7),
        learnt=st.sampled_from([None, *LEARNT]),
        language=st.sampled_from(["", "en", "fr"]),
        haste=st.sampled_from(Haste),
        unsaid=st.booleans(),
    )
)
def test_nothing_surprises_the_machine(turn: Turn) -> None:
    check(turn, advance(turn))


@given(st.lists(st.sampled_from(HEARD), max_size=15), st.sampled_from(PERSONS))
def test_no_conversation_leads_astray(talk: list[Heard], person: Person) -> None:
    student = Student(person, State.INITIAL, faq=FAQ)
    for heard in talk:
        turn = student.turn(heard)
        student.hears(heard)
        check(turn, student.step)
