"""Names, e-mails and homework are answers, whatever words hide in them.

The predecessor took "Adone Michael" and "Chatterjee Anu" for commands, and ended chats on
"Find the closest integer".
"""

import itertools

import pytest

from conversations import intents, names
from conversations.catalogues import CATALOGUES, DEFAULT
from conversations.flows.registration import is_email, is_name
from conversations.states import State
from conversations.step import AddToChat, RegisterStudent, SubmitHomework
from conversations.tests.talk import in_chat, registered, unregistered

GIVEN = [
    word
    for line in (
        "Adone Michael Chatterjee Stephen Adaeze Chidi Ngozi Emeka Oluwaseun Babatunde Folake",
        "Ifeoma Chukwuemeka Obinna Amaka Uchenna Kelechi Nnamdi Chiamaka Somtochukwu Tochukwu",
        "Ebere Nkechi Adebayo Abiodun Adeola Yetunde Temitope Olamide Damilola Ayodele Titilayo",
        "Kehinde Taiwo Segun Funmilayo Bukola Oyinkansola Morenikeji Ọláwálé Ṣadé Aminu Fatima",
        "Zainab Abubakar Usman Hauwa Aisha Musa Ibrahim Halima Sani Yakubu Hadiza Danjuma Efe",
        "Osas Ese Oghene Tega Blessing Godswill Goodluck Patience Sunday Friday Comfort",
        "Precious Success Testimony Favour Wisdom Promise Endurance Gift Marvellous Emmanuel",
        "Newton Starr Startson Paymon Stopher Hompton Agentina Humanity Endwell Resetia Cancelo",
        "Editha Updyke Closey Exita Infanta Helpson Buyana Regina Registar Supriya Menuel Faqir",
        "Statusha Questa Subair Quitman",
        "Awa Fatou Aïssatou Mamadou Koffi Désiré Benoît Modeste Parfait Finda Aidée Modibo Faustin",
    )
    for word in line.split()
]
FAMILY = [
    word
    for line in (
        "Anu Howard Okonkwo Okafor Eze Nwosu Adeyemi Balogun Bello Mohammed Danladi Igwe Onyeka",
        "Uzoma Chatham Donegal Payne Newman Stopes Startup Homer Menendez Closet Exiter",
        "Reginald Submitri Helpman Agnew Humanson Chatwin Buyer Bankole Supple Homewood Assisi",
        "Paymer Resetti Rayment",
        "Diop Ndiaye Traoré Payet Devoize Menuet Langlois Finet Quittard Paye Nouveau",
    )
    for word in line.split()
]
NAMES = [
    f"{given} {FAMILY[number % len(FAMILY)]}"
    for number, given in enumerate(itertools.chain(GIVEN, GIVEN, GIVEN))
] + [f"{family} {GIVEN[number * 7 % len(GIVEN)]}" for number, family in enumerate(FAMILY)]
NAMES = sorted({*NAMES, *GIVEN, *FAMILY, "Adone Michael", "Chatterjee Anu", "Stephen Howard"})

GIVEN_BY_MEANING = [  # as Yoruba, Igbo and Hausa names are made: thousands of them
    head + tail
    for heads, tails in (
        (
            "Oluwa Ade Ola Ayo Ife Temi Akin Oye Olu Omo Ire Ifa Ogun Baba Iye Fun Abi Ala",
            "seun tunde bayo dayo wale kunle femi niyi lola bola tobi tayo dunni yemi mide remi",
        ),
        (
            "Oluwa Ade Ola Ayo Ife Temi Akin Oye Olu Omo Ire Ifa Ogun Baba Iye Fun Abi Ala",
            "sola gbenga segun bukola tomiwa nike ronke bimpe joke pelumi fela lade tomi",
        ),
        (
            "Chi Chukwu Nna Nne Obi Ify Uche Nwa Ogo Ama Kene Kosi Eke Ani Olisa Ike Uzo Nke",
            "amaka emeka ebuka dera dinma nonso buike gozie azom lotam zoba neme tochi dubem",
        ),
        ("Abdul Abdur Nur Sa Ya Fa Ha", "rahman lahi karim razaq aziz din adatu kubu tima lima"),
    )
    for head in heads.split()
    for tail in tails.split()
]
EVERYBODY = sorted({*map(str.title, names.known()), *GIVEN_BY_MEANING, *GIVEN, *FAMILY})
FULL_NAMES = [
    f"{name} {EVERYBODY[number * step % len(EVERYBODY)]}"
    for step in (7, 1009, 4001)
    for number, name in enumerate(EVERYBODY)
]
# Names that are words of the product or of a language as well. By themselves they are no full
# name, and nobody is asked for one word; with a second name they are a name.
BOTH = {"Close", "English", "French"}

EMAILS = [
    f"{local}@{domain}"
    for local in ("chat", "support.me", "new", "start", "homework", "done", "help", "pay+now")
    for domain in ("example.com", "support.org", "school.edu.ng")
]

