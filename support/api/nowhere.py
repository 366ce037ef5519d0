"""Every address under /api/ that does not exist."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from support.api.views import Limited


class NowhereView(Limited):
    """Tells so in JSON, whatever the method; counted like every other call."""

    permission_classes = []
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises NotFound."""
        super().initial(request, *args, **kwargs)
        raise NotFound("There is nothing at this address.")
