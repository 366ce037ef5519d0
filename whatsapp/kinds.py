"""What a message is, in both directions."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of messages. The values are stored."""

    # Both ways.
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    REACTION = "reaction"
    # Only from the student.
    CHOICE = "choice"  # a tapped button or list row
    FORM = "form"
    ORDER = "order"
    SYSTEM = "system"  # written by WhatsApp: the number changed
    EDIT = "edit"
    REVOKE = "revoke"  # "delete for everyone"
    WELCOME = "welcome"  # the chat was opened for the first time
    UNSUPPORTED = "unsupported"
    # Only to the student.
    BUTTONS = "buttons"
    LIST = "list"
    LINK = "link"
    NUMBER_REQUEST = "number_request"
    TEMPLATE = "template"


MEDIA_KINDS = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT, Kind.STICKER})