HOMEWORK = [
    "Explain how plants make food",
    "Find the closest integer",
    "My payment is not done yet",
    "What is the status of women in Lagos?",
    "Please update the table and submit a question about human rights",
    "question 1: what is an agent?",
    "Support your answer with reasons",
    "Cancel the common factors",
    "The menu has 3 starters. How many menus?",
    "7",
    "x² + 3x − 4 = 0",
    "I need help with question 2: what is the status of x?",
    "An image of the menu",
]


SUBJECTS = (
    "Maths",
    "the French Revolution",
    "photosynthesis",
    "human rights",
    "a chat between two agents",
    "payment by cheque",
    "the menu of a restaurant",
    "home economics",
    "the status of women",
    "support for the poor",
    "question 3",
    "les droits humains",
    "le paiement des impôts",
    "l'aide humanitaire",
    "un conseiller du roi",
    "la fin de la guerre",
)
TASKS = (
    "Explain {}.",
    "What do you know about {}?",
    "Write an essay of two pages on {}, with an introduction and an end",
    "List five facts about {} and support each with a reason",
    "Find the closest answer: {} or none of these",
    "New question: how did {} start, and when did it stop?",
    "Cancel what does not belong to {} and check the rest",
    "Draw {} and submit the picture with your homework",
    "Expliquez {} en quelques phrases.",
    "Que savez-vous de {} ? Répondez à la question.",
    "Rédigez un devoir sur {}, puis vérifiez la fin",
    "Annulez ce qui ne concerne pas {} et modifiez le reste",
)
SENTENCES = [task.format(subject) for task in TASKS for subject in SUBJECTS]
ADDRESSES = [
    f"{local}@{domain}"
    for number, name in enumerate(EVERYBODY[::7])
    for local in (intents.normalise(name).encode("ascii", "ignore").decode() or "x",)
    for domain in (("gmail.com", "yahoo.fr", "support.org", "school.edu.ng")[number % 4],)
    if local.isalpha()
]
IN_EACH = pytest.mark.parametrize("language", CATALOGUES)


def test_the_lists_are_large() -> None:
    assert len(EVERYBODY) > 9_500
    assert len(FULL_NAMES) > 28_000
    assert len(ADDRESSES) > 1_000
    assert len(SENTENCES) > 150


def test_no_full_name_is_a_command_or_a_slip() -> None:
    heard = [name for name in FULL_NAMES if intents.exact(name) or intents.loose(name)]
    assert heard == []
    assert [name for name in FULL_NAMES if intents.slip(name) and not _is_known(name)] == []


def _is_known(name: str) -> bool:
    """Made-up heads and tails may be near a word; only what people are called counts."""
    return not set(intents.normalise(name).split()) <= names.known()


def test_no_single_name_is_a_command_but_the_few_that_are_words() -> None:
    heard = {name for name in EVERYBODY if intents.exact(name) or intents.language(name)}
    assert heard <= BOTH
    assert [name for name in EVERYBODY if intents.loose(name)] == []
    assert [name for name in map(str.title, names.known()) if intents.slip(name)] == []


def test_every_full_name_is_taken_for_one() -> None:
    assert [name for name in FULL_NAMES if not is_name(name)] == []


@pytest.mark.parametrize("text", ["Stark", "Stuart", "Payet", "Farmer", "Lange", "Hyman"])
def test_a_name_that_is_near_a_word_is_not_asked_about(text: str) -> None:
    assert intents.slip(text) == ()


@IN_EACH
def test_no_address_is_a_command_and_each_is_taken(language: str) -> None:
    assert [one for one in ADDRESSES if intents.exact(one) or intents.loose(one)] == []
    for address in ADDRESSES[:: 1 if language == DEFAULT else 5]:
        ada = unregistered(
            state=State.REGISTERING_EMAIL,
            draft={"name": "Ada Obi"},
            settings={"language": language},
        )
        ada.writes(address)
        assert ada.draft == {"name": "Ada Obi", "email": address}


@IN_EACH
@pytest.mark.parametrize("state", sorted({State.HOMEWORK_SUBJECT, State.HOMEWORK_CONTENT}))
def test_no_sentence_of_homework_is_a_command(language: str, state: State) -> None:
    for sentence in SENTENCES:
        draft = {"subject": "Maths", "kind": "text"}
        john = registered(state=state, draft=draft, settings={"language": language})
        john.writes(sentence)
        assert john.state is not State.CHAT_SUPPORT_ACTIVE
        assert john.step.rule.startswith("homework."), sentence
        if state is State.HOMEWORK_CONTENT:
            assert john.effects == (SubmitHomework("Maths", "text", sentence, (101,)),)


