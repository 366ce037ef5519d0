"""Look at everything that EduBot needs, and say what is wrong and how to mend it."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edubot.doctor import machine, meta, money, traffic
from edubot.doctor.finding import Finding, Level

LOOKS = (*machine.LOOKS, *meta.LOOKS, *money.LOOKS, *traffic.LOOKS)
SIGNS = {Level.WELL: "✓", Level.WARNING: "!", Level.FAULT: "✗"}


class Command(BaseCommand):
    help = "Look at everything that EduBot needs; ends with 1 if there is a fault."
    requires_system_checks = ()  # their faults are among the findings

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        findings = [look() for look in LOOKS]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            for finding in findings:
                self._show(finding)
        faults = sum(finding.level is Level.FAULT for finding in findings)
        if faults:
            raise CommandError(f"{faults} fault(s).")

    def _show(self, finding: Finding) -> None:
        style = {Level.WELL: self.style.SUCCESS, Level.WARNING: self.style.WARNING}
        paint = style.get(finding.level, self.style.ERROR)
        self.stdout.write(paint(f"{SIGNS[finding.level]} {finding.subject}: {finding.sentence}"))
        if finding.fix:
            self.stdout.write(f"    → {finding.fix}")
