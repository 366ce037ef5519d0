"""The simulated phones and their messages as rows: found, added, ticked."""

import json
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from whatsapp.simulator import account, bodies
from whatsapp.simulator.answers import Json
from whatsapp.simulator.models import Direction, SimulatedMessage, SimulatedPhone, Tick

WINDOW = timedelta(hours=24)
TICKS = [Tick.ACCEPTED, Tick.SENT, Tick.DELIVERED, Tick.READ]


def new_wamid() -> str:
    return f"wamid.{secrets.token_hex(20).upper()}"


def find(number: str, user_id: str) -> SimulatedPhone | None:
    """The phone a send request means; a phone number wins over a business-scoped user id."""
    if number:
        return SimulatedPhone.objects.filter(number=number).first()
    return SimulatedPhone.objects.filter(user_id=user_id).first()


def create(
    name: str, number: str | None, *, hides_phone: bool = False, user_id: str = ""
) -> SimulatedPhone:
    """A new student; `number` is digits or None, and an empty `user_id` gets a random one."""
    return SimulatedPhone.objects.create(
        name=name,
        number=number,
        hides_phone=hides_phone or not number,
        user_id=user_id or f"NG.{secrets.randbelow(10**16):016d}",
        username=name.split(maxsplit=1)[0].lower() if hides_phone and name.strip() else "",
    )


def business() -> bodies.Business:
    return bodies.Business(
        account.business_account_id(), account.phone_number_id(), account.DISPLAY_PHONE_NUMBER
    )


def shown(phone: SimulatedPhone) -> bodies.Student:
    """The student as Meta shows him to the business."""
    number = "" if phone.hides_phone else phone.number or ""
    return bodies.Student(number, phone.user_id, phone.name, phone.username)


def window_open(phone: SimulatedPhone, now: datetime) -> bool:
    """Whether the 24-hour customer service window is open."""
    return phone.last_wrote_at is not None and now - phone.last_wrote_at < WINDOW


def add(
    phone: SimulatedPhone, direction: Direction, wamid: str, body: Json, *, at: datetime
) -> SimulatedMessage:
    """Store one bubble; `body` is the message object with its `type`."""
    context = body.get("context") or {}
    return SimulatedMessage.objects.create(
        phone=phone,
        direction=direction,
        wamid=wamid,
        callback_id=body.get("biz_opaque_callback_data") or "",
        type=body.get("type") or "text",
        body=json.dumps(body, ensure_ascii=False),
        quoted_wamid=context.get("message_id") or context.get("id") or "",
        status=Tick.ACCEPTED,
        created_at=at,
        changed_at=timezone.now(),
    )


def tick(wamid: str, reached: str) -> None:
    """Move a message's ticks forward, never back."""
    lower = TICKS[: TICKS.index(Tick(reached))]
    SimulatedMessage.objects.filter(wamid=wamid, status__in=lower).update(
        status=reached, changed_at=timezone.now()
    )


def react(wamid: str, side: Direction, emoji: str) -> int:
    """Put `emoji` on a message (or take it off with ""); how many messages that were."""
    field = "student_reaction" if side == Direction.FROM_STUDENT else "business_reaction"
    return SimulatedMessage.objects.filter(wamid=wamid).update(
        **{field: emoji}, changed_at=timezone.now()
    )
