"""Schemathesis against the whole API: every operation, all checks, also one call after another.

`API_CASES=400 make test-all` asks for so many examples an operation and phase (10 unless told).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edubot.tests import api_world
from support.models import ApiToken
from support.tests import api

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
EXAMPLES = os.environ.get("API_CASES", "10")


def test_nothing_that_a_schema_allows_or_forbids_breaks_the_api(live_server, tmp_path):
    api_world.make()
    _, token = ApiToken.objects.create(user=api.staff(), scopes=["read", "reply", "manage"])
    command = [
        Path(sys.executable).with_name("schemathesis"),
        *("run", f"{live_server.url}/api/schema?format=json"),
        *("--header", f"Authorization: Bearer {token}"),
        *("--checks", "all", "--max-examples", EXAMPLES, "--workers", "1", "--seed", "1"),
        *("--continue-on-failure", "--no-color", "--generation-database", "none"),
        # Which texts are phone numbers no schema can say.
        *("--exclude-checks", "positive_data_acceptance"),
    ]
    ran = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    sys.stdout.write(ran.stdout[ran.stdout.rfind("= SUMMARY") :])
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2000:]
