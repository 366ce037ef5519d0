"""Logs, metrics and error reports."""

from edubot import sentry
from edubot.logs import logging_config
from edubot.settings.environment import DEBUG, env

LOGGING = logging_config(readable=DEBUG)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
sentry.start(SENTRY_DSN)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_ARE_OPEN = DEBUG and not METRICS_TOKEN
