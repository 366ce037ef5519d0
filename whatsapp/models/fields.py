"""Column types that behave the same on SQLite, MySQL and MariaDB."""

import hashlib
import json
from typing import Any

from django.db import models


class JSONTextField(models.TextField[Any, Any]):
    """JSON kept as ASCII text.

    Not Django's JSONField: its check on MariaDB refuses lone surrogates, NaN and more than 31
    levels with IntegrityError, the very error that means "duplicate" elsewhere.
    """

    _pyi_private_set_type: Any  # for the type checker: any JSON value
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or "null"


def digest(*parts: str) -> str:
    """A key for ids from outside: 64 hex digits of SHA-256.

    Unique columns compare by collation, which ignores case and trailing spaces; Meta's ids
    differ in case.
    """
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()
