"""HTTP connections to services that we call again and again."""

from http.cookiejar import DefaultCookiePolicy

import requests
from requests.adapters import HTTPAdapter

POOL = 16  # connections kept open a process


def kept_open() -> requests.Session:
    """A session for one service, to be kept: its connections stay open between calls."""
    opened = requests.Session()
    opened.trust_env = False  # neither proxies nor .netrc get to see a token
    opened.headers["User-Agent"] = "EduBot"
    opened.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # each call stands alone
    opened.mount("https://", HTTPAdapter(pool_maxsize=POOL))
    opened.mount("http://", HTTPAdapter(pool_maxsize=POOL))
    return opened
