"""What all messages we send have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

Wire = dict[str, Any]


class MessageInvalid(ValueError):
    """A message that Meta would refuse; the sentences say why."""


class Message(ABC):
    __slots__ = ()

    def problems(self) -> list[str]:
        """Return what Meta would refuse, each as a sentence; empty if nothing."""
        return list(self._problems())

    def wire(self) -> Wire:
        """Return the body for Graph, without the recipient.

        Raises MessageInvalid if there are problems: nothing is ever cut silently.
        """
        if problems := self.problems():
            raise MessageInvalid(" ".join(problems))
        return {"messaging_product": "whatsapp", **self._content()}

    @abstractmethod
    def _problems(self) -> Iterator[str]: ...

    @abstractmethod
    def _content(self) -> Wire: ...
