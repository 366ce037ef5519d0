"""Whole conversations in French through the signed webhook."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from conversations import care, homework, reminders
from conversations.models import BotText, Conversation, Homework, Student
from conversations.tests.paying import Payer
from support import services
from support.models import OpeningHours, SupportTicket
from support.services import Actor
from whatsapp.models import Contact
from whatsapp.tests.phone import Phone


@pytest.fixture
def awa(ada):
    """Ada's phone in the hands of somebody who speaks French."""
    for words in ("Bonjour", "Awa Diop", "passer", "Terminale"):
        ada.say(words)
    return ada


def test_a_newcomer_registers_in_french(ada):
    ada.say("Bonjour")
    assert ada.last.text == (
        "👋 Bienvenue chez *EduBot* ! Faisons connaissance.\n\nQuel est ton nom complet ?"
    )
    assert [one.title for one in ada.last.buttons] == ["💬 Assistance", "📍 Menu principal"]
    ada.say("Awa Diop")
    ada.tap("⏭️ Passer")
    ada.say("Terminale")

    assert ada.last.text.startswith("🎉 Bienvenue, Awa ! Ton inscription est faite.")
    assert [row.title for row in ada.last.rows][:2] == ["📝 Devoirs", "💳 S'abonner"]
    assert Student.objects.get().class_name == "Terminale"
    assert Contact.objects.get().language == "fr"


def test_homework_is_handed_in_and_solved_in_french(awa, agent, work):
    awa.tap("homework")
    awa.say("Biologie")
    awa.tap("📄 Texte")
    awa.say("La photosynthèse")
    made = Homework.objects.get()
    assert awa.last.text.startswith(
        f"✅ Ton devoir « Biologie » est rendu. Son numéro est *{made.reference}*."
    )
    awa.say("statut")
    assert f"• {made.reference} Biologie" in awa.last.text
    assert "En attente" in awa.last.text

    homework.cancel(made.pk, Actor.of(agent), "", token=uuid4())
    work()
    assert awa.last.text == f"Ton devoir « Biologie » *{made.reference}* a été annulé."


def test_a_chat_is_held_ended_and_rated_in_french(awa, agent, work):
    awa.say("je veux parler à quelqu'un")
    assert awa.last.text.startswith("Bonjour Awa ! 💬\n📞 Assistance en direct")
    awa.say("Mon envoi échoue")
    assert awa.last.text.startswith("✓ Ton message a été transmis à notre équipe.")
    ticket = SupportTicket.objects.get()
    services.reply(ticket.pk, Actor.of(agent), "Essaie encore")
    work()
    assert awa.last.text == "🎧 Support Team: Essaie encore"

    awa.tap("❌ Terminer")
    assert awa.last.text.startswith("✅ La discussion est terminée.")
    awa.tap("👍 Bien")
    assert awa.last.text.startswith("Merci pour ton avis ! 😊")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.rating) == ("CLOSED", "good")
    awa.say("mes demandes")
    assert f"#{ticket.pk} Mon envoi échoue – Fermée" in awa.last.text


def test_the_team_s_goodbye_is_in_french(awa, agent, work):
    awa.say("assistance")
    services.end(SupportTicket.objects.get().pk, Actor.of(agent), words="À bientôt")
    work()
    assert awa.last.text.startswith("🎧 Support Team: À bientôt\n\n✅ Notre équipe a terminé")


def test_switching_half_way_keeps_the_place(awa):
    awa.say("devoirs")
    awa.say("Biologie")
    awa.say("language")
    awa.tap("🇬🇧 English")
    assert awa.last.text == (
        "🌍 All right, we speak English.\n\n*Biologie*: will you send it as text or as pictures?"
    )
    awa.say("Français")
    assert awa.last.text.startswith("🌍 D'accord, parlons français.\n\n*Biologie* :")
    awa.tap("📄 Texte")
    assert awa.last.text == "📄 Envoie ton devoir « Biologie » en un seul message."


def test_after_a_restart_it_goes_on_in_french(awa, client, work):
    """Another process with empty caches, which has seen nothing of what was said before."""
    awa.say("devoirs")
    awa.say("Biologie")
    cache.clear()
    restarted = Phone(client, number="2348059876543", works=work)
    restarted.say("texte")
    assert restarted.last.text == "📄 Envoie ton devoir « Biologie » en un seul message."


def test_half_an_hour_later_the_reminder_is_in_french(awa, work, settings):
    awa.say("devoirs")
    long_ago = timezone.now() - settings.BOT_REMINDS_AFTER - timedelta(minutes=1)
    Conversation.objects.update(updated_at=long_ago)

    assert reminders.remind_idle() == 1
    work()
    assert awa.last.text == "Tu étais en train de rendre un devoir. Veux-tu continuer ?"


def test_the_care_for_an_open_chat_speaks_french(ada, clock, work, settings):
    ada.say("français")
    ada.say("support")
    ada.say("Mon envoi échoue")
    clock.shift(settings.SUPPORT_STILL_ON_IT_AFTER + timedelta(minutes=1))
    care.sweep()
    work()
    assert ada.last.text.startswith("🙏 Merci de ta patience")


def test_news_of_a_payment_is_in_french(payer: Payer):
    payer.phone.say("français")
    payer.phone.say("payer")
    assert "L'abonnement coûte ₦5,000 par mois." in payer.phone.last.text
    payer.phone.tap("✅ Confirmer")
    assert "Voici ton lien pour payer ₦5,000 par mois." in payer.phone.last.text


def test_staff_s_words_are_said_in_their_language_only(awa, john):
    BotText.objects.create(key="help", language="fr", text="Je suis là.")
    awa.say("aide")
    assert awa.last.text.startswith("Je suis là.")
    john.say("help")
    assert john.last.text.startswith("Here is what I can do:")
    BotText.objects.create(key="help", text="I am here.")
    awa.say("aide")
    assert awa.last.text.startswith("Je suis là.")


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Nous revenons le lundi 23 novembre à 08:00."), ("en", "back on Monday, 23 November")],
)
def test_opening_days_have_names_in_the_language(ada, clock, language, said):
    OpeningHours.objects.create(weekday=0, opens=time(8), closes=time(17))
    ada.say({"fr": "français", "en": "english"}[language])
    ada.say("support")
    assert said in ada.last.text
