"""Tokens of the REST API: make, list, revoke."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from support.api_tokens import DAYS, LONGEST, make
from support.models import ApiToken
from support.models.tools import Scope


class Command(BaseCommand):
    help = "Make, list or revoke tokens of the REST API."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="Print a new token and nothing else.")
        create.add_argument("username", help="Whose permissions apply.")
        create.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="May be given several times. Without it the token has all: "
            f"{', '.join(Scope.values)}.",
        )
        create.add_argument(
            "--days", type=int, default=DAYS, help=f"Until it expires; {DAYS} unless given."
        )
        listing = acts.add_parser("list", help="Show a person's tokens, without the secret part.")
        listing.add_argument("username")
        revoke = acts.add_parser("revoke", help="Make a token worthless at once.")
        revoke.add_argument("token_key", help="As `list` shows it.")

    def handle(self, *_: Any, act: str, **options: Any) -> None:
        match act:
            case "create":
                scopes = options["scope"] or Scope.values
                self._create(_user(options["username"]), scopes, options["days"])
            case "list":
                self._list(_user(options["username"]))
            case "revoke":
                self._revoke(options["token_key"])

    def _create(self, user: User, scopes: list[str], days: int) -> None:
        if not 1 <= days <= LONGEST:
            raise CommandError(f"A token is good for 1 to {LONGEST} days.")
        if not (user.is_active and user.is_staff):
            raise CommandError(f"{user} is no member of staff, so the token would open nothing.")
        _, secret = make(user, scopes, days)
        self.stdout.write(secret)

    def _list(self, user: User) -> None:
        for token in ApiToken.objects.filter(user=user):
            self.stdout.write(
                f"{token.token_key}  {','.join(token.scopes)}  made {_day(token.created)}, "
                f"expires {_day(token.expiry)}, last used {_day(token.last_used_at)}"
            )

    def _revoke(self, token_key: str) -> None:
        deleted, _ = ApiToken.objects.filter(token_key=token_key).delete()
        if not deleted:
            raise CommandError(f"No token begins with {token_key}.")
        self.stderr.write(f"Revoked {token_key}.")


def _user(username: str) -> User:
    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no user {username!r}.") from error


def _day(time: Any) -> str:
    return f"{time:%Y-%m-%d}" if time else "never"
