"""A server that refuses to write over what has changed since it was read: error 1020.

MariaDB from 11.6 on does so under REPEATABLE READ. EduBot asks for READ COMMITTED, where nothing
is refused; whatever is refused all the same is done again.
"""

import time
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F
from structlog.testing import capture_logs

from whatsapp import contacts
from whatsapp.models import Contact, Identity, Message, Receipt
from whatsapp.simulator import student
from whatsapp.tests.phone import Phone
from whatsapp.tests.test_races import post, queued_bodies, work_until_quiet
from whatsapp.tests.threads import together
from whatsapp.transactions import is_repeatable, unit_of_work

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

RECORD_CHANGED = 1020


@pytest.fixture(autouse=True)
def snapshot(transactional_db) -> Iterator[None]:
    """Every connection of the test is one to such a server."""
    with connection.cursor() as cursor:
        if not cursor.execute("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'"):
            pytest.skip("This server does not know innodb_snapshot_isolation.")
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    options["isolation_level"] = "repeatable read"
    options["init_command"] += ", innodb_snapshot_isolation = ON"
    connection.close()
    yield
    options.update(before)
    connection.close()


def change_elsewhere(contact: Contact) -> None:
    """Somebody else's transaction, from its beginning to its commit."""
    (changed,) = together(
        lambda: Contact.objects.filter(pk=contact.pk).update(epoch=F("epoch") + 1)
    )
    assert changed == 1


def times_refused(logs: list[Mapping[str, Any]]) -> int:
    repeated = [log for log in logs if log["event"] == "unit_repeated"]
    return sum(f"({RECORD_CHANGED}," in log["error"] for log in repeated)


def test_such_a_server_refuses_to_write_over_what_changed_meanwhile():
    contact = Contact.objects.create(name="Ada")

    @transaction.atomic
    def read_and_write() -> None:
        Contact.objects.get(pk=contact.pk)
        change_elsewhere(contact)
        Contact.objects.filter(pk=contact.pk).update(epoch=F("epoch") + 1)

    with pytest.raises(OperationalError) as refused:
        read_and_write()
    assert refused.value.args[0] == RECORD_CHANGED


def test_a_unit_that_is_refused_is_done_again_from_its_first_statement():
    contact = Contact.objects.create(name="Ada")
    read: list[int] = []

    @unit_of_work
    def count_on() -> None:
        Contact.objects.create(name="goes with the unit")
        read.append(Contact.objects.get(pk=contact.pk).epoch)
        if len(read) == 1:
            change_elsewhere(contact)
        Contact.objects.filter(pk=contact.pk).update(epoch=read[-1] + 10)

    with capture_logs() as logs:
        count_on()
    contact.refresh_from_db()
    assert times_refused(logs) == 1
    assert read == [0, 1], "The second time it saw what the other had written."
    assert contact.epoch == 11
    assert Contact.objects.filter(name="goes with the unit").count() == 1


def test_new_contacts_from_eight_sides_at_once_raise_nothing():
    def meet(side: int) -> None:
        for number in range(25):
            unit_of_work(contacts.of_phone)(f"+23480{side}{number:06}", "New")

    together(*(partial(meet, side) for side in range(8)))
    assert Contact.objects.count() == Identity.objects.count() == 200


def test_webhooks_and_workers_all_at_once_end_as_on_any_other_server(settings):
    people = [Phone(number=f"23480{number:08}") for number in range(4)]
    for phone in people:
        for number in range(6):
            student.say(phone.row, f"what is {number}")

    def deliver(bodies: list[bytes]) -> None:
        """As Meta does: what is refused comes again."""
        for one in bodies:
            while post(one, settings.WHATSAPP_APP_SECRET) != 200:
                time.sleep(0.01)

    bodies = queued_bodies()
    sides = [partial(deliver, bodies[side::4]) for side in range(4)]
    together(*sides, *[work_until_all_is_done] * 3)
    deliver(queued_bodies())
    work_until_all_is_done()

    assert Message.objects.filter(direction="in", status="handled").count() == 24
    assert not Message.objects.filter(status__in=["waiting", "failed", "queued"]).exists()
    assert [len(phone.received) for phone in people] == [6] * 4
    assert set(Receipt.objects.values_list("state", "attempts")) == {("sorted", 0)}


def work_until_all_is_done() -> None:
    """A worker whose task is run again should the server refuse its unit five times."""
    while True:
        try:
            return work_until_quiet()
        except OperationalError as error:
            if not is_repeatable(error):
                raise
