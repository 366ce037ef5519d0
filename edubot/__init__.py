"""The only floor that knows everyone: settings, addresses, Celery app, health and metrics."""

from edubot.celery import app as celery_app

__all__ = ["celery_app"]
