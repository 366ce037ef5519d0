"""A student who hides the phone number shares it when an agent asks, and it is linked."""

import pytest
from django.urls import reverse

from support import services
from support.models import SupportTicket
from support.services import Actor, ServiceError
from whatsapp.models import Contact, Identity, MergeCandidate
from whatsapp.simulator import phones
from whatsapp.tests import webhooks
from whatsapp.tests.phone import Phone

SHARE = "📱 Share phone number"


@pytest.fixture
def hidden(db, client, work) -> Phone:
    """Someone known by a business-scoped id alone."""
    row = phones.create("Ada Obi", "2348059876543", hides_phone=True)
    phone = Phone(client, number="2348059876543", user_id=row.user_id, works=work)
    phone.say("support")
    phone.say("It fails")
    return phone


def act(client, agent, name="ask-number"):
    client.force_login(agent)
    ticket = SupportTicket.objects.get()
    address = reverse("admin:support_ticket_act", args=[ticket.pk, name])
    return client.post(address, follow=True)


def test_the_number_is_asked_for_and_linked(hidden, client, agent, work):
    assert Contact.objects.get().phone == ""
    page = act(client, agent)
    assert "The student is asked for the phone number." in page.text
    assert "Ask for the number" in page.text
    work()
    assert hidden.last.text.startswith("Could you share your phone number")

    hidden.tap(SHARE)
    contact = Contact.objects.get()
    assert contact.phone == "+2348059876543"
    assert contact.identities.filter(kind=Identity.Kind.PHONE).exists()
    page = client.get(reverse("admin:desk_ticket", args=[SupportTicket.objects.get().pk]))
    assert "+2348059876543" in page.text
    assert "Ask for the number" not in page.text
    assert "👤 +2348059876543" in page.text


def test_it_is_asked_in_the_language_of_the_student(hidden, agent, work):
    Contact.objects.update(language="fr")
    services.ask_for_number(SupportTicket.objects.get().pk, Actor.of(agent))
    work()
    assert hidden.last.text.startswith("Peux-tu nous donner ton numéro")


def test_a_number_of_somebody_else_is_for_staff_to_decide(hidden, john, client, agent, work):
    john.row.__class__.objects.filter(pk=john.row.pk).update(number="2348031234567")
    john.say("hi")
    known = Contact.objects.get(phone="+2348031234567")
    act(client, agent)
    work()
    card = {"origin": "contact_request", "phones": [{"phone": "+234 803 123 4567"}]}
    hidden.send_raw({"type": "contacts", "contacts": [card]})

    asked = Contact.objects.exclude(pk=known.pk).get()
    assert (asked.phone, known.phone) == ("", "+2348031234567")
    candidate = MergeCandidate.objects.get()
    assert {candidate.older_id, candidate.younger_id} == {asked.pk, known.pk}


def test_a_card_that_nobody_asked_for_is_not_linked(hidden):
    item = webhooks.contact_card(phone="+2348011112222", origin="other")
    hidden.send_raw({"type": "contacts", "contacts": item["contacts"]})
    assert Contact.objects.get().phone == ""


def test_after_the_chat_the_number_is_thanked_for(hidden, client, agent, work):
    act(client, agent)
    work()
    hidden.say("end chat")
    hidden.tap(SHARE)
    assert hidden.last.text.startswith("Thank you! We have your phone number now.")
    assert Contact.objects.get().phone == "+2348059876543"


def test_who_is_known_by_number_is_not_asked(john, agent):
    john.say("support")
    with pytest.raises(ServiceError, match="known already"):
        services.ask_for_number(SupportTicket.objects.get().pk, Actor.of(agent))
