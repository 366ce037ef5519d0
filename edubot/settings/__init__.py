"""Every setting, read from the environment; `.env.example` documents the variables.

All have a default that runs; `.env`, or the file that ENV_FILE names, may set them. With DEBUG off
a missing secret stops the start with a sentence that names it.
"""

import django_stubs_ext

from edubot.settings.api import *
from edubot.settings.behaviour import *
from edubot.settings.data import *
from edubot.settings.environment import *
from edubot.settings.events import *
from edubot.settings.payments import *
from edubot.settings.project import *
from edubot.settings.retention import *
from edubot.settings.security import *
from edubot.settings.watching import *
from edubot.settings.whatsapp import *
from edubot.settings.work import *

django_stubs_ext.monkeypatch()  # so that Django's generic classes can be given their types
