"""Walk the main journey against a running deployment, and say what failed."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from edubot.synthetic.deployment import Deployment, Unexpected
from edubot.synthetic.journey import Journey
from support import phones


class Command(BaseCommand):
    help = (
        "Walk the main journey (menu, support, answer, end) against a running EduBot with this "
        "one's secrets; ends with 1 at the first step that fails. Use the number of a phone of "
        "your own: it receives what a student would. The API token comes from EDUBOT_TOKEN."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone", help="the synthetic student's number, as +2348031234567")
        parser.add_argument("--address", default=settings.PUBLIC_URL, help="default: PUBLIC_URL")
        parser.add_argument("--patience", type=float, default=30, help="seconds for each answer")

    def handle(self, *_args: Any, **options: Any) -> None:
        token = os.environ.get("EDUBOT_TOKEN", "")
        if not (token and options["address"]):
            raise CommandError(
                "Set EDUBOT_TOKEN (manage.py api_token create …) and PUBLIC_URL, or --address."
            )
        try:
            phone = phones.normalise(options["phone"])
        except ValueError as error:
            raise CommandError("Give the number with its country code: +2348031234567.") from error
        deployment = Deployment(options["address"].rstrip("/"), token, phone)
        for name, step in Journey(deployment, options["patience"]).steps():
            self._walk(name, step)
        self.stdout.write(self.style.SUCCESS("The main journey works."))

    def _walk(self, name: str, step: Any) -> None:
        began = time.monotonic()
        try:
            step()
        except Unexpected as error:
            self.stdout.write(self.style.ERROR(f"✗ {name}"))
            raise CommandError(str(error)) from error
        self.stdout.write(f"✓ {name} ({time.monotonic() - began:.1f} s)")
