"""What a student may mean by a whole message, and what may be meant where an answer is awaited."""

from enum import StrEnum


class Intent(StrEnum):
    MAIN_MENU = "main_menu"
    END_CHAT = "end_chat"
    SUPPORT = "support"
    REGISTER = "register"
    HOMEWORK = "homework"
    PAY = "pay"
    PAID = "paid"
    STATUS = "status"
    REQUESTS = "requests"
    FAQ = "faq"
    HELP = "help"
    CANCEL = "cancel"
    UPDATE = "update"
    LANGUAGE = "language"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


class Answer(StrEnum):
    """Words that count in one step only."""

    NO_NAME = "no_name"
    SKIP_EMAIL = "skip_email"
    MY_EMAIL = "my_email"  # single words before an e-mail address
    SKIP_RATING = "skip_rating"
    KEEP_DETAIL = "keep_detail"
    KEEP_CHAT = "keep_chat"
    STAY_IN_CHAT = "stay_in_chat"
    GOOD = "good"
    BAD = "bad"
    PRAISE = "praise"  # single words, in a sentence about a chat
    BLAME = "blame"
    NOT = "not"
    MIDDLING = "middling"  # neither good nor bad
    ABOUT_A_CHAT = "about_a_chat"  # what such a sentence may say besides
    STAR = "star"  # as in "5 stars"
    OUT_OF = "out_of"  # as in "4 out of 5"
    TEXT = "text"
    PICTURES = "pictures"
    DONE = "done"
    GO_ON = "go_on"
    CONFIRM = "confirm"
    DENY = "deny"
    STILL_HERE = "still_here"
    A_PERSON = "a_person"  # single words around "I want to talk to an agent"
    REMOVE = "remove"  # as in "remove page 2"
    PAGE = "page"
