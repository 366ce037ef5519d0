"""Texts, reactions, files and places."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from whatsapp import limits
from whatsapp.kinds import MEDIA_KINDS, Kind
from whatsapp.outgoing.message import Message, Wire


@dataclass(frozen=True, slots=True)
class Text(Message):
    kind: ClassVar[Kind] = Kind.TEXT

    body: str
    preview_url: bool = False

    @property
    def text(self) -> str:
        return self.body

    def _problems(self) -> Iterator[str]:
        yield from limits.filled("A text", self.body, limits.TEXT_BODY)

    def _content(self) -> Wire:
        return {"type": "text", "text": {"body": self.body, "preview_url": self.preview_url}}


@dataclass(frozen=True, slots=True)
class Reaction(Message):
    """An emoji on a message; an empty one takes it back."""

    kind: ClassVar[Kind] = Kind.REACTION

    message_id: str
    emoji: str

    @property
    def text(self) -> str:
        return self.emoji

    def _problems(self) -> Iterator[str]:
        yield from limits.identifier("The message reacted to", self.message_id, limits.WAMID)
        yield from limits.emoji("A reaction", self.emoji)

    def _content(self) -> Wire:
        reaction = {"message_id": self.message_id, "emoji": self.emoji}
        return {"type": "reaction", "reaction": reaction}


@dataclass(frozen=True, slots=True)
class Media(Message):
    """A file: uploaded before (`media_id`) or fetched by Meta from a public `link`."""

    kind: Kind
    media_id: str = ""
    link: str = ""
    caption: str = ""
    filename: str = ""
    voice: bool = False

    @property
    def text(self) -> str:
        return self.caption

    def _problems(self) -> Iterator[str]:
        if self.kind not in MEDIA_KINDS:
            yield f"A message of kind {self.kind} carries no file."
        if bool(self.media_id) == bool(self.link):
            yield "A file needs either the id of an upload or a link, and not both."
        if self.link:
            yield from limits.web_address("The link to a file", self.link)
        yield from self._caption_problems()
        yield from self._detail_problems()

    def _caption_problems(self) -> Iterator[str]:
        yield from limits.at_most("A caption", self.caption, limits.CAPTION)
        if self.caption and self.kind in {Kind.AUDIO, Kind.STICKER}:
            yield f"A message of kind {self.kind} cannot have a caption."

    def _detail_problems(self) -> Iterator[str]:
        yield from limits.at_most("A file name", self.filename, limits.FILENAME)
        yield from limits.one_line("A file name", self.filename)
        if self.filename and self.kind is not Kind.DOCUMENT:
            yield "Only a document has a file name."
        if self.voice and self.kind is not Kind.AUDIO:
            yield "Only audio can be a voice note."

    def _content(self) -> Wire:
        source = {"id": self.media_id} if self.media_id else {"link": self.link}
        details = {"caption": self.caption, "filename": self.filename, "voice": self.voice}
        filled = {name: value for name, value in details.items() if value}
        return {"type": str(self.kind), str(self.kind): {**source, **filled}}


@dataclass(frozen=True, slots=True)
class Location(Message):
    """A place; latitude and longitude in degrees."""

    kind: ClassVar[Kind] = Kind.LOCATION

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    @property
    def text(self) -> str:
        place = ", ".join(filter(None, (self.name, self.address)))
        return f"📍 {place or f'{self.latitude}, {self.longitude}'}"

    def _problems(self) -> Iterator[str]:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            yield "A location needs a latitude within ±90 and a longitude within ±180 degrees."

    def _content(self) -> Wire:
        place = {"name": self.name, "address": self.address}
        named = {field: value for field, value in place.items() if value}
        point = {"latitude": self.latitude, "longitude": self.longitude}
        return {"type": "location", "location": {**point, **named}}
