"""`POST /<phone number id>/messages`: a message for a student, a read mark, a typing sign."""

from datetime import datetime, timedelta

from django.utils import timezone

from whatsapp.simulator import account, bodies, media, outbox, phones, rules
from whatsapp.simulator.answers import Json, RefusedError
from whatsapp.simulator.models import (
    Direction,
    Misbehaviour,
    SimulatedMessage,
    SimulatedPhone,
    Tick,
)
from whatsapp.transactions import unit_of_work

TYPING_LASTS = timedelta(seconds=25)
# Seconds from accepting a message to telling that a tick was reached.
PAUSES = {Tick.SENT: 0.3, Tick.DELIVERED: 0.8, Tick.READ: 1.6}


def post(body: Json, mood: Misbehaviour) -> Json:
    """What Meta answers to `body`. Raises RefusedError with Meta's code."""
    if "status" in body:
        return _mark_read(body)
    rules.check(body)
    phone = _recipient(body)
    now = timezone.now()
    if body.get("type") != "template" and mood.checks_window and not phones.window_open(phone, now):
        raise RefusedError(
            131047,
            "Message failed to send because more than 24 hours have passed since the customer "
            "last replied to this number.",
        )
    media.check_sent(body)
    wamid = phones.new_wamid()
    _accept(body, phone, wamid, mood, now)
    return _accepted(body, phone, wamid)


def _recipient(body: Json) -> SimulatedPhone:
    number = rules.digits(str(body.get("to") or ""))
    if number == account.DISPLAY_PHONE_NUMBER:
        raise RefusedError(131021, "Sender and recipient are the same number.")
    phone = phones.find(number, str(body.get("recipient") or ""))
    if phone is None:
        raise RefusedError(131026, "The recipient is not a simulated student.")
    return phone


@unit_of_work
def _accept(
    body: Json, phone: SimulatedPhone, wamid: str, mood: Misbehaviour, now: datetime
) -> None:
    if body.get("type") == "reaction":
        _react(phone, body["reaction"])
    phones.add(phone, Direction.FROM_BUSINESS, wamid, body, at=now)
    SimulatedPhone.objects.filter(pk=phone.pk).update(business_types_until=None)
    student = phones.shown(phone)
    for reached in _ticks(body, mood):
        at = now + timedelta(seconds=PAUSES[reached] * mood.status_delay)
        outbox.queue(
            bodies.status(phones.business(), student, wamid, at, _content(body, reached)),
            f"{reached} for a {body.get('type', 'text')} to {phone.name}",
            mood,
            due_at=at,
            wamid=wamid,
            tick=reached,
        )


def _react(phone: SimulatedPhone, reaction: Json) -> None:
    target = SimulatedMessage.objects.filter(phone=phone, wamid=reaction["message_id"]).first()
    is_old = target is not None and timezone.now() - target.created_at > timedelta(days=30)
    if target is None or target.type == "reaction" or is_old:
        raise RefusedError(131009, "The message to react to does not exist.")
    phones.react(target.wamid, Direction.FROM_BUSINESS, reaction["emoji"])


def _ticks(body: Json, mood: Misbehaviour) -> list[Tick]:
    if body.get("type") == "reaction":
        return [Tick.SENT]
    reads = [Tick.READ] if mood.reads_messages else []
    return [Tick.SENT, Tick.DELIVERED, *reads]


def _content(body: Json, reached: Tick) -> Json:
    content: Json = {"status": reached.value}
    if body.get("biz_opaque_callback_data"):
        content["biz_opaque_callback_data"] = body["biz_opaque_callback_data"]
    if reached != Tick.READ:
        category = "utility" if body.get("type") == "template" else "service"
        content["pricing"] = {
            "billable": True,
            "pricing_model": "PMP",
            "type": "regular",
            "category": category,
        }
    return content


def _accepted(body: Json, phone: SimulatedPhone, wamid: str) -> Json:
    message: Json = {"id": wamid}
    if body.get("type") == "template":
        message["message_status"] = "accepted"
    contact = (
        {"input": body["to"], "wa_id": phone.number}
        if body.get("to")
        else {"input": body["recipient"], "user_id": phone.user_id}
    )
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}


@unit_of_work
def _mark_read(body: Json) -> Json:
    """Mark that message and all earlier ones of the thread, and show typing if asked."""
    rules.product(body)
    wamid = str(body.get("message_id") or "")
    student_wrote = SimulatedMessage.objects.filter(direction=Direction.FROM_STUDENT)
    message = student_wrote.filter(wamid=wamid).select_related("phone").first()
    if body["status"] != "read" or message is None:
        raise RefusedError(131009, "Only a message received from a user can be marked as read.")
    student_wrote.filter(phone=message.phone, created_at__lte=message.created_at).exclude(
        status=Tick.READ
    ).update(status=Tick.READ, changed_at=timezone.now())
    if "typing_indicator" in body:
        until = timezone.now() + TYPING_LASTS
        SimulatedPhone.objects.filter(pk=message.phone.pk).update(business_types_until=until)
    return {"success": True}
