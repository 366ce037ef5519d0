"""Why an act on a ticket is refused; each says what to do instead."""

from whatsapp.outgoing import MessageInvalid


class ServiceError(Exception):
    """Refused, with a sentence for the person who asked."""

    sentence = "This is not possible now."

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class ChatClosed(ServiceError):
    sentence = "This chat has ended. Reopen the ticket to write to the student again."


class WindowClosed(ServiceError):
    sentence = (
        "WhatsApp allows free text only within 24 hours of what the student wrote last. "
        "It is possible again as soon as the student writes; until then only templates are."
    )


class AuthorGone(ServiceError):
    sentence = (
        "Who planned it no longer answers here. If it is still right, send it in your own name."
    )


class AlreadyOpen(ServiceError):
    def __init__(self, ticket_id: int) -> None:
        super().__init__(f"This student already has an open ticket: {ticket_id}.")
        self.ticket_id = ticket_id


# What an act may raise: each is a sentence for the person who asked.
REFUSALS = (ServiceError, MessageInvalid)
