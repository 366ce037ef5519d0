"""EduBot's settings for runs of minutes: little patience with Graph, and a look at two databases.

The processes under test use DATABASE_URL as always. The harness itself keeps the simulated Meta
in DATABASE_URL and reads the product's database by the name "product".
"""

import os

import environ

from edubot.databases import harden
from edubot.settings import *  # noqa: F403
from edubot.settings import DATABASES

WHATSAPP_HTTP_TIMEOUT = (1, 2)

if product := os.environ.get("BENCH_PRODUCT_URL"):
    DATABASES["product"] = harden(environ.Env.db_url_config(product))
