"""Shared by the tests of the wire."""

import pytest

from whatsapp.tests.lane import Lane


@pytest.fixture
def lane(db) -> Lane:
    return Lane()
