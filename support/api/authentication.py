"""Who calls: Bearer tokens, hashed at rest (knox)."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from support.api import limits
from support.models import ApiToken

USE_IS_NOTED_EVERY = timedelta(minutes=1)


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """`Authorization: Bearer <token>`; `request.auth` is the ApiToken."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None without a token. Raises AuthenticationFailed, or Throttled for a guesser."""
        limits.refuse_guesser(request)
        try:
            found: tuple[User, ApiToken] | None = super().authenticate(request)
        except AuthenticationFailed:
            limits.failed(request)
            raise
        return found

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        """Raises AuthenticationFailed for a token that is unknown, expired or garbage."""
        if not token.isascii():
            raise AuthenticationFailed("Invalid token.")
        user, found = super().authenticate_credentials(token)
        _note_use(found)
        return user, found

    def validate_user(self, auth_token: ApiToken) -> tuple[User, ApiToken]:
        """Who may not log in to the admin does not come in here. Raises AuthenticationFailed."""
        user, found = super().validate_user(auth_token)
        if not user.is_staff:
            raise AuthenticationFailed("The token's owner is no member of staff.")
        return user, found

    def _cleanup_token(self, auth_token: ApiToken) -> bool:
        """Whether the token has expired. It is kept: `api_token list` shows when it did."""
        return auth_token.expiry is not None and auth_token.expiry <= timezone.now()


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    long_ago = now - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= long_ago:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=long_ago)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
