"""Whose message is this? One contact a person, whatever ids Meta gives and however they change."""

from datetime import UTC, datetime

import pytest
import time_machine

from whatsapp import outbox, sorting, worker
from whatsapp.contacts import AddressBook
from whatsapp.models import Contact, Identity, Message, Receipt
from whatsapp.models.message import Author
from whatsapp.outgoing import Text
from whatsapp.payload import Sender
from whatsapp.tests import webhooks
from whatsapp.tests.lane import Lane, Recording, mount, receive
from whatsapp.tests.webhooks import Item, body, envelope, text

pytestmark = pytest.mark.django_db

PHONE, OTHER_PHONE = "2348031234567", "2348059999999"
USER_ID, OTHER_USER_ID = "NG.111", "NG.222"


@pytest.fixture(autouse=True)
def our_number(settings) -> None:
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID


def hear(*items: Item, **options: object) -> None:
    """Everything in one webhook."""
    receipt = receive(body(envelope(*items, **options)))
    sorting.sort_all()
    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.SORTED, receipt.error


def wrote(phone: str | None = None, user_id: str | None = None, words: str = "hi") -> Contact:
    """Who is found to have written `words`."""
    hear(text(words, sender=phone, user_id=user_id))
    return Message.objects.latest("id").contact


def test_somebody_new_with_a_phone_and_an_id_is_one_contact():
    contact = wrote(PHONE, USER_ID)

    assert (contact.phone, contact.user_id) == (f"+{PHONE}", USER_ID)
    assert Contact.objects.count() == 1


def test_somebody_new_who_hides_the_phone_is_known_by_the_id_alone():
    contact = wrote(None, USER_ID)

    assert (contact.phone, contact.user_id) == ("", USER_ID)
    assert wrote(None, USER_ID) == contact


@pytest.mark.parametrize("first", [(PHONE, USER_ID), (PHONE, None), (None, USER_ID)])
@pytest.mark.parametrize("then", [(PHONE, USER_ID), (PHONE, None), (None, USER_ID)])
def test_somebody_known_is_found_again_by_whatever_was_known(first, then):
    before = wrote(*first)
    after = wrote(*then)

    shares_an_id = any(a and a == b for a, b in zip(first, then, strict=True))
    assert (before == after) is shares_an_id


def test_somebody_known_who_has_another_phone_now_gets_it():
    contact = wrote(PHONE, USER_ID)
    assert wrote(OTHER_PHONE, USER_ID) == contact

    contact.refresh_from_db()
    assert contact.phone == f"+{OTHER_PHONE}"


def test_an_id_inside_from_is_an_id_and_no_phone():
    contact = wrote(USER_ID)

    assert (contact.phone, contact.user_id) == ("", USER_ID)


def test_two_contacts_that_turn_out_to_be_one_are_merged_and_the_older_is_kept():
    by_phone = wrote(PHONE, None, "first")
    by_id = wrote(None, USER_ID, "second")
    both = wrote(PHONE, USER_ID, "third")

    assert both == by_phone
    assert not Contact.objects.filter(pk=by_id.pk).exists()
    assert [m.text for m in both.messages.order_by("id")] == ["first", "second", "third"]
    assert both.due_at is not None
    assert wrote(None, USER_ID) == by_phone


def test_the_language_that_either_chose_is_kept():
    wrote(PHONE)
    theirs = wrote(None, USER_ID)
    Contact.objects.filter(pk=theirs.pk).update(language="fr")

    assert wrote(PHONE, USER_ID).language == "fr"


def test_they_may_turn_out_to_be_one_within_one_webhook():
    hear(
        text("first", sender=PHONE),
        text("second", sender=None, user_id=USER_ID),
        text("third", sender=PHONE, user_id=USER_ID),
        text("fourth", sender=None, user_id=USER_ID),
        contacts=[],
    )

    contact = Contact.objects.get()
    assert contact.messages.count() == 4


def test_the_username_that_one_batch_brought_survives_their_merging():
    wrote(PHONE)
    wrote(None, USER_ID)
    with_username = Sender(phone=PHONE, username="ada")
    of_both = Sender(phone=PHONE, user_id=USER_ID)
    book = AddressBook([with_username, of_both])
    for sender in (with_username, of_both):
        book.contact_of(sender)
    book.save()

    assert Contact.objects.get().username == "ada"


