"""The WhatsApp account, the simulator that stands in for it, and how messages are delivered."""

from datetime import timedelta

from edubot.settings.environment import DEBUG, env, secret

WHATSAPP_PHONE_NUMBER_ID = env.str("WHATSAPP_PHONE_NUMBER_ID", default="")
WHATSAPP_BUSINESS_ACCOUNT_ID = env.str("WHATSAPP_BUSINESS_ACCOUNT_ID", default="")
WHATSAPP_ACCESS_TOKEN = env.str("WHATSAPP_ACCESS_TOKEN", default="")
WHATSAPP_GRAPH_URL = env.str("WHATSAPP_GRAPH_URL", default="https://graph.facebook.com")
WHATSAPP_GRAPH_VERSION = env.str("WHATSAPP_GRAPH_VERSION", default="v25.0")

WHATSAPP_SIMULATOR = env.bool("WHATSAPP_SIMULATOR", default=DEBUG and not WHATSAPP_ACCESS_TOKEN)
# Where the simulator finds EduBot, to post its webhooks, and EduBot the simulator's Graph API.
SIMULATOR_URL = env.str("SIMULATOR_URL", f"http://127.0.0.1:{env.int('PORT', default=8000)}")
WHATSAPP_SIMULATOR_WEBHOOK_URL = f"{SIMULATOR_URL}/webhooks/whatsapp"
PAYSTACK_SIMULATOR_WEBHOOK_URL = f"{SIMULATOR_URL}/webhooks/paystack"

WHATSAPP_APP_SECRET = secret("WHATSAPP_APP_SECRET", "simulated-app-secret")
WHATSAPP_VERIFY_TOKEN = secret("WHATSAPP_VERIFY_TOKEN", "simulated-verify-token")
if not WHATSAPP_SIMULATOR:
    WHATSAPP_ACCESS_TOKEN = secret("WHATSAPP_ACCESS_TOKEN", "")
    WHATSAPP_PHONE_NUMBER_ID = secret("WHATSAPP_PHONE_NUMBER_ID", "")
else:
    WHATSAPP_ACCESS_TOKEN = WHATSAPP_ACCESS_TOKEN or "simulated-access-token"
    WHATSAPP_PHONE_NUMBER_ID = WHATSAPP_PHONE_NUMBER_ID or "100000000000001"
    WHATSAPP_BUSINESS_ACCOUNT_ID = WHATSAPP_BUSINESS_ACCOUNT_ID or "200000000000002"
    WHATSAPP_GRAPH_URL = env.str("WHATSAPP_GRAPH_URL", f"{SIMULATOR_URL}/simulator/graph")

# Where this EduBot is found from outside: for links in e-mails, and for `manage.py doctor`.
PUBLIC_URL = env.str("PUBLIC_URL", default=SIMULATOR_URL if WHATSAPP_SIMULATOR else "").rstrip("/")
WHATSAPP_NUMBER = "".join(filter(str.isdigit, env.str("WHATSAPP_NUMBER", default="")))

WHATSAPP_MESSAGES_PER_SECOND = env.int("WHATSAPP_MESSAGES_PER_SECOND", default=80)
WHATSAPP_MARK_READ = env.bool("WHATSAPP_MARK_READ", default=True)
WHATSAPP_LEASE = timedelta(seconds=env.int("WHATSAPP_LEASE_SECONDS", default=60))
WHATSAPP_HTTP_TIMEOUT = (5, 20)  # seconds to connect, to answer; together under half a lease
WHATSAPP_RECONCILE_WAIT = timedelta(seconds=env.int("WHATSAPP_RECONCILE_WAIT_SECONDS", default=120))
# Nobody plays Meta at night in a first look, so there silence is no alarm unless it is set.
WHATSAPP_SILENCE = timedelta(
    hours=env.int("WHATSAPP_SILENCE_HOURS", default=0 if WHATSAPP_SIMULATOR else 24)
)
WHATSAPP_MEDIA_MAX_BYTES = 100 * 1024 * 1024
WHATSAPP_DOWNLOADS = env.int("WHATSAPP_DOWNLOADS", default=2)  # at a time, over all workers
PHONE_DEFAULT_REGION = env.str("PHONE_DEFAULT_REGION", default="NG")
