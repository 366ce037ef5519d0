"""The rounds of the desk; beat asks for them, and a lost one is made up by the next."""

from functools import partial

from support import drafts, mail, presence
from support.models import DeskRules
from support.rules import assigning, levels, telling
from support.services import later, snoozing, undoing
from whatsapp.guard import each


def often() -> int:
    """What people wait for: planned answers, ended snoozes, tickets to give out; how many."""
    rules = DeskRules.current()
    done = each(snoozing.snoozes_over(), snoozing.wake_if_over)
    done += each(later.planned_due(), later.send_planned)
    done += each(assigning.untouched(rules), partial(assigning.release, rules))
    return done + each(assigning.waiting(rules), partial(assigning.give, rules))


def by_the_minute() -> int:
    """Service levels and e-mails; and what is stale is forgotten."""
    rules = DeskRules.current()
    done = levels.sweep(rules)
    telling.tell_of_unassigned(rules)
    telling.tell_of_unresolved(rules)
    presence.sweep()
    drafts.sweep()
    undoing.forget_old()
    mail.sweep()
    return done
