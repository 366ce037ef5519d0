"""What hurried students really write, found by walking through the bot as one."""

import pytest

from conversations import intents
from conversations.intents import Intent
from conversations.states import State
from conversations.step import EndChat, OptOut
from conversations.tests.talk import Student, in_chat, registered, unregistered


@pytest.mark.parametrize(
    "text",
    [
        *("End chat pls", "end chat please", "end the chat", "end this chat", "stop chat", "quit"),
        *(
            "close the chat",
            "close chat",
            "leave chat",
            "terminer le chat",
            "terminer la conversation",
        ),
        *("fermer la discussion", "quitter la discussion"),
    ],
)
def test_a_phrase_that_ends_the_chat(text: str) -> None:
    john = in_chat()
    john.writes(text)
    assert john.effects == (EndChat(),)


@pytest.mark.parametrize("text", ["anglais", "English please", "speak english", "en anglais"])
def test_english_is_asked_for_in_either_language(text: str) -> None:
    assert intents.language(text) == "en"


@pytest.mark.parametrize("text", ["wat is dis", "what is dis", "who is this", "who r u", "who dis"])
def test_a_question_without_its_mark_is_no_name(text: str) -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    ada.writes(text)
    assert ada.state is State.REGISTERING_NAME


@pytest.mark.parametrize("text", ["i want to do my home work", "Home work", "hw"])
def test_homework_in_two_words(text: str) -> None:
    john = registered()
    john.writes(text)
    assert john.state is State.HOMEWORK_SUBJECT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "text") for text in ("txt", "as text", "text pls", "in text", "by text")),
        *(
            (text, "image")
            for text in ("pics pls", "as pictures", "a photo", "in pictures", "snap", "pix", "both")
        ),
        *((text, "text") for text in ("par texte", "je vais écrire")),
        *(
            (text, "image")
            for text in ("en photo", "par photo", "je vais envoyer des photos", "les deux")
        ),
    ],
)
def test_text_or_pictures_in_their_words(text: str, kind: str) -> None:
    john = registered(state=State.HOMEWORK_TYPE, draft={"subject": "Maths"})
    john.writes(text)
    assert john.draft == {"subject": "Maths", "kind": kind}


@pytest.mark.parametrize(
    "text",
    [
        *("thank you so much", "thanks so much", "alright then", "cool thanks", "tnk u", "tnks"),
        *("okay thank you sir", "thank you sir", "God bless you", "good bye", "merci bcp"),
        *("merci infiniment", "merci mille fois"),
    ],
)
def test_thanks_are_no_misunderstanding(text: str) -> None:
    john = registered()
    assert john.writes(text) == "Hey John! What would you like to do?"
    assert john.effects == ()


@pytest.mark.parametrize(
    "text",
    [
        *("skip it", "Skip pls", "je passe", "I no get email", "no email please", "n/a"),
        *("j'ai pas de mail", "Je n’ai pas d’adresse mail", "pas de mail", "sauter"),
    ],
)
def test_the_e_mail_is_skipped(text: str) -> None:
    ada = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    ada.writes(text)
    assert ada.state is State.REGISTERING_CLASS


@pytest.mark.parametrize("text", ["no", "No thanks", "not now", "later", "non merci", "plus tard"])
def test_no_to_the_offer_of_a_subscription_leaves_it(text: str) -> None:
    john = registered(state=State.PAYMENT_PENDING, settings={"payments_open": True})
    assert john.writes(text).startswith("All right, that is cancelled.")
    assert (john.state, john.effects) == (State.REGISTERED, ())


@pytest.mark.parametrize(
    "text", ["c'était un peu lent mais bien", "good but slow", "slow but kind"]
)
def test_praise_and_blame_at_once_are_asked_about(text: str) -> None:
    john = _asked_to_rate()
    assert "Would you say that it was good" in john.writes(text)


