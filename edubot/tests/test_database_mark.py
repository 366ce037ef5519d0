"""Tests that may reach a database are marked `database`; make test-all repeats no others."""

from unittest import TestCase

import pytest
from django.contrib.auth.models import User


def is_marked(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("database") is not None


def test_one_with_the_fixture_is_marked(request, db):
    assert is_marked(request)


def test_one_with_a_fixture_that_asks_for_it_is_marked(request, john):
    assert is_marked(request)


@pytest.mark.django_db
def test_one_with_the_mark_of_django_is_marked(request):
    assert is_marked(request)


class TestOfUnittest(TestCase):
    @pytest.fixture(autouse=True)
    def remember(self, request: pytest.FixtureRequest) -> None:
        self.is_marked = is_marked(request)

    def test_it_is_marked(self):
        assert self.is_marked


def test_no_other_is_marked(request):
    assert not is_marked(request)


def test_one_that_finds_another_way_to_the_database_fails(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(AssertionError, match="not marked"):
        User.objects.exists()
