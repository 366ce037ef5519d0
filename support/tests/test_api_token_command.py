from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from support.models import ApiToken
from support.tests import api

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("api_token", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def works(token: str) -> bool:
    client = APIClient(headers={"Authorization": f"Bearer {token}"})
    return client.get("/api/support/notifications").status_code == 200


def test_create_prints_a_working_token_and_nothing_else():
    api.staff("ada")
    printed = run("create", "ada")
    assert printed == printed.strip() + "\n"
    assert works(printed.strip())


@pytest.mark.parametrize("lacks", ["is_active", "is_staff"])
def test_nobody_gets_a_token_that_would_open_nothing(lacks):
    user = api.staff("ada")
    setattr(user, lacks, False)
    user.save()
    with pytest.raises(CommandError, match="no member of staff"):
        run("create", "ada")


@pytest.mark.parametrize(
    ("arguments", "scopes"),
    [
        ([], ["read", "reply", "manage"]),
        (["--scope", "read"], ["read"]),
        (["--scope", "manage", "--scope", "read", "--scope", "read"], ["read", "manage"]),
    ],
)
def test_a_token_has_the_scopes_it_was_given_or_all(arguments, scopes):
    api.staff("ada")
    run("create", "ada", *arguments)
    assert ApiToken.objects.get().scopes == scopes


def test_an_unknown_user_or_scope_is_an_error():
    api.staff("ada")
    with pytest.raises(CommandError, match="no user 'bob'"):
        run("create", "bob")
    with pytest.raises(CommandError, match="invalid choice"):
        run("create", "ada", "--scope", "everything")
    assert not ApiToken.objects.exists()


def test_list_shows_a_persons_tokens_without_their_secret():
    api.staff("ada")
    token = run("create", "ada", "--scope", "read").strip()
    listed = run("list", "ada")
    assert token[:15] in listed
    assert "read" in listed
    assert token not in listed


def test_a_revoked_token_is_worthless():
    api.staff("ada")
    token, other = run("create", "ada").strip(), run("create", "ada").strip()
    run("revoke", token[:15])
    assert not works(token)
    assert works(other)
    with pytest.raises(CommandError, match="No token"):
        run("revoke", token[:15])
