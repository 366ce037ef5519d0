"""Schemathesis against the whole API: every operation, all checks, also one call after another.

`API_CASES=180 make test-all` asks for up to so many examples an operation and phase: ten thousand
cases and more, whose number is printed. Ten, without it, make three thousand. With one seed, no
database of examples and no clock in what is tried, two runs on the same code try the same things,
however slow the machine is.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from edubot.tests import api_checks, api_world
from support.models import ApiToken
from support.tests import api

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
EXAMPLES = int(os.environ.get("API_CASES", "10"))
CASES = re.compile(r"(\d+) generated, (\d+) passed")
UNBOUNDED = dict.fromkeys(("token", "address", "failures"), 10**9)  # requests a minute


def test_nothing_that_a_schema_allows_or_forbids_breaks_the_api(live_server, tmp_path, settings):
    settings.API_LIMITS = UNBOUNDED
    api_world.make()
    _, token = ApiToken.objects.create(
        user=api.staff(is_superuser=True), scopes=["read", "reply", "manage"]
    )
    command = [
        Path(sys.executable).with_name("schemathesis"),
        *("run", f"{live_server.url}/api/schema?format=json"),
        *("--header", f"Authorization: Bearer {token}"),
        *("--checks", "all", "--max-examples", str(EXAMPLES), "--workers", "1", "--seed", "1"),
        *("--continue-on-failure", "--no-color", "--generation-database", "none"),
        *("--suppress-health-check", "all"),
        # `api_checks` has a check in its place that knows what no schema can say.
        *("--exclude-checks", "positive_data_acceptance"),
    ]
    ran = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": api_checks.__file__},
        capture_output=True,
        text=True,
        check=False,
    )
    summary = ran.stdout[ran.stdout.rfind("= SUMMARY") :]
    sys.stdout.write(summary)
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2000:]
    counted = CASES.search(summary)
    assert counted, summary
    assert int(counted[1]) > len(api_world.operations()) * EXAMPLES
