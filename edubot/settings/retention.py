"""How long what people sent is kept, in days; 0 keeps it for ever."""

from datetime import timedelta

from edubot.settings.environment import env

# Meta delivers again for seven days. After that a body is only there to be looked at.
RECEIPT_BODIES_KEPT = timedelta(days=env.int("RECEIPT_BODIES_KEPT_DAYS", default=14))
RECEIPTS_KEPT = timedelta(days=env.int("RECEIPTS_KEPT_DAYS", default=90))
MESSAGES_KEPT = timedelta(days=env.int("MESSAGES_KEPT_DAYS", default=730))
FILES_KEPT = timedelta(days=env.int("FILES_KEPT_DAYS", default=365))
HOMEWORK_FILES_KEPT = timedelta(days=env.int("HOMEWORK_FILES_KEPT_DAYS", default=365))
