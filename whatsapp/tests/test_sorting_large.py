"""Webhooks may be large and many: sorting neither chokes on them nor lets one block the rest."""

import pytest

from whatsapp import sorting
from whatsapp.models import Message, Receipt
from whatsapp.tests import webhooks
from whatsapp.tests.lane import receive
from whatsapp.tests.webhooks import body, envelope, text

KILOBYTE = 1024


@pytest.mark.django_db
def test_a_backlog_larger_than_one_database_packet_is_sorted(settings):
    """MariaDB takes 16 MB in one statement; a night's backlog of batches has more."""
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID
    for number in range(8):
        receive(body(envelope(text(f"{number}", padding="x" * 2900 * KILOBYTE))))
    assert sorting.sort_all() == 8

    assert Message.objects.count() == 8
    assert set(Receipt.objects.values_list("state", "attempts")) == {("sorted", 0)}
