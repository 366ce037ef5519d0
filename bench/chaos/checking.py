"""The invariants: each is a number, and those of `BROKEN` must be 0.

What the rules of design.md allow is counted apart and printed, never hidden: an agent's message
whose send nobody confirmed stays uncertain; a bot's is sent once more, and given up after that.
"""

from collections import Counter, defaultdict
from itertools import pairwise

from bench.chaos.facts import OPEN, Accept, Facts
from whatsapp.models import Message
from whatsapp.models.message import Author, Status

Counts = dict[str, int]
REACHED = {"sent": 1, "delivered": 2, "read": 3, "played": 3}


def traffic(facts: Facts, agent_said: list[str]) -> Counts:
    handled = [m for m in facts.inbound.values() if m.status == Status.HANDLED]
    answers = [m for m in facts.outbound.values() if m.author == Author.BOT]
    return {
        "said": len(facts.said),
        "accepted": sum(said.taken_at is not None for said in facts.said),
        "processed": len(handled),
        "answers": len(answers),
        "answered": sum(str(m.callback_id) in facts.accepted for m in answers),
        "agent_said": len(agent_said),
    }


def broken(facts: Facts, agent_said: list[str], told: dict[str, str]) -> Counts:
    """Promises that were not kept."""
    return {
        "lost_in": len(_lost_in(facts)) + len(_lost_at_desk(facts, agent_said)),
        "doubled_in": _doubled_turns(facts) + _doubled_lines(facts),
        "out_of_order_in": _out_of_order_in(facts),
        "broken_states": _broken_states(facts),
        "lost_out": sum(map(_is_lost, *zip(*_ends(facts), strict=True))) if facts.outbound else 0,
        "doubled_out": sum(not _by_rule(facts, a) for a in _repeats(facts)),
        "out_of_order_out": _out_of_order_out(facts),
        "stuck": sum(m.status in OPEN for m in facts.outbound.values()),
        "lost_ticks": _lost_ticks(facts, told),
        "words_after_goodbye": _after_goodbye(facts),
        "foreign": sum(a.callback_id not in facts.outbound for a in facts.accepts),
    }


def allowed(facts: Facts) -> Counts:
    """What the rules allow when Meta leaves us without an answer."""
    silent = [m for m, accepts in _ends(facts) if m.status == Status.UNCERTAIN and not accepts]
    return {
        "sent_once_more_unconfirmed": sum(_by_rule(facts, a) for a in _repeats(facts)),
        "bot_given_up_after_second_send": sum(m.author == Author.BOT for m in silent),
        "agent_left_uncertain": sum(m.author == Author.AGENT for m in silent),
    }


def _ends(facts: Facts) -> list[tuple[Message, list[Accept]]]:
    return [(m, facts.accepted.get(key, [])) for key, m in facts.outbound.items()]


def _lost_in(facts: Facts) -> list[str]:
    """Answered 200, and not handled."""
    taken = [said.wamid for said in facts.said if said.taken_at]
    found = [(wamid, facts.inbound.get(wamid)) for wamid in taken]
    return [wamid for wamid, row in found if row is None or row.status != Status.HANDLED]


def _lost_at_desk(facts: Facts, agent_said: list[str]) -> list[str]:
    """Confirmed answers that no thread shows, or that one shows twice."""
    shown = Counter(line.message for line in facts.thread)
    return [words for words in agent_said if shown[words] != 1]


def _after_goodbye(facts: Facts) -> int:
    """Words of the team in a chat that the bot has said goodbye for."""
    ended: set[int] = set()
    wrong = 0
    for message in sorted(facts.outbound.values(), key=lambda m: m.pk):
        rule = (message.reason or {}).get("rule", "")
        if rule.startswith("support.ended_by"):
            ended.add(message.contact_id)
        elif rule == "support.open":
            ended.discard(message.contact_id)
        elif message.author == Author.AGENT:
            wrong += message.contact_id in ended
    return wrong