@pytest.mark.parametrize("text", ["meh", "so so", "bof", "moyen", "average"])
def test_neither_good_nor_bad_is_asked_about(text: str) -> None:
    assert "Would you say that it was good" in _asked_to_rate().writes(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *(
            (text, Intent.PAID)
            for text in ("i don pay", "I have made the payment", "Paid already!")
        ),
        *((text, Intent.PAID) for text in ("J'ai déjà payé", "jai payé", "paiement envoyé")),
        *((text, Intent.STATUS) for text in ("where is my solution?", "my homework status")),
        *((text, Intent.STATUS) for text in ("où est ma correction ?", "Mon devoir est corrigé ?")),
        *((text, Intent.UPDATE) for text in ("change my name", "edit profile", "change class")),
        *((text, Intent.UPDATE) for text in ("modifier mon profil", "changer de classe")),
        *((text, Intent.OPT_OUT) for text in ("STOP SENDING ME MESSAGES", "unsubscribe me")),
        *((text, Intent.OPT_OUT) for text in ("Don't message me again", "ne m'écrivez plus")),
        *((text, Intent.STATUS) for text in ("my solution has not come",)),
        *((text, Intent.STATUS) for text in ("Je n'ai pas encore reçu ma correction",)),
        *((text, Intent.HELP) for text in ("comment ça marche ?", "tu es un robot ?", "qui es-tu")),
        *((text, Intent.HELP) for text in ("how does it work?", "wetin be this")),
        *((text, Intent.PAY) for text in ("abeg how much", "How much is it?", "c'est combien ?")),
        *((text, Intent.END_CHAT) for text in ("exit chat", "fin de la discussion")),
        *((text, Intent.SUPPORT) for text in ("i wan talk to person", "je veux parler a qqn")),
    ],
)
def test_what_is_asked_for_in_their_words(text: str, intent: Intent) -> None:
    assert (intents.exact(text) or intents.loose(text)) is intent


@pytest.mark.parametrize("text", ["unsubscribe me", "Don't message me again", "désabonne-moi"])
@pytest.mark.parametrize("state", sorted(State))
def test_no_more_messages_is_obeyed_everywhere(state: State, text: str) -> None:
    draft = {"subject": "Maths", "kind": "text"}
    john = in_chat() if state is State.CHAT_SUPPORT_ACTIVE else registered(state=state, draft=draft)
    john.writes(text)
    assert OptOut() in john.effects


@pytest.mark.parametrize("text", ["français stp", "parle français", "french please"])
def test_french_is_asked_for_in_either_language(text: str) -> None:
    assert intents.language(text) == "fr"


@pytest.mark.parametrize("errand", ["I want to do homework", "je veux payer l'abonnement"])
def test_an_errand_does_not_end_the_registration(errand: str) -> None:
    draft = {"name": "Ada Obi"}
    settings = {"payments_open": True}
    ada = unregistered(state=State.REGISTERING_EMAIL, draft=draft, settings=settings)
    said = ada.writes(errand)
    assert "please register first" in said
    assert said.endswith("What is your e-mail address? You can skip this.")
    assert (ada.state, ada.draft) == (State.REGISTERING_EMAIL, draft)


@pytest.mark.parametrize("text", ["nothing", "Nothing to add", "rien à ajouter", "no comment"])
def test_nothing_to_add_is_no_word_for_the_team(text: str) -> None:
    john = _asked_to_rate()
    john.writes("good")
    assert john.writes(text) == "Hey John! What would you like to do?"
    assert john.effects == ()


def _asked_to_rate() -> Student:
    john = in_chat()
    john.writes("end chat")
    return john


def test_what_ends_a_chat_says_so_outside_of_one() -> None:
    assert intents.exact("end this chat") is Intent.END_CHAT
    assert registered().writes("end this chat").startswith("No chat is open")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I need a human please", "support.open"),
        ("My payment of yesterday is missing", "pay.unregistered"),
        ("i want to submit my assignment", "homework.unregistered"),
        ("Je veux parler à quelqu'un", "support.open"),
    ],
)
@pytest.mark.parametrize(
    "state", [State.REGISTERING_NAME, State.REGISTERING_EMAIL, State.REGISTERING_CLASS]
)
def test_a_sentence_with_an_errand_is_no_name_and_no_class(
    state: State, text: str, rule: str
) -> None:
    draft = {"name": "Ada Obi", "email": ""}
    ada = unregistered(state=state, draft=draft, settings={"payments_open": True})
    ada.writes(text)
    assert ada.step.rule == rule


@pytest.mark.parametrize(
    "text",
    [
        *("my result is not showing", "where is my money", "i cant login", "Its not working"),
        *(
            "abeg wetin una dey do",
            "I have a problem",
            "comment ça marche pour moi",
            "je n'ai pas de nom",
        ),
    ],
)
def test_a_sentence_is_nobodys_name(text: str) -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    assert ada.writes(text).startswith("That does not look like a full name")
    assert ada.state is State.REGISTERING_NAME


@pytest.mark.parametrize(
    "name", ["Tran My Linh", "Will Smith", "Jean de la Fontaine", "Can Yaman", "Nguyen The Anh"]
)
def test_a_name_may_have_a_word_of_a_sentence(name: str) -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    ada.writes(name)
    assert ada.draft == {"name": name}
