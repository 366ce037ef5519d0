"""A person's sessions on other machines."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_elsewhere(user: User, kept: str | None) -> None:
    """End all sessions of `user` but the one with the key `kept`.

    Sessions do not say whose they are until they are read, so all that still run are read; there
    are as many as staff logged in within twelve hours.
    """
    running = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=kept)
    theirs = [
        session.session_key
        for session in running.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=theirs).delete()
