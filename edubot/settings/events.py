"""Events for other systems."""

from datetime import timedelta

from edubot.settings.environment import env

EVENTS_KEPT = timedelta(days=env.int("EVENTS_KEPT_DAYS", default=30))
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)
