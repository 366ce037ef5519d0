"""Database, cache and files."""

from edubot.databases import harden
from edubot.settings.environment import BASE_DIR, VAR_DIR, env

DATABASES = {
    "default": harden(env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "edubot.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Meta's webhooks reach 3 MB and are read with a bound of their own (whatsapp/views.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
