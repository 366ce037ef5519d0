"""What gunicorn serves."""

import os

from django.core.management import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edubot.settings")

application = get_wsgi_application()
BaseCommand().check()  # a misspelt hook stops the start here, not the first student's message