def test_what_waited_for_one_of_two_merged_contacts_is_still_sent(settings):
    first, second = Lane(), Lane("2348050000001")
    outbox.queue(second.contact, Text("For you"), author=Author.BOT)
    Contact.objects.update(due_at=None)
    Identity.objects.create(contact=second.contact, kind="bsuid", value=USER_ID)
    hear(text("hi", sender=PHONE, user_id=USER_ID, group_id="a group"))  # wakes nobody itself

    assert Contact.objects.get().due_at is not None
    worker.run(first.contact.pk)
    assert "For you" in first.read


NEW = {"wa_id": OTHER_PHONE}
BOTH_SPELLINGS = [
    webhooks.system("user_changed_number", details=NEW, sender=PHONE),
    webhooks.system("customer_changed_number", details={"new_wa_id": OTHER_PHONE}, sender=PHONE),
]


@pytest.mark.parametrize("news", BOTH_SPELLINGS)
def test_a_changed_number_keeps_the_contact(news: Item):
    contact = wrote(PHONE)
    hear({**news, "id": f"wamid.{news['system']['type']}"})

    assert wrote(OTHER_PHONE) == contact
    contact.refresh_from_db()
    assert contact.phone == f"+{OTHER_PHONE}"


def test_a_changed_number_and_id_are_both_taken_over():
    contact = wrote(PHONE, USER_ID)
    hear(webhooks.number_changed(old=PHONE, new=OTHER_PHONE))

    assert wrote(None, OTHER_USER_ID) == contact
    assert wrote(OTHER_PHONE) == contact


def test_news_of_a_number_does_not_open_the_window():
    contact = wrote(PHONE)
    Contact.objects.update(last_inbound_at=None)
    hear(webhooks.number_changed(old=PHONE, new=OTHER_PHONE))

    contact.refresh_from_db()
    assert contact.last_inbound_at is None


def test_whoever_gets_the_old_number_is_somebody_new():
    contact = wrote(PHONE, USER_ID)
    hear(webhooks.number_changed(old=PHONE, new=OTHER_PHONE))

    assert wrote(PHONE, "NG.333") != contact
    contact.refresh_from_db()
    assert contact.phone == f"+{OTHER_PHONE}"


def test_a_number_that_comes_with_another_id_is_somebody_elses_now():
    """Nobody told us that the number changed hands; only the id shows it."""
    before = wrote(PHONE, USER_ID)
    now = wrote(PHONE, OTHER_USER_ID)

    assert now != before
    before.refresh_from_db()
    assert before.address == {"recipient": USER_ID}
    assert now.phone == f"+{PHONE}"


def test_a_number_that_went_to_somebody_known_does_not_merge_the_two():
    before, heir = wrote(PHONE, USER_ID), wrote(OTHER_PHONE, OTHER_USER_ID)

    assert wrote(PHONE, OTHER_USER_ID) == heir
    assert Contact.objects.filter(pk=before.pk).exists()
    assert before.messages.count() == 1


def test_a_new_number_that_belongs_to_somebody_known_is_left_to_a_person():
    contact, owner = wrote(PHONE, USER_ID), wrote(OTHER_PHONE, "NG.333")
    hear(webhooks.number_changed(old=PHONE, new=OTHER_PHONE))

    assert wrote(OTHER_PHONE) == owner
    assert owner.messages.count() == 2
    contact.refresh_from_db()
    assert contact.phone == ""


def test_a_name_is_learnt_and_not_forgotten():
    hear(text("hi", sender=PHONE, user_id=None))
    named = envelope(text("hi", sender=PHONE), contacts=[webhooks.contact("Ada", PHONE, None)])
    receive(body(named))
    sorting.sort_all()
    assert Contact.objects.get().name == "Ada"

    receive(body(envelope(text("ho", sender=PHONE), contacts=[])))
    sorting.sort_all()
    assert Contact.objects.get().name == "Ada"


@pytest.mark.parametrize(
    ("hidden", "field"), [(False, {"to": f"+{PHONE}"}), (True, {"recipient": USER_ID})]
)
@time_machine.travel(datetime.fromtimestamp(webhooks.SENT_AT, UTC), tick=False)
def test_graph_gets_the_phone_with_its_plus_or_the_id_as_recipient(hidden: bool, field: Item):
    """An id put into `to` is accepted by Meta and silently dropped."""
    contact = wrote(None if hidden else PHONE, USER_ID)
    outbox.queue(contact, Text("Hello"), author=Author.BOT)
    graph = Recording()
    mount(graph)
    worker.run(contact.pk)

    sent = next(one for one in graph.bodies if one.get("type") == "text")
    assert {key: sent[key] for key in ("to", "recipient") if key in sent} == field
