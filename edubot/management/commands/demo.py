"""Data for a first look, and the addresses to look at."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from conversations.models import FaqEntry, Tutor
from edubot.demo.busy_desk import create_colleague, create_desk
from edubot.demo.past_weeks import create_past
from support.models import CannedReply, Category, Macro, Priority
from whatsapp.simulator.demo import create_students

USERNAME, PASSWORD = "demo", "demo-first-look"
FAQ = {
    "en": [
        ("Homework", "How do I hand in homework?", "Choose 📝 Homework in the menu and follow me."),
        ("Homework", "How long does a solution take?", "Most are solved within a day."),
        ("Payment", "What does a subscription cost?", "Choose 💳 Subscribe in the menu to see it."),
        ("Account", "How do I change my class?", "Write *update* and send the new class."),
    ],
    "fr": [
        ("Devoirs", "Comment rendre un devoir ?", "Choisis 📝 Devoirs dans le menu et suis-moi."),
        ("Devoirs", "Quand aurai-je la correction ?", "Le plus souvent en moins d'un jour."),
        ("Paiement", "Combien coûte un abonnement ?", "Choisis 💳 S'abonner pour voir le prix."),
        ("Compte", "Comment changer de classe ?", "Écris *modifier* et envoie ta classe."),
    ],
}
REPLIES = [
    ("hello", "Hi {{ name }}, this is {{ agent }}. How can I help?"),
    ("photo", "Could you send a photo of what you see?"),
    ("bye", "Happy to help, {{ name }}. Have a good day!"),
]
MACROS: dict[str, dict[str, Any]] = {
    "Ask for a photo": {"assign": Macro.Assign.ME, "canned": "photo", "snooze_minutes": 60 * 24},
    "Payment to look at": {
        "priority": Priority.HIGH,
        "category": "Payment",
        "note": "{{ full_name }} says that a payment is missing. Please compare with Paystack.",
        "reply": "Thank you, {{ name }}. We are looking for your payment.",
    },
}
WELCOME = """
EduBot is starting. In a moment:

  The student's phone   http://127.0.0.1:{port}/simulator/
  The support desk      http://127.0.0.1:{port}/admin/       login: {username} / {password}
  The API               http://127.0.0.1:{port}/api/docs

Write "support" on the phone, then answer in the desk. Ctrl+C stops everything.
"""


class Command(BaseCommand):
    help = (
        "Create demo students, questions and a login, and print the addresses. Not in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--busy", action="store_true", help="With a desk full of tickets.")

    def handle(self, *_args: Any, busy: bool = False, **_options: Any) -> None:
        if not settings.WHATSAPP_SIMULATOR:
            raise CommandError(
                "The demo needs the simulator: unset WHATSAPP_ACCESS_TOKEN, or start web, worker "
                "and beat of the Procfile by themselves."
            )
        self._create()
        if busy:
            user, colleague = User.objects.get(username=USERNAME), create_colleague()
            create_past([user, colleague])
            create_desk(user, colleague)
        port = os.environ.get("PORT", "8000")
        self.stdout.write(WELCOME.format(port=port, username=USERNAME, password=PASSWORD))

    def _create(self) -> None:
        create_students()
        if not User.objects.filter(username=USERNAME).exists():
            user = User.objects.create_superuser(USERNAME, password=PASSWORD, first_name="Grace")
            Tutor.objects.create(user=user)
        if not FaqEntry.objects.exists():
            FaqEntry.objects.bulk_create(
                FaqEntry(language=language, category=category, question=question, answer=answer)
                for language, entries in FAQ.items()
                for category, question, answer in entries
            )
        for shortcut, text in REPLIES:
            CannedReply.objects.get_or_create(shortcut=shortcut, defaults={"text": text})
        for category in ("Homework", "Payment", "Account", "Other"):
            Category.objects.get_or_create(name=category)
        for name, steps in MACROS.items():
            _create_macro(name, steps)


def _create_macro(name: str, steps: dict[str, Any]) -> None:
    canned = CannedReply.objects.filter(shortcut=steps.get("canned")).first()
    category = Category.objects.filter(name=steps.get("category")).first()
    does = {**steps, "canned": canned, "category": category}
    Macro.objects.get_or_create(name=name, defaults=does)
