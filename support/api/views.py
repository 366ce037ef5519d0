"""What all views of the API have in common: who may call them, and how they are described.

`access` names what each method asks for; a method that is not named is closed.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from support.api import limits, masking
from support.api.once import once
from support.api.permissions import Access
from support.api.requests import refuse_huge
from support.api.schema import finished
from support.models import ApiToken
from support.services import Actor


class ApiSchema(AutoSchema):
    """Says in the OpenAPI description which scope a call needs."""

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args)
        if operation is not None:
            needed: Access = self.view.access[self.method]  # type: ignore[attr-defined]
            said = operation.get("description", "")
            needs = f"Needs the scope `{needed.scope.value}` and {_named(needed.permissions)}."
            operation["description"] = f"{said} {needs}".strip()
            finished(operation, self.method)
        return operation


def _named(permissions: tuple[str, ...]) -> str:
    names = " and ".join(f"`{name}`" for name in permissions)
    return f"of the token's owner the permission{'s' * (len(permissions) > 1)} {names}"


class Limited(APIView):
    """Counts every request, before anything is looked up, and says what is left."""

    usage: limits.Usage | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises Throttled, TooLarge or AuthenticationFailed."""
        self.usage = limits.of_address(request)
        limits.refuse_beyond(self.usage)
        refuse_huge(request)
        super().initial(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Raises Throttled or AuthenticationFailed."""
        super().perform_authentication(request)
        if isinstance(request.auth, ApiToken):
            self.usage = limits.of_token(request.auth.token_key)
            limits.refuse_beyond(self.usage)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        if self.usage is not None:
            response["RateLimit-Limit"] = str(self.usage.limit)
            response["RateLimit-Remaining"] = str(self.usage.remaining)
            response["RateLimit-Reset"] = str(self.usage.reset)
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        return final


class ApiView(Limited):  # without a docstring, which would be shown as every call's description
    schema = ApiSchema()
    http_method_names = ["get", "head", "post", "patch"]
    access: ClassVar[Mapping[str, Access]] = {}
    secrets: ClassVar[frozenset[str]] = frozenset()  # fields of answers that are told once

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "post" in vars(cls):
            cls.post = once(vars(cls)["post"])  # type: ignore[attr-defined]

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Answers are personal: nobody between us and the caller keeps them.

        An answer that an Idempotency-Key brings back passes here, too.
        """
        response["Cache-Control"] = "no-store"
        if isinstance(response, Response) and response.status_code < 400:
            response.data = masking.for_reader(response.data, request.user)
        return super().finalize_response(request, response, *args, **kwargs)


def actor(request: Request) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]  # authenticated, or no view is reached
