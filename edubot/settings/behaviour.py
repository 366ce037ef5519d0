"""How the bot and the desk behave: what a school may want otherwise."""

from datetime import timedelta

from edubot.settings.environment import env

BOT_NAME = env.str("BOT_NAME", default="EduBot")
BOT_ANSWERS_UP_TO = timedelta(hours=env.int("BOT_ANSWERS_UP_TO_HOURS", default=12))
# Receipts of pictures wait this long for the next picture, so that an album brings one receipt.
BOT_RECEIPT_AFTER = timedelta(seconds=env.int("BOT_RECEIPT_AFTER_SECONDS", default=4))
BOT_REMINDS_AFTER = timedelta(minutes=env.int("BOT_REMINDS_AFTER_MINUTES", default=30))
# What the bot did not understand and staff gave no meaning is forgotten when nobody writes it.
BOT_KEEPS_WORDS_DAYS = env.int("BOT_KEEPS_WORDS_DAYS", default=90)
SUPPORT_RECEIPT_EVERY = timedelta(seconds=env.int("SUPPORT_RECEIPT_EVERY_SECONDS", default=60))
SUPPORT_REOPEN_WITHIN = timedelta(minutes=env.int("SUPPORT_REOPEN_WITHIN_MINUTES", default=0))
# The care for open chats; 0 minutes switch each off.
SUPPORT_STILL_ON_IT_AFTER = timedelta(
    minutes=env.int("SUPPORT_STILL_ON_IT_AFTER_MINUTES", default=15)
)
SUPPORT_IDLE_WARNING = timedelta(minutes=env.int("SUPPORT_IDLE_WARNING_MINUTES", default=60))
SUPPORT_IDLE_CLOSE = timedelta(minutes=env.int("SUPPORT_IDLE_CLOSE_MINUTES", default=30))
SUPPORT_WINDOW_REMINDER = timedelta(minutes=env.int("SUPPORT_WINDOW_REMINDER_MINUTES", default=60))
SUPPORT_SHOW_AGENT_NAME = env.bool("SUPPORT_SHOW_AGENT_NAME", default=False)
# An agent's answer waits this long in the desk, where it can be taken back; 0 seconds: not at all.
SUPPORT_UNDO = timedelta(seconds=env.int("SUPPORT_UNDO_SECONDS", default=5))
SUPPORT_MASK_NUMBERS = env.bool("SUPPORT_MASK_NUMBERS", default=False)
