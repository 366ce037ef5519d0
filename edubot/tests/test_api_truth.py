"""What the API answers is what its schema promises, for every operation."""

import pytest

from edubot.tests import api_world
from support.tests import api

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("operation", api_world.operations())
def test_an_answer_has_the_fields_that_the_schema_promises(operation):
    document, world = api_world.document(), api_world.make()
    answer = api_world.call(api.client(api.staff(is_superuser=True)), operation, world)
    assert answer.status_code < 300
    method, path = api_world.operations()[operation]
    promised = document["paths"][path][method.lower()]["responses"]
    assert str(answer.status_code) in promised
    if operation != "get_file":
        content = promised[str(answer.status_code)]["content"]["application/json"]["schema"]
        check(answer.json(), content, document, operation)


def check(value, promised: dict, document: dict, where: str) -> None:
    """`value` fits the part of JSON schema that the document uses."""
    promised = resolve(value, promised, document)
    types = promised["type"] if isinstance(promised["type"], list) else [promised["type"]]
    assert TYPES[type(value)] in types, f"{where}: {value!r} is no {types}"
    assert value in promised.get("enum", [value]), where
    if value and promised.get("format") == "date-time":
        assert value.endswith("Z"), where
    if isinstance(value, dict) and "properties" in promised:  # or a free form, as of events
        assert set(value) <= set(promised["properties"]), where
        assert set(promised.get("required", [])) <= set(value), where
        for name, part in value.items():
            check(part, promised["properties"][name], document, f"{where}.{name}")
    if isinstance(value, list):
        for part in value:
            check(part, promised["items"], document, f"{where}[]")


TYPES = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "integer",
    type(None): "null",
}


def resolve(value, promised: dict, document: dict) -> dict:
    """What `promised` says about `value`, behind references and alternatives."""
    if "$ref" in promised:
        named = document["components"]["schemas"][promised["$ref"].rsplit("/", 1)[1]]
        return resolve(value, named, document)
    options = promised.get("oneOf") or promised.get("allOf")
    if not options:
        return {"type": "null"} | promised if promised.get("enum") == [None] else promised
    found = [resolve(value, option, document) for option in options]
    nulls = [option for option in found if option.get("type") == "null"]
    return (nulls if value is None and nulls else [one for one in found if one not in nulls])[0]
