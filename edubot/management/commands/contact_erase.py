"""Forget a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edubot.privacy.finding import find
from whatsapp import belongings, erasing
from whatsapp.models import Contact


class Command(BaseCommand):
    help = "Delete everything that is kept of a contact. Paid amounts stay, without a name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contact", help="A phone number, or contact:ID.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *_: Any, contact: str, yes: bool, **__: Any) -> None:
        try:
            found = find(contact)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self._preview(found)
        if not yes and input(f"Type “erase {found.pk}” to go on: ") != f"erase {found.pk}":
            raise CommandError("Nothing was erased.")
        counts = erasing.erase(found.pk)
        self.stdout.write(f"Erased {sum(counts.values())} rows and their files.")

    def _preview(self, contact: Contact) -> None:
        theirs = belongings.of(contact)
        self.stdout.write(f"{contact}, contact:{contact.pk}. This goes for ever:")
        for model, rows in theirs.items():
            self.stdout.write(f"{len(rows):>7}  {model._meta.verbose_name_plural}")  # noqa: SLF001
        self.stdout.write(f"{sum(1 for _ in belongings.files(theirs)):>7}  files")
