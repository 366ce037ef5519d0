"""Give a person what is kept of them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edubot.privacy.exporting import export
from edubot.privacy.finding import find


class Command(BaseCommand):
    help = "Write everything that is kept of a contact into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contact", help="A phone number, or contact:ID.")
        parser.add_argument("--output", required=True, type=Path, help="A folder not yet there.")

    def handle(self, *_: Any, contact: str, output: Path, **__: Any) -> None:
        try:
            rows = export(find(contact), output)
        except FileExistsError as error:
            raise CommandError(f"{output} is there already. Name a new folder.") from error
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{rows} rows in {output}. Hand it over safely, then delete it.")