@IN_EACH
@pytest.mark.parametrize("sentence", SENTENCES[::5])
def test_no_sentence_ends_a_chat(language: str, sentence: str) -> None:
    john = in_chat()
    john.settings = {"language": language}
    john.writes(sentence)
    assert john.effects == (AddToChat(),)


def test_there_are_hundreds_of_names() -> None:
    assert len(NAMES) > 300


def test_no_name_is_a_command_anywhere() -> None:
    assert [name for name in NAMES if intents.exact(name)] == []
    assert [name for name in NAMES if intents.loose(name)] == []
    assert [name for name in NAMES if not is_name(name)] == []


def test_every_name_is_taken_as_the_name() -> None:
    for name in NAMES:
        student = unregistered(state=State.REGISTERING_NAME)
        student.writes(name)
        assert (student.state, student.draft) == (State.REGISTERING_EMAIL, {"name": name})


@pytest.mark.parametrize("email", EMAILS)
def test_an_email_is_taken_as_the_email(email: str) -> None:
    assert is_email(email)
    student = unregistered(state=State.REGISTERING_EMAIL, draft={"name": "Ada Obi"})
    student.writes(email)
    student.writes("SS2")
    assert student.effects == (RegisterStudent("Ada Obi", email, "SS2"),)


@pytest.mark.parametrize(
    "text",
    ["new", "start", "chat", "human", "agent", "buy", "pay", "close", "exit", "reset", "later"],
)
@pytest.mark.parametrize("kind", ["text", "image"])
def test_a_bare_command_word_is_asked_about_rather_than_handed_in(text: str, kind: str) -> None:
    draft = {"subject": "Maths", "kind": kind}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    said = john.writes(text)
    assert ("If it is your answer, please write a whole sentence." in said) == (kind == "text")
    assert ("For something else, write *menu* first." in said) == (text != "later")
    assert (john.effects, john.state, john.draft) == ((), State.HOMEWORK_CONTENT, draft)


@pytest.mark.parametrize("text", ["help", "Help!", "info", "I need help", "aide", "pls help"])
@pytest.mark.parametrize("kind", ["text", "image"])
def test_help_is_help_where_homework_is_awaited(text: str, kind: str) -> None:
    draft = {"subject": "Maths", "kind": kind}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    said = john.writes(text)
    assert said.startswith("Here is what I can do:")
    assert "Maths homework" in said
    assert (john.effects, john.state, john.draft) == ((), State.HOMEWORK_CONTENT, draft)


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        *(("text", text, "image") for text in ("image", "Photos", "pics pls", "🖼️ Image")),
        *(("image", text, "text") for text in ("text", "txt", "texte", "📄 Text")),
        ("text", "text", "text"),
    ],
)
def test_the_kind_may_be_changed_in_words(before: str, text: str, after: str) -> None:
    john = registered(state=State.HOMEWORK_CONTENT, draft={"subject": "Maths", "kind": before})
    john.writes(text)
    assert (john.effects, john.draft) == ((), {"subject": "Maths", "kind": after})


@pytest.mark.parametrize("text", HOMEWORK)
def test_homework_is_handed_in_as_it_is(text: str) -> None:
    draft = {"subject": "Maths", "kind": "text"}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    john.writes(text)
    assert john.effects == (SubmitHomework("Maths", "text", text, (101,)),)


@pytest.mark.parametrize("text", HOMEWORK)
def test_homework_beside_pictures_is_a_note(text: str) -> None:
    draft = {"subject": "Maths", "kind": "image", "files": "7"}
    john = registered(state=State.HOMEWORK_CONTENT, draft=draft)
    john.writes(text)
    assert john.state is State.HOMEWORK_CONTENT
    assert john.draft == {**draft, "note": text}


@pytest.mark.parametrize(
    "subject",
    [
        *("Chat history", "Human biology", "New maths", "Payment systems", "Home economics"),
        *("agent", "human", "chat", "new", "question", "status", "homework"),
    ],
)
def test_a_subject_is_a_subject(subject: str) -> None:
    john = registered(state=State.HOMEWORK_SUBJECT)
    john.writes(subject)
    assert (john.state, john.draft) == (State.HOMEWORK_TYPE, {"subject": subject})


@pytest.mark.parametrize("class_name", ["New 1", "Home room", "Start 2", "human", "agent", "new"])
def test_a_class_is_a_class(class_name: str) -> None:
    ada = unregistered(state=State.REGISTERING_CLASS, draft={"name": "Ada Obi", "email": ""})
    ada.writes(class_name)
    assert ada.effects == (RegisterStudent("Ada Obi", "", class_name),)


@pytest.mark.parametrize("word", ["chat", "new", "homework", "pay"])
def test_a_bare_command_word_is_asked_about_rather_than_stored_as_name(word: str) -> None:
    ada = unregistered(state=State.REGISTERING_NAME)
    assert ada.writes(word).startswith("That does not look like a full name")
    assert ada.state is State.REGISTERING_NAME
