"""Reading request bodies, bounded."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JSONParser(parsers.JSONParser):
    """JSON of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes.

    DRF reads the stream as it comes; Django checks the size in `body` only. Raises
    RequestDataTooBig, or ParseError for what is no JSON or is nested without end.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        content = getattr(stream, "body", None)
        bounded = stream if content is None else BytesIO(content)
        try:
            return super().parse(bounded, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error: nested too deeply.") from error
