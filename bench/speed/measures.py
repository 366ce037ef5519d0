"""The measures. Each returns figures for the table; all times are milliseconds."""

import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any

from bench.speed import bodies, load
from bench.speed.stage import Stage

Figures = dict[str, Any]
SETTLES_WITHIN = 120  # seconds, for what is measured until the last reply
MESSAGES_EACH = 12  # well within what one person may get, however fast it is asked for
MESSAGES_A_SECOND, STATUSES_A_SECOND = 80, 240
TICKS = ("sent", "delivered", "read")
GRAPH_SECONDS, DISTANT_MESSAGES = 0.3, 200  # what Meta takes for a call; students who write at once
DISTANT = 500_000  # the number of the first of them
MIXED = 1_000_000  # the number of the first student of the mixed load, who have had no answer yet


def warm_up(stage: Stage, messages: int, seconds: int) -> None:
    """Every student is known, every process has its connections."""
    people = [*range(_people(messages)), *_crowd(seconds)]
    load.flat_out(stage.edubot.port, [bodies.message(n) for n in people])
    load.flat_out(stage.bare_port, [bodies.message(n) for n in people])
    quiet(stage)


def webhooks(stage: Stage, rounds: int, requests: int) -> Figures:
    """The bare view and EduBot's webhook in turns, so that both meet the same moments.

    Only what stores: the workers rest meanwhile (`mixed` measures all at once).
    """
    results: dict[str, list[load.Result]] = {"bare": [], "edubot": []}
    ghosts = count()
    for _ in range(rounds):
        with stage.workers_rest():
            for name, port in (("bare", stage.bare_port), ("edubot", stage.edubot.port)):
                prepared = [bodies.ghost_status(next(ghosts), "sent") for _ in range(requests)]
                results[name].append(load.flat_out(port, prepared))
        quiet(stage)
    rates = {name: statistics.median(r.rate for r in found) for name, found in results.items()}
    return {
        "bare requests/s": round(rates["bare"]),
        "edubot requests/s": round(rates["edubot"]),
        "ratio": round(rates["edubot"] / rates["bare"], 2),
        "bare p50/p99": _spread(results["bare"]),
        "edubot p50/p99": _spread(results["edubot"]),
        "not 200": sum(r.failed for found in results.values() for r in found),
    }


def full_path(stage: Stage, messages: int, bare_rate: float) -> tuple[Figures, list[list[Any]]]:
    """From the first signed webhook to the last reply accepted by Graph."""
    quiet(stage)
    stage.accepted()
    began = time.time()
    people = _people(messages)
    load.flat_out(stage.edubot.port, [bodies.message(n % people) for n in range(messages)])
    accepts = stage.wait_for_accepts(messages, SETTLES_WITHIN)
    rate = len(accepts) / (max(accept[2] for accept in accepts) - began)
    return {
        "replies/s": round(rate, 1),
        "ratio to bare": round(rate / bare_rate, 3),
        "missing": messages - len(accepts),
    }, accepts


def distant_graph(stage: Stage) -> Figures:
    """Replies while Graph takes as long as Meta: what holds them back is waiting, not work."""
    quiet(stage)
    stage.accepted()
    people = range(DISTANT, DISTANT + DISTANT_MESSAGES)
    with stage.graph_takes(GRAPH_SECONDS):
        began = time.time()
        load.flat_out(stage.edubot.port, [bodies.message(n) for n in people])
        accepts = stage.wait_for_accepts(DISTANT_MESSAGES, SETTLES_WITHIN)
        took = max(accept[2] for accept in accepts) - began
        quiet(stage)
    return {"replies/s": round(len(accepts) / took, 1), "missing": len(people) - len(accepts)}


def statuses(stage: Stage, accepts: list[list[Any]], bare_rate: float) -> Figures:
    """What workers record, of statuses that are stored already."""
    prepared = [_status(accept, tick) for tick in TICKS for accept in accepts]
    quiet(stage)
    with stage.workers_rest():
        load.flat_out(stage.edubot.port, prepared)
    began = time.monotonic()
    quiet(stage)
    rate = len(prepared) / (time.monotonic() - began)
    read = stage.number("SELECT COUNT(*) FROM whatsapp_message WHERE status = 'read'")
    return {
        "recorded/s": round(rate),
        "ratio to bare": round(rate / bare_rate, 2),
        "not recorded": len(accepts) - read,
    }


