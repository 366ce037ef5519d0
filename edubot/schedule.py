"""What beat asks workers to do, and how often (seconds). A late one is worthless: it expires."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    # A nudge may be lost: the sweep finds whatever is due. Expired, so that none pile up.
    "sweep": {"task": "whatsapp.tasks.sweep", "schedule": 2, "options": {"expires": 10}},
    "templates": {
        "task": "whatsapp.tasks.sync_templates",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "silence": {
        "task": "whatsapp.tasks.notice_silence",
        "schedule": 600,
        "options": {"expires": 600},
    },
    "still-there": {
        "task": "conversations.tasks.remind_idle",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "payments": {
        "task": "conversations.tasks.sweep_payments",
        "schedule": 5,
        "options": {"expires": 10},
    },
    "ending-subscriptions": {
        "task": "conversations.tasks.remind_subscribers",
        "schedule": 600,
        "options": {"expires": 600},
    },
    "chat-care": {
        "task": "conversations.tasks.care_for_chats",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "old-words": {
        "task": "conversations.tasks.forget_old_words",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "homework": {
        "task": "conversations.tasks.sweep_homework",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "desk": {"task": "support.tasks.keep_order", "schedule": 5, "options": {"expires": 10}},
    "service-levels": {
        "task": "support.tasks.keep_levels",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "staff-mail": {"task": "support.tasks.send_mail", "schedule": 15, "options": {"expires": 15}},
    "forget-idempotency-keys": {
        "task": "support.tasks.forget_idempotency_keys",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "events": {
        "task": "support.tasks.sweep_events",
        "schedule": 2,
        "options": {"expires": 10},
    },
    "old-events": {
        "task": "support.tasks.prune_events",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    # While students sleep; it goes in small steps all the same.
    "old-things": {
        "task": "conversations.tasks.forget_old",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
}
