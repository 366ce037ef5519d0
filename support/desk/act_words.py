"""The history's acts as plain sentences: who did what."""

from collections.abc import Callable

from support.models import EventKind, Priority, Rating, TicketEvent, TicketStatus

# Of the acts that change one of several values; what others carry are words as somebody wrote them.
LABELS: dict[EventKind, dict[str, str]] = {
    EventKind.STATUS: dict(TicketStatus.choices),
    EventKind.ENDED: dict(TicketStatus.choices),
    EventKind.PRIORITY: dict(Priority.choices),
    EventKind.RATED: dict(Rating.choices),
}
NOBODYS = {"Student": "The student", "Desk rules": "The desk's rules"}  # those without an account
Change = Callable[[str, str, str], str]  # who, before, after


def in_words(act: TicketEvent) -> str:
    """E.g. "Grace changed the priority from Low to High"; without a full stop."""
    who = act.actor_name if act.actor_id else NOBODYS.get(act.actor_name, act.actor_name)
    kind = EventKind(act.kind)
    if kind == EventKind.ASSIGNED:
        return _assigned(act, who)
    labels = LABELS.get(kind, {})
    before, after = (labels.get(value, value) for value in (act.before, act.after))
    return SENTENCES[kind](who, before, after)


def _assigned(act: TicketEvent, who: str) -> str:
    before, after = act.before, act.after
    if not after:
        is_own = _is_actor(act, act.before_user_id, before)
        released = f"{who} released the ticket"
        return released if is_own else f"{who} took the ticket back from {before}"
    if _is_actor(act, act.after_user_id, after):
        return f"{who} took the ticket over from {before}" if before else f"{who} took the ticket"
    instead = f", who has it instead of {before}" if before else ""
    return f"{who} gave the ticket to {after}{instead}"


def _is_actor(act: TicketEvent, user_id: int | None, name: str) -> bool:
    """By ids where the act has them: two colleagues may share a name."""
    if act.actor_id and user_id:
        return act.actor_id == user_id
    return act.actor_name == name


def _changed(what: str) -> Change:
    def sentence(who: str, before: str, after: str) -> str:
        if before and after:
            return f"{who} changed the {what} from {before} to {after}"
        return f"{who} set the {what} to {after}" if after else f"{who} took the {what} off"

    return sentence


def _planned(who: str, before: str, after: str) -> str:
    if before:
        return f"{who} moved a planned answer from {before} to {after}"
    return f"{who} planned an answer for {after}"


def _quoting(does: str) -> Change:
    return lambda who, _, words: f"{who} {does}: “{words}”" if words else f"{who} {does}"


def _plainly(does: str) -> Change:
    return lambda who, _, after: f"{who} {does.format(after=after)}"


SENTENCES: dict[EventKind, Change] = {
    EventKind.OPENED: _quoting("opened the ticket"),
    EventKind.REOPENED: _plainly("reopened the ticket"),
    EventKind.ANSWERED: _plainly("answered; the ticket is in progress"),
    EventKind.STATUS: _changed("status"),
    EventKind.PRIORITY: _changed("priority"),
    EventKind.CATEGORY: _changed("category"),
    EventKind.ENDED: _plainly("ended the chat: {after}"),
    EventKind.RATED: _plainly("rated the chat: {after}"),
    EventKind.COMMENTED: _quoting("said of the chat"),
    EventKind.RESENT: _quoting("sent a message again"),
    EventKind.SETTLED: _quoting("confirmed that a message arrived"),
    EventKind.UNDONE: _quoting("took back an answer"),
    EventKind.SCHEDULED: _planned,
    EventKind.REWORDED: _plainly("changed the answer planned for {after}"),
    EventKind.UNPLANNED: _quoting("cancelled a planned answer"),
    EventKind.SNOOZED: _plainly("snoozed the ticket until {after}"),
    EventKind.WOKEN: _plainly("brought the ticket back into the queue"),
    EventKind.MACRO: _quoting("ran the macro"),
    EventKind.REVEALED: _plainly("looked at the whole phone number"),
    EventKind.BREACHED: lambda _, __, target: f"The target for the {target} was missed",
}
