"""The environment of a run: nothing of the caller's (a .env, the tests' own settings) leaks in."""

import os

KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "USER")


def take_over(**settings: str) -> None:
    """From now on this process and its children see `settings`, and what a program needs to run.

    Both sides must agree on secrets: a webhook signed with another one is refused, for ever.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, ENV_FILE=os.devnull, **settings)
