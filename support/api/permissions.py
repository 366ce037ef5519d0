"""What a caller may do: the scopes of the token and the permissions of its owner, both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rest_framework.permissions import BasePermission

from support import queries
from support.models import ApiToken
from support.models.tools import Scope

if TYPE_CHECKING:  # views import the default permission, which is this one
    from rest_framework.request import Request
    from rest_framework.views import APIView


class Access(NamedTuple):
    """What one method of a view asks for: a scope and every one of the permissions."""

    scope: Scope
    permissions: tuple[str, ...]


# Who acts on tickets must also be able to see them.
READ = Access(Scope.READ, (queries.VIEW,))
REPLY = Access(Scope.REPLY, (queries.VIEW, queries.REPLY))
EVENTS = Access(Scope.READ, (queries.VIEW, "support.view_event"))
CHANGE = Access(Scope.MANAGE, (queries.VIEW, "support.change_supportticket"))


def reading(*permissions: str) -> Access:
    """Reading what `permissions` show."""
    return Access(Scope.READ, permissions)


class HasScopeAndPermission(BasePermission):
    """Lets in what the view's `access` (method -> Access) names, and nothing else.

    A view without it is closed to everybody. A method that the view does not have is let
    through to be answered 405.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        method = str(request.method)
        if method not in view.allowed_methods:
            return True
        needed = _needed(view, method)
        if needed is None:
            return False
        if needed.scope not in token.scopes:
            self.message = f"The token lacks the scope {needed.scope.value}."
            return False
        self.message = f"The token's owner needs {' and '.join(needed.permissions)}."
        return request.user.has_perms(needed.permissions)


def _needed(view: APIView, method: str) -> Access | None:
    access: dict[str, Access] = getattr(view, "access", {})
    return access.get("GET" if method == "HEAD" else method)
