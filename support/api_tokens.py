"""Tokens of the REST API: made here, shown once, kept as a digest only."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User

from support.models import ApiToken
from support.models.tools import Scope

DAYS = 365  # unless the maker says otherwise
LONGEST = 3650


def make(user: User, scopes: Iterable[str], days: int = DAYS) -> tuple[ApiToken, str]:
    """A new token with the permissions of `user`, good for `days`, and its secret.

    Nobody can show the secret again.
    """
    wanted = set(scopes)
    in_order = [scope for scope in Scope.values if scope in wanted]
    row, secret = ApiToken.objects.create(user=user, scopes=in_order, expiry=timedelta(days=days))
    return row, str(secret)


def may_make_for(maker: User, owner: User) -> bool:
    """A token must not do what its maker may not: whoever made it has seen it."""
    if maker.is_superuser:
        return True
    return not owner.is_superuser and owner.get_all_permissions() <= maker.get_all_permissions()
