"""A student's phone for tests: whole conversations through the real webhook.

>>> john = Phone(client, name="John Doe", works=run_the_worker)
>>> john.say("support")
>>> john.last.text
'Hi John! 💬 …'
>>> john.tap("❌ End Chat")
"""

from collections.abc import Callable

from django.db.models import Q
from django.test import Client
from django.utils import timezone

from whatsapp.simulator import delivery, phones, student
from whatsapp.simulator.bubbles import Bubble, bubble
from whatsapp.simulator.models import (
    Direction,
    Sender,
    SimulatedMessage,
    SimulatedPhone,
    SimulatedWebhook,
)

WEBHOOK = "/webhooks/whatsapp"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Phone:
    """Each act posts its signed webhook at once, then calls `works` (the worker, if given).

    Without `number` the student hides it and is known by `user_id` alone.
    """

    def __init__(
        self,
        client: Client | None = None,
        *,
        number: str | None = "2348031234567",
        name: str = "John Doe",
        user_id: str = "",
        works: Callable[[], object] | None = None,
    ) -> None:
        self.client = client or Client()
        self.works = works
        known = phones.find(number or "", user_id)
        self.row: SimulatedPhone = known or phones.create(name, number, user_id=user_id)

    # --- What the student does ---------------------------------------------------------------
    def say(self, text: str, **options: object) -> SimulatedMessage:
        """Write a text; `at=` makes it an old one, `quoted_wamid=` a reply."""
        return self._posted(student.say(self._fresh(), text, **options))

    def tap(self, choice: str, *, on: Bubble | None = None) -> SimulatedMessage:
        """Tap a button or row by its title or id, on the newest message that has it."""
        bubbles = [on] if on else list(reversed(self.received))
        for shown in bubbles:
            for option in (*shown.buttons, *shown.rows):
                if choice in (option.id, option.title):
                    message = self._message(shown.wamid)
                    return self._posted(student.tap(self._fresh(), message, option.id))
        raise AssertionError(f"Nothing on {self.row.name}'s phone says {choice!r}.")

    def send_image(self, content: bytes = PNG, caption: str = "") -> SimulatedMessage:
        return self.send_file("image", content, "photo.png", "image/png", caption=caption)

    def send_voice(self, content: bytes = b"OggS voice") -> SimulatedMessage:
        mime_type = "audio/ogg; codecs=opus"
        return self.send_file("audio", content, "voice.ogg", mime_type, voice=True)

    def send_document(
        self, content: bytes = b"%PDF-1.4", name: str = "essay.pdf", caption: str = ""
    ) -> SimulatedMessage:
        return self.send_file("document", content, name, "application/pdf", caption=caption)

    def send_file(
        self, kind: str, content: bytes, name: str, mime_type: str, **options: object
    ) -> SimulatedMessage:
        row = self._fresh()
        return self._posted(student.send_media(row, kind, content, name, mime_type, **options))

    def send_location(self, latitude: float, longitude: float, name: str = "") -> SimulatedMessage:
        return self._posted(student.send_location(self._fresh(), latitude, longitude, name))

    def quote(self, shown: Bubble, text: str) -> SimulatedMessage:
        return self._posted(student.quote(self._fresh(), self._message(shown.wamid), text))

    def react(self, emoji: str, *, on: Bubble | None = None) -> SimulatedMessage:
        """React to a message, the last one unless told; "" takes the reaction away."""
        message = self._message((on or self.last).wamid)
        return self._posted(student.react(self._fresh(), message, emoji))

    def send_raw(self, content: dict[str, object], **options: object) -> SimulatedMessage:
        """Send any content in Meta's shape, also of kinds not yet invented."""
        return self._posted(student.send_raw(self._fresh(), content, **options))

    # --- What Meta does ----------------------------------------------------------------------
    def deliver_statuses(self) -> int:
        """Post the webhooks that wait (the ticks, however far off); how many were taken."""
        waiting = SimulatedWebhook.objects.filter(sender=Sender.META).exclude(due_at=None)
        taken = delivery.deliver(waiting, self.post)
        self._work()
        return taken

    def post(self, body: bytes, signature: str) -> int:
        """Post a webhook body to the bot; the HTTP status it answers."""
        response = self.client.post(
            WEBHOOK,
            data=body,
            content_type="application/json",
            headers={"X-Hub-Signature-256": signature},
        )
        return int(response.status_code)

    # --- What the student sees ---------------------------------------------------------------
    @property
    def received(self) -> list[Bubble]:
        """Every message of the business on this phone, oldest first, without its reactions."""
        rows = self.row.messages.filter(direction=Direction.FROM_BUSINESS)
        return [bubble(row) for row in rows.exclude(type="reaction").order_by("id")]

    @property
    def last(self) -> Bubble:
        """The newest message of the business."""
        received = self.received
        assert received, f"{self.row.name} has not received anything."
        return received[-1]

    @property
    def sees_typing(self) -> bool:
        until = self._fresh().business_types_until
        return until is not None and until > timezone.now()

    def shows(self, message: SimulatedMessage) -> Bubble:
        """A message as it looks now: its ticks and reactions."""
        return bubble(self._message(message.wamid))

    # -----------------------------------------------------------------------------------------
    def _posted(self, message: SimulatedMessage) -> SimulatedMessage:
        waiting = SimulatedWebhook.objects.filter(~Q(due_at=None), wamid=message.wamid)
        delivery.deliver(waiting, self.post)
        self._work()
        return message

    def _work(self) -> None:
        if self.works:
            self.works()

    def _fresh(self) -> SimulatedPhone:
        self.row.refresh_from_db()
        return self.row

    def _message(self, wamid: str) -> SimulatedMessage:
        return self.row.messages.get(wamid=wamid)
