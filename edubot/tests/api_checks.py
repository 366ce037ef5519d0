"""A check of our own for schemathesis (SCHEMATHESIS_HOOKS); knows nothing of Django."""

from typing import Any

import schemathesis

# Which rows there are, the state they are in and the keys that came before, no schema can say.
OF_THE_MOMENT = {404, 409, 422}
# Nor what these fields must be: the reason why a valid request may be refused with 400.
BEYOND_A_SCHEMA = {
    "phone_number": "a pattern fits more than the numbers that exist",
    "number": "as phone_number, and nobody else's",
    "cursor": "signed by us",
    "before": "a message of this conversation",
    "quoted_message_id": "a message of this ticket",
    "template_id": "a template that there is",
    "values": "what the template's variables are called",
    "assigned_admin_id": "somebody who may answer students",
    "category": "the name of a category that there is",
    "wamid": "a message on this phone",
    "choice_id": "a button of this message",
    "url": "an address that webhooks may go to",
    "file": "its kind is found from the bytes",
}


@schemathesis.check
def valid_data_is_refused_for_a_reason(_: Any, response: Any, case: Any) -> None:
    """`positive_data_acceptance`, with the reasons that a schema cannot give."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code < 400 or response.status_code in OF_THE_MOMENT:
        return
    if response.status_code == 400:
        errors = response.json()["errors"].items()
        unexplained = {name for name, sentences in errors if not _is_learnt(sentences)}
        if unexplained <= set(BEYOND_A_SCHEMA):
            return
    raise AssertionError(f"Refused though the schema allows it: {response.text}")


def _is_learnt(sentences: list[str]) -> bool:
    """Schemathesis adds fields that it saw in answers, also where no others are allowed."""
    return all(sentence.startswith("There is no such field.") for sentence in sentences)
