"""Where the student's browser lands after Paystack's page: a way back, and nothing else."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from conversations.tests.paying import Payer
from whatsapp.simulator.paystack.models import SimulatedTransaction

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/paid") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_paystack_is_told_where_to_send_the_student(payer: Payer, settings):
    settings.PUBLIC_URL = "https://desk.example.org"
    payer.gets_link()
    assert SimulatedTransaction.objects.get().callback_url == "https://desk.example.org/paid"


def test_without_a_public_address_paystacks_own_setting_counts(payer: Payer, settings):
    settings.PUBLIC_URL = ""
    payer.gets_link()
    assert SimulatedTransaction.objects.get().callback_url == ""


@pytest.mark.parametrize("webhook_first", [True, False])
def test_the_way_back_and_the_webhook_may_come_in_any_order(
    payer: Payer, settings, webhook_first: bool
):
    settings.PUBLIC_URL = "https://desk.example.org"
    payer.gets_link()
    payer.pays()
    if webhook_first:
        payer.hears()
    checkout = payer.phone.client.get(urlsplit(payer.link).path).content.decode()
    back = re.search(r'href="https://desk\.example\.org(/paid\?[^"]+)"', checkout)
    assert back is not None
    assert payer.payment.reference not in page(payer.phone.client, back[1].replace("&amp;", "&"))
    payer.hears()
    assert payer.payment.status == "PAID"
    assert sum("🎉 Thank you!" in shown.text for shown in payer.phone.received) == 1


def test_who_comes_without_having_paid_is_not_taken_for_a_payer(payer: Payer):
    payer.gets_link()
    page(payer.phone.client, f"/paid?reference={payer.payment.reference}")
    assert payer.payment.status == "PENDING"


def test_it_leads_to_the_bots_chat(client: Client, settings):
    settings.WHATSAPP_NUMBER = "2347001234567"
    assert 'href="https://wa.me/2347001234567"' in page(client)


def test_in_a_first_look_it_leads_to_the_simulated_phone(client: Client, settings):
    settings.WHATSAPP_NUMBER = ""
    assert 'href="/simulator/"' in page(client)
    settings.WHATSAPP_SIMULATOR = False
    assert "<a " not in page(client)


def test_it_is_clean_for_a_strict_content_security_policy(client: Client):
    html = page(client)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)
