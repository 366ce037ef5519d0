"""Payments, subscriptions and Paystack's notices in the admin."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from conversations import payments
from conversations.models import Payment, PaymentNotice, Student, Subscription
from conversations.tests.paying import Payer
from support.tests.queries_made import queries_made
from whatsapp.contacts import of_phone

PAGES = "/admin/conversations"


@pytest.fixture
def staff(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def flagged(payer: Payer) -> Payer:
    payer.gets_link()
    payer.pays("pay_too_little")
    payer.hears()
    return payer


def member(role: str) -> Client:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, model: str, action: str) -> str:
    chosen = {"payment": Payment, "paymentnotice": PaymentNotice}[model]
    ids = list(chosen.objects.values_list("pk", flat=True))
    form = {"action": action, "_selected_action": ids}
    return client.post(f"{PAGES}/{model}/", form, follow=True).content.decode()


def test_what_needs_a_look_is_found_and_says_why(staff: Client, flagged: Payer):
    page = staff.get(f"{PAGES}/payment/?status__exact=FLAGGED").content.decode()

    assert flagged.payment.reference in page
    assert "Paid ₦2,500 instead of ₦5,000." in page
    assert "Needs a look" in page


def test_the_first_page_says_that_something_needs_a_look(staff: Client, flagged: Payer):
    page = staff.get("/admin/").content.decode()
    assert "<strong>1 Payment(s)</strong> need a look" in page

    act(staff, "payment", "accept")

    assert "need a look" not in staff.get("/admin/").content.decode()


def test_the_page_of_a_payment_tells_all_and_changes_nothing(staff: Client, flagged: Payer):
    page = staff.get(f"{PAGES}/payment/{flagged.payment.pk}/change/").content.decode()

    assert "₦2,500" in page
    assert "₦5,000" in page
    assert 'name="_save"' not in page


def test_staff_accept_a_payment_and_the_student_is_told(staff: Client, flagged: Payer):
    assert "1 payment(s) accepted." in act(staff, "payment", "accept")
    flagged.work()

    assert flagged.payment.status == "PAID"
    assert "you are subscribed until" in flagged.reads
    history = staff.get(f"{PAGES}/payment/{flagged.payment.pk}/history/").content.decode()
    assert "Accepted as it is." in history
    assert "0 payment(s) accepted." in act(staff, "payment", "accept")


def test_paystack_can_be_asked_again(staff: Client, payer: Payer):
    payer.gets_link()
    payer.pays()

    act(staff, "payment", "ask_paystack")
    payer.work()

    assert payer.payment.status == "PAID"


def test_a_notice_shows_its_body_and_can_be_read_again(staff: Client, flagged: Payer):
    notice = PaymentNotice.objects.get()
    page = staff.get(f"{PAGES}/paymentnotice/{notice.pk}/change/").content.decode()
    assert "charge.success" in page

    PaymentNotice.objects.update(state="failed")
    assert "1 notice(s) will be read again." in act(staff, "paymentnotice", "read_again")
    assert PaymentNotice.objects.get().state == "waiting"


def test_staff_may_give_days_away(staff: Client, payer: Payer):
    form = {"student": payer.student.pk, "ends_at_0": "2026-12-24", "ends_at_1": "12:00"}

    answer = staff.post(f"{PAGES}/subscription/add/", form)

    assert answer.status_code == 302
    payer.phone.say("status")
    assert "Subscribed until 24/12/2026" in payer.reads


@pytest.mark.parametrize(
    ("role", "sees", "decides", "reads_notices"),
    [("Agent", 200, False, 403), ("Lead", 200, True, 403), ("Administrator", 200, True, 200)],
)
def test_each_role_may_do_its_part(
    flagged: Payer, role: str, sees: int, decides: bool, reads_notices: int
):
    client = member(role)

    assert client.get(f"{PAGES}/payment/").status_code == sees
    assert client.get(f"{PAGES}/subscription/").status_code == sees
    assert client.get(f"{PAGES}/paymentnotice/").status_code == reads_notices
    act(client, "payment", "accept")
    assert (flagged.payment.status == "PAID") is decides


def test_nobody_else_sees_payments(flagged: Payer):
    stranger = User.objects.create_user("stranger", is_staff=True)
    client = Client()
    client.force_login(stranger)

    assert client.get(f"{PAGES}/payment/").status_code == 403


def make(number: int) -> None:
    contact = of_phone(f"+234803000{number:04}", f"Student {number}")
    student = Student.objects.create(contact=contact, name=f"Student {number}", class_name="SS2")
    payment = payments.begin(student)
    Subscription.objects.create(student=student, ends_at=timezone.now())
    PaymentNotice.objects.create(body=b"{}", digest=str(number), payment=payment)


@pytest.mark.parametrize("model", ["payment", "subscription", "paymentnotice"])
def test_lists_cost_the_same_however_long(staff: Client, model: str):
    def cost(numbers: range) -> int:
        for number in numbers:
            make(number)
        with queries_made() as found:
            staff.get(f"{PAGES}/{model}/")
        return len(found)

    assert cost(range(1, 4)) == cost(range(4, 31))
