"""What EduBot is made of, its languages and times, and e-mail."""

from edubot.settings.environment import BASE_DIR, env

INSTALLED_APPS = [
    "edubot.apps.EdubotAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_prometheus",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "edubot.apps.EdubotConfig",
    "whatsapp",
    "support",
    "conversations",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "edubot.middleware.RequestIdMiddleware",
    "edubot.middleware.DoorMiddleware",
    "edubot.middleware.PatienceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "edubot.middleware.PrivacyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "edubot.second_factor.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "edubot.urls"
WSGI_APPLICATION = "edubot.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "edubot" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# The seams through which a lower floor calls a higher one; checked at start.
WHATSAPP_MESSAGE_HANDLER = "conversations.inbound.receive"
WHATSAPP_CONTACT_MERGER = "conversations.merging.merge"
WHATSAPP_CONTACT_ERASER = "conversations.erasing.erase"
WHATSAPP_FILE_HANDLER = "conversations.photos.settled"
WHATSAPP_FILE_ADDRESS = "support.desk.attachments.address"
WHATSAPP_NEWS_HANDLER = "support.events.messages.hear"
WHATSAPP_NUMBER_SHOWN = "support.phones.shown"
WHATSAPP_NUMBER_SEARCHED = "support.phones.searched"
SUPPORT_CHAT_ENDED_HANDLER = "conversations.outbound.chat_ended"
SUPPORT_PROFILE_PROVIDER = "conversations.profiles.of_contact"
SUPPORT_SENTENCE_PROVIDER = "conversations.speaking.sentence"

# What students can be told by template once the 24 hours are over: what staff read, the values
# that are known of it, and what a tap on the template's first button means to the bot.
WHATSAPP_TEMPLATE_PURPOSES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "pay_received": ("A payment has arrived", ("name", "until"), "main_menu"),
    "pay_failed": ("A payment has failed", ("name",), "pay"),
    "pay_flagged": ("A payment needs a look by the team", ("name",), "support"),
    "pay_refunded": ("A payment was refunded", ("name",), "main_menu"),
    "subscription_ends": ("A subscription ends soon", ("name", "until"), "pay"),
    "homework_solved": ("A homework is solved", ("name", "subject", "reference"), "main_menu"),
}

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # straight from the apps: no collectstatic to forget
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "edubot.formats"
USE_TZ = True

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="EduBot <edubot@localhost>")