def _doubled_turns(facts: Facts) -> int:
    """The bot said the same twice to one message."""
    answers = Counter(
        (m.reason["message"], m.text)
        for m in facts.outbound.values()
        if m.reason and "message" in m.reason
    )
    return sum(count - 1 for count in answers.values())


def _doubled_lines(facts: Facts) -> int:
    lines = Counter((line.ticket_id, line.message) for line in facts.thread)
    return sum(count - 1 for (_, words), count in lines.items() if words.startswith("line "))


def _handling_order(facts: Facts) -> dict[int, list[int]]:
    """By contact: ids of inbound messages as they were handled, as far as rows tell."""
    order: dict[int, dict[int, None]] = defaultdict(dict)
    for message in sorted(facts.outbound.values(), key=lambda m: m.pk):
        if message.reason and "message" in message.reason:
            order[message.contact_id].setdefault(int(message.reason["message"]))
    at_desk: dict[int, list[int]] = defaultdict(list)
    for line in facts.thread:
        if line.wire and line.sender_type == "user":
            at_desk[line.wire.contact_id].append(line.wire_id)
    return {contact: list(ids) for contact, ids in order.items()} | at_desk


def _out_of_order_in(facts: Facts) -> int:
    """Pairs handled in the wrong order: the first was ours before the second was written."""
    said = {m.pk: s for s in facts.said if (m := facts.inbound.get(s.wamid))}
    wrong = 0
    for ids in _handling_order(facts).values():
        for first, second in pairwise(said[pk] for pk in ids if pk in said):
            wrong += second.taken_at is not None and second.taken_at < first.written_at
    return wrong


def _broken_states(facts: Facts) -> int:
    """Turns, also those without a message of the student, that did not begin in the state in which
    the one before had ended.
    """
    turns: dict[int, list[tuple[int | None, str, str]]] = defaultdict(list)
    for message in sorted(facts.outbound.values(), key=lambda m: m.pk):
        why, of_contact = message.reason or {}, turns[message.contact_id]
        if "before" in why and "after" in why:
            turn = (why.get("message"), why["before"], why["after"])
            of_contact += [turn] if turn not in of_contact[-1:] else []  # it may say several things
    return sum(
        first[2] != second[1]
        for of_contact in turns.values()
        for first, second in pairwise(of_contact)
    )


def _is_lost(message: Message, accepts: list[Accept]) -> bool:
    """Never accepted, and not for a reason that a rule names."""
    if accepts or message.status in (*OPEN, Status.CANCELLED):
        return False
    is_given_up = message.author != Author.BOT or message.resends > 0
    return not (message.status == Status.UNCERTAIN and is_given_up)


def _repeats(facts: Facts) -> list[tuple[Accept, Accept]]:
    """Two accepts of one message, one after the other."""
    return [pair for accepts in facts.accepted.values() for pair in pairwise(accepts)]


def _by_rule(facts: Facts, repeat: tuple[Accept, Accept]) -> bool:
    """Sent once more because no status webhook of the first had come to us by then."""
    first, second = repeat
    message = facts.outbound.get(first.callback_id)
    is_withheld = first.told_at is None or first.told_at > second.at
    return message is not None and message.resends > 0 and is_withheld


def _out_of_order_out(facts: Facts) -> int:
    """Neighbours on a phone that were queued the other way round."""
    lanes: dict[int, list[int]] = defaultdict(list)
    for accepts in facts.accepted.values():
        if message := facts.outbound.get(accepts[0].callback_id):
            lanes[accepts[0].phone].append(message.pk)
    places = {
        message.pk: accepts[0].place
        for key, accepts in facts.accepted.items()
        if (message := facts.outbound.get(key))
    }
    return sum(
        first > second
        for ids in lanes.values()
        for first, second in pairwise(sorted(ids, key=places.__getitem__))
    )


def _lost_ticks(facts: Facts, told: dict[str, str]) -> int:
    """Messages whose ticks stand lower than a status webhook that was answered 200."""
    return sum(
        REACHED.get(message.status, 0) < REACHED[told[message.wamid]]
        for message in facts.outbound.values()
        if message.wamid in told
    )