def mixed(stage: Stage, seconds: int) -> Figures:
    """What Meta asks a business to bear: 80 messages, and three statuses for each, a second."""
    quiet(stage)
    stage.accepted()
    before = stage.memory()
    messages = MESSAGES_A_SECOND * seconds
    sent: dict[str, float] = {}
    result = load.at_rate(
        stage.edubot.port,
        _mix(messages, _crowd(seconds), sent),
        MESSAGES_A_SECOND + STATUSES_A_SECOND,
    )
    accepts = stage.wait_for_accepts(messages, SETTLES_WITHIN)
    waited = _waits(stage, sent, accepts)
    waits = load.Result([wait for _, wait in waited])
    return {
        "requests/s": round(result.rate),
        "webhook p50": result.percentile(0.5),
        "webhook p99": result.percentile(0.99),
        "reply p50": waits.percentile(0.5),
        "reply p99": waits.percentile(0.99),
        "reply p99, by minute": _by_minute(waited),
        "missing replies": messages - len(accepts),
        "not 200": result.failed,
        "memory before, MB": before,
        "memory after, MB": stage.memory(),
    }


def quiet(stage: Stage) -> None:
    """Wait until nothing is left to do."""
    stage.wait_until(lambda: not stage.number(UNFINISHED), SETTLES_WITHIN, "all work is done")


UNFINISHED = """
    SELECT (SELECT COUNT(*) FROM whatsapp_receipt WHERE state = 'unsorted')
    + (SELECT COUNT(*) FROM whatsapp_message WHERE status IN ('waiting', 'queued', 'sending'))
"""


def _people(messages: int) -> int:
    """How many students share them, so that nobody gets too many answers at once."""
    return max(messages // MESSAGES_EACH, 1)


def _crowd(seconds: int) -> range:
    """Who writes in the mixed load."""
    return range(MIXED, MIXED + _people(MESSAGES_A_SECOND * seconds))


def _mix(messages: int, crowd: Sequence[int], sent: dict[str, float]) -> Iterator[bytes]:
    """One message and three statuses in turn.

    The statuses are of messages that another system on the number sent: they are stored, read and
    looked up like any.
    """
    for number in range(messages):
        request, wamid = bodies.message_and_id(crowd[number % len(crowd)])
        sent[wamid] = time.time()
        ghosts = (
            bodies.ghost_status(MIXED + number, tick) for tick in ("sent", "delivered", "read")
        )
        yield from chain([request], ghosts)


def _by_minute(waited: list[tuple[float, float]]) -> list[float]:
    """Whether replies get slower as the load goes on."""
    began = min(asked_at for asked_at, _ in waited)
    minutes: dict[int, list[float]] = {}
    for asked_at, wait in waited:
        minutes.setdefault(int((asked_at - began) // 60), []).append(wait)
    return [load.Result(minutes[minute]).percentile(0.99) for minute in sorted(minutes)]


def _waits(
    stage: Stage, sent: dict[str, float], accepts: list[list[Any]]
) -> list[tuple[float, float]]:
    """When a student wrote, and how many seconds later the reply was accepted."""
    from bench.speed.stage import rows

    asked = dict(rows(stage.database.url, ASKED))
    return [
        (sent[asked[callback]], accept[2] - sent[asked[callback]])
        for accept in accepts
        if (callback := accept[1].replace("-", "")) in asked and asked[callback] in sent
    ]


ASKED = """
    SELECT REPLACE(reply.callback_id, '-', ''), asked.wamid FROM whatsapp_message reply
    JOIN whatsapp_message asked ON asked.id = JSON_VALUE(reply.reason, '$.message')
    WHERE reply.direction = 'out'
"""


def _status(accept: list[Any], tick: str) -> bytes:
    return bodies.status(bodies.student_of(accept[3]), accept[0], accept[1], tick)


def _spread(results: list[load.Result]) -> str:
    took = load.Result(list(chain.from_iterable(r.took for r in results)))
    return f"{took.percentile(0.5)} / {took.percentile(0.99)}"
