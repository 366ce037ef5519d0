"""From stored bodies to messages: each item once, none lost, none stopped by another."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from whatsapp import incoming, sorting
from whatsapp.guard import TakenByAnother
from whatsapp.models import Contact, Media, Message, Receipt
from whatsapp.payload import InboundMessage
from whatsapp.tests import webhooks
from whatsapp.tests.clock import MORNING
from whatsapp.tests.lane import receive
from whatsapp.tests.webhooks import body, change, envelope, enveloped, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_number(settings) -> None:
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID


def sort(*bodies: bytes) -> list[Receipt]:
    receipts = [receive(one) for one in bodies]
    sorting.sort_all()
    for receipt in receipts:
        receipt.refresh_from_db()
    return receipts


def outgoing(number: int) -> Message:
    return Message.objects.create(
        contact=Contact.objects.get_or_create(phone=f"+23480{number:08}")[0],
        direction="out",
        author="bot",
        kind="text",
        status="accepted",
        wamid=f"wamid.OUT{number}",
        wamid_digest=incoming.digest(f"wamid.OUT{number}"),
    )


def test_every_item_of_every_change_of_every_entry_counts():
    ours = [outgoing(number) for number in range(30)]
    statuses = iter([webhooks.status("delivered", message.wamid) for message in ours])
    entries = [
        enveloped(
            *(
                change(
                    *(text(f"{number}") for number in range(4)), *(next(statuses) for _ in range(5))
                )
                for _ in range(2)
            )
        )["entry"][0]
        for _ in range(3)
    ]
    (receipt,) = sort(body({"object": "whatsapp_business_account", "entry": entries}))

    assert receipt.state == "sorted"
    assert Message.objects.filter(direction="in").count() == 24
    assert Message.objects.filter(status="delivered").count() == 30


def test_what_answers_a_message_of_the_same_webhook_is_linked_to_it():
    first = text("Is 2x = 8 right?", wamid="wamid.FIRST")
    answer = text("I mean page 3", wamid="wamid.SECOND", **webhooks.reply_to("wamid.FIRST"))
    liked = webhooks.message("reaction", {"message_id": "wamid.SECOND", "emoji": "👍"})
    odd = text("myself", wamid="wamid.ODD", **webhooks.reply_to("wamid.ODD"))
    sort(body(envelope(liked, answer, first, odd)))

    quoting, reaction = Message.objects.get(text="I mean page 3"), Message.objects.get(text="👍")
    assert quoting.reply_to.text == "Is 2x = 8 right?"
    assert reaction.reply_to == quoting
    assert Message.objects.get(text="myself").reply_to is None


def test_one_broken_item_is_kept_with_its_reason_and_stops_no_other():
    nobody = text("who?", **{"from": None}, user_id=None)
    (receipt,) = sort(body(envelope(*map(text, "ab"), nobody, *map(text, "cd"), contacts=[])))

    assert [message.text for message in Message.objects.order_by("id")] == list("abcd")
    assert receipt.state == "failed"
    assert receipt.error == "A message has no sender."


@pytest.mark.parametrize("rubbish", [b"not JSON", b"[]", b'{"a": NaN}', b"\xff\xfe{", b"[" * 10**5])
def test_a_body_that_is_no_json_object_is_kept_as_failed_and_stops_nobody(rubbish: bytes):
    bad, good = sort(rubbish, body(envelope(text("hello"))))

    assert (bad.state, bytes(bad.body)) == ("failed", rubbish)
    assert bad.error
    assert good.state == "sorted"
    assert Message.objects.get().text == "hello"


def test_a_kind_not_yet_invented_is_kept_as_it_came():
    sort(body(envelope(webhooks.message("hologram", {"height": 3}))))

    message = Message.objects.get()
    assert (message.kind, message.status) == ("unsupported", "waiting")
    assert message.payload["hologram"] == {"height": 3}


def test_ids_that_differ_in_case_only_are_two_messages():
    sort(body(envelope(text("a", wamid="wamid.Abc="), text("b", wamid="wamid.ABC="))))

    assert Message.objects.count() == 2


def test_the_same_message_in_two_bodies_is_one_message():
    hello = text("hello", wamid="wamid.SAME")
    receipts = sort(body(envelope(hello)), body(envelope(hello, text("and more"))))

    assert [message.text for message in Message.objects.order_by("id")] == ["hello", "and more"]
    assert [receipt.state for receipt in receipts] == ["sorted", "sorted"]


def test_the_same_message_that_comes_after_it_was_handled_changes_nothing():
    hello = text("hello", wamid="wamid.SAME")
    sort(body(envelope(hello)))
    Message.objects.update(status="handled")
    sort(body(envelope(hello, text("and more"))))

    assert Message.objects.get(text="hello").status == "handled"


def test_a_picture_is_stored_at_once_and_its_file_is_to_be_fetched():
    sort(body(envelope(webhooks.image(caption="Look"))))

    media = Media.objects.get()
    assert (media.state, media.message.text) == ("waiting", "Look")


def test_a_reply_points_at_the_message_that_it_quotes():
    sort(body(envelope(text("hello", wamid="wamid.FIRST"))))
    sort(body(envelope(text("again", **webhooks.reply_to("wamid.FIRST")))))

    assert Message.objects.get(text="again").reply_to.text == "hello"


def test_messages_to_another_number_of_the_account_are_not_ours(settings):
    settings.WHATSAPP_PHONE_NUMBER_ID = "999"
    (receipt,) = sort(body(envelope(text("hello"))))

    assert receipt.state == "sorted"
    assert not Message.objects.exists()
    assert not Contact.objects.exists()


def test_what_is_said_in_a_group_is_kept_but_not_for_the_bot():
    sort(body(envelope(text("hello all", group_id="120363@g.us"))))

    assert Message.objects.get().status == "handled"
    contact = Contact.objects.get()
    assert contact.due_at is None
    assert contact.last_inbound_at is None


def test_a_time_in_the_future_is_not_believed():
    """Else a wrong clock would keep the 24-hour window open for years."""
    with time_machine.travel(MORNING, tick=False):
        sort(body(envelope(text("hello", sent_at=int(MORNING.timestamp()) + 10**8))))

    assert Message.objects.get().occurred_at == MORNING
    assert Contact.objects.get().last_inbound_at == MORNING


@pytest.fixture
def poison(monkeypatch) -> None:
    """Whatever says "poison" makes sorting raise."""
    store = incoming.store

    def stumble(items: list[InboundMessage]) -> set[int]:
        if any(item.text == "poison" for item in items):
            raise ZeroDivisionError("poisoned")
        return store(items)

    monkeypatch.setattr(incoming, "store", stumble)


def test_a_receipt_that_cannot_be_sorted_stops_nobody(poison):
    before, bad, after = sort(*(body(envelope(text(word))) for word in ("a", "poison", "b")))

    assert [before.state, bad.state, after.state] == ["sorted", "unsorted", "sorted"]
    assert "ZeroDivisionError: poisoned" in bad.error
    assert [message.text for message in Message.objects.order_by("id")] == ["a", "b"]


def test_it_is_tried_again_with_growing_pauses_and_then_left_to_a_person(poison):
    with time_machine.travel(MORNING, tick=False) as clock:
        (bad,) = sort(body(envelope(text("poison"))))
        pauses = []
        while bad.state == "unsorted":
            pauses.append(bad.due_at - timezone.now())
            assert sorting.sort_all() == 0, "It must pause first."
            clock.shift(pauses[-1])
            sorting.sort_all()
            bad.refresh_from_db()

    assert (bad.state, bad.attempts) == ("failed", sorting.ATTEMPTS)
    assert pauses == sorted(set(pauses))


def test_once_the_trouble_is_over_it_is_sorted(poison, monkeypatch):
    (bad,) = sort(body(envelope(text("poison"))))
    monkeypatch.undo()
    Receipt.objects.update(due_at=bad.received_at)
    sorting.sort_all()

    bad.refresh_from_db()
    assert (bad.state, bad.error) == ("sorted", "")
    assert Message.objects.get().text == "poison"


def statements(*bodies: bytes) -> int:
    for one in bodies:
        receive(one)
    with CaptureQueriesContext(connection) as captured:
        sorting.sort_all()
    return len(captured)


def test_thirty_messages_of_known_people_cost_no_more_statements_than_five():
    people = [f"23480{number:08}" for number in range(30)]
    sort(body(envelope(*(text("hi", sender=phone) for phone in people))))

    few = statements(body(envelope(*(text("again", sender=phone) for phone in people[:5]))))
    many = statements(body(envelope(*(text("and again", sender=phone) for phone in people))))
    assert many == few
    assert Message.objects.count() == 65


def test_thirty_statuses_cost_no_more_statements_than_five():
    wamids = [outgoing(number).wamid for number in range(30)]

    few = statements(body(envelope(*(webhooks.status("sent", wamid) for wamid in wamids[:5]))))
    many = statements(body(envelope(*(webhooks.status("read", wamid) for wamid in wamids))))
    assert many == few
    assert Message.objects.filter(status="read").count() == 30


def test_thirty_receipts_cost_no_more_statements_than_five():
    sort(body(envelope(text("hi"))))

    few = statements(*(body(envelope(text(f"a{number}"))) for number in range(5)))
    many = statements(*(body(envelope(text(f"b{number}"))) for number in range(30)))
    assert many == few


def test_what_comes_meanwhile_is_left_to_its_own_nudge(monkeypatch):
    """Else the sorter, under a constant stream, sorts two or three at a time without end."""
    sort_some, coming = sorting._sort, iter(range(5))

    def sort_while_more_comes(receipts: list[Receipt]) -> None:
        sort_some(receipts)
        for number in coming:
            receive(body(envelope(text(f"later {number}"))))
            break

    monkeypatch.setattr(sorting, "_sort", sort_while_more_comes)
    receive(body(envelope(text("first"))))

    assert sorting.sort_all() == 1
    assert sorting.sort_all() >= 1, "What came waits for the next nudge, and is not lost."


def test_a_sorter_that_meets_another_asks_again_later(monkeypatch):
    """The other may have looked before what this one was nudged for was there."""
    asked = []

    def taken(_receipts: object) -> list[Receipt]:
        raise TakenByAnother

    monkeypatch.setattr(sorting, "_lock", taken)
    monkeypatch.setattr(sorting, "nudge_sorting", lambda **how: asked.append(how))
    receive(body(envelope(text("first"))))

    assert sorting.sort_all() == 0
    assert asked == [{"at_once": False}]


def test_a_batch_that_somebody_else_sorted_meanwhile_does_not_end_the_work(monkeypatch):
    for number in range(5):
        receive(body(envelope(text(f"m{number}"))))
    monkeypatch.setattr(sorting, "BATCH", 2)
    look = sorting._next_batch

    def look_and_be_overtaken(due):
        monkeypatch.setattr(sorting, "_next_batch", look)
        ids = look(due)
        Receipt.objects.filter(pk__in=ids).update(state=Receipt.State.SORTED)
        return ids

    monkeypatch.setattr(sorting, "_next_batch", look_and_be_overtaken)
    sorting.sort_all()

    assert not Receipt.objects.filter(state=Receipt.State.UNSORTED).exists()
