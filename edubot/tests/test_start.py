"""How EduBot starts, and why it refuses to."""

import os
import subprocess
import sys

import pytest

PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": "k" * 30 + "Z7-x" * 10,
    "ALLOWED_HOSTS": "desk.example.org",
    "WHATSAPP_APP_SECRET": "app-secret",
    "WHATSAPP_VERIFY_TOKEN": "verify-token",
    "WHATSAPP_ACCESS_TOKEN": "access-token",
    "WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
}
SECRETS = sorted(PRODUCTION.keys() - {"DEBUG", "ALLOWED_HOSTS"})


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in an environment that holds nothing else."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_for_a_first_look_without_any_environment():
    assert start("check").returncode == 0


def test_beat_finds_a_folder_for_its_schedule_in_a_fresh_checkout(tmp_path):
    """With Redis nothing else makes the folder `var`, and beat would end at once."""
    code = "from edubot.celery import app; app.conf.beat_schedule"
    schedule = tmp_path / "var" / "beat"
    subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            **PRODUCTION,
            "CELERY_BROKER_URL": "redis://127.0.0.1/0",
            "BEAT_SCHEDULE": str(schedule),
        },
        check=True,
    )
    assert schedule.parent.is_dir()


def test_a_lease_shorter_than_a_slow_call_is_warned_of():
    done = start("check", "--deploy", **PRODUCTION, WHATSAPP_LEASE_SECONDS="30")

    assert "whatsapp.W021" in done.stderr


def test_production_settings_pass_the_deploy_check():
    done = start("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_a_missing_secret_stops_the_start_with_its_name(name):
    done = start("check", **{key: value for key, value in PRODUCTION.items() if key != name})

    assert done.returncode != 0
    assert f"{name} is not set." in done.stderr


def test_debug_is_off_as_soon_as_there_is_a_real_account():
    done = start("check", WHATSAPP_ACCESS_TOKEN="real")

    assert "SECRET_KEY is not set." in done.stderr


def test_a_misspelt_hook_is_found_by_a_check(settings):
    from whatsapp.hooks import check

    settings.WHATSAPP_MESSAGE_HANDLER = "conversations.inbound.recieve"

    assert [problem.id for problem in check()] == ["whatsapp.E001"]
