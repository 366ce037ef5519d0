"""The first look's broker: kombu's `filesystem://`, with messages that appear whole or not at all.

Kombu opens a message's file under its final name and writes it then; a worker that finds it in
between reads nothing, takes that for a broken broker and ends.
"""

from pathlib import Path
from queue import Empty
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

UNFINISHED = ".part"  # the ending of files that no worker looks for


class Channel(filesystem.Channel):
    def _put(  # type: ignore[override]  # kombu's own classes disagree on its form
        self, queue: str, payload: dict[str, Any], **_: Any
    ) -> None:
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        unfinished = Path(self.data_folder_out) / f"{name}{UNFINISHED}"
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.rename(unfinished.with_suffix(""))

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002 - kombu's form
        """Raises Empty. A file that a killed process left broken is a nudge lost, no more."""
        try:
            return super()._get(queue)
        except ValueError as error:
            raise Empty from error


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """Make `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
