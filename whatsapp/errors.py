"""Meta's error codes: what to do about each, and what to tell the support agent.

Decided by code alone. HTTP statuses and titles mislead: many temporary troubles answer 400.
Source: Meta's "Error codes" page of the Cloud API, and codes that gateways have seen live.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, StrEnum


class Verdict(Enum):
    """What a failure means for this message and for the others."""

    PERMANENT = "permanent"  # this message will never go out unchanged
    RETRY = "retry"  # this message may go out later
    THROTTLE = "throttle"  # too fast for this one recipient
    SLOW_DOWN = "slow_down"  # too fast for the whole number
    STOP = "stop"  # nothing goes out until the administrator acts
    WINDOW = "window"  # the 24 hours are over: only a template may go out


class Advice(StrEnum):
    """What the support agent can do."""

    SEND_TEMPLATE = "send_template"
    TRY_AGAIN = "try_again"
    ASK_ADMINISTRATOR = "ask_administrator"
    WAIT = "wait"
    CALL_INSTEAD = "call_instead"
    CHANGE_MESSAGE = "change_message"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error code explained: `sentence` is for the support agent."""

    code: int
    verdict: Verdict
    sentence: str
    advice: Advice


def classify(code: int, is_transient: bool = False) -> Failure:
    """Explain Meta's error `code`.

    An unknown code is permanent, because sending twice is worse than asking an agent, unless
    Meta itself marks the error as transient.
    """
    if found := FAILURES.get(code):
        return found
    if is_transient:
        return replace(FAILURES[_TECHNICAL_PROBLEM], code=code)
    sentence = f"WhatsApp did not take the message (error {code})."
    return Failure(code, Verdict.PERMANENT, sentence, Advice.TRY_AGAIN)


_DELAYS = {
    Verdict.RETRY: (2, 8, 30, 120, 600),
    Verdict.THROTTLE: (1, 4, 16, 64, 256),  # Meta's own formula: 4 to the power of X seconds
    Verdict.SLOW_DOWN: (1, 2, 4, 8, 16, 32, 60),
    Verdict.STOP: (60,),
}


def retry_delay(verdict: Verdict, attempt: int) -> timedelta:
    """Return how long to wait after the `attempt`-th failure (1 is the first), without jitter.

    The last delay of each row repeats. Raises ValueError for verdicts that are not retried.
    """
    if verdict not in _DELAYS:
        raise ValueError(f"A failure that is {verdict.value} is not tried again.")
    delays = _DELAYS[verdict]
    return timedelta(seconds=delays[min(max(attempt, 1), len(delays)) - 1])


_TECHNICAL_PROBLEM = 131000

_ADMINISTRATOR = "Tell the administrator; nothing is sent until it is put right."
_FAULT = "The message could not be built correctly, which is a fault of the system."
_LATER = "Too many requests to WhatsApp; the message goes out later."
_AGAIN = "WhatsApp is temporarily unavailable. We try again."

_STOP = (Verdict.STOP, Advice.ASK_ADMINISTRATOR)
_RETRY = (Verdict.RETRY, Advice.WAIT)
_SLOW = (Verdict.SLOW_DOWN, Advice.WAIT)
_REPORT = (Verdict.PERMANENT, Advice.ASK_ADMINISTRATOR)
_CHANGE = (Verdict.PERMANENT, Advice.CHANGE_MESSAGE)
_CALL = (Verdict.PERMANENT, Advice.CALL_INSTEAD)
_AGENT_AGAIN = (Verdict.PERMANENT, Advice.TRY_AGAIN)
_WAIT = (Verdict.PERMANENT, Advice.WAIT)
_OVER = (Verdict.PERMANENT, Advice.NONE)

_Codes = int | range | tuple[int, ...]
_Rule = tuple[_Codes, tuple[Verdict, Advice], str]

_RULES: tuple[_Rule, ...] = (
    # The whole account: login, permissions, number, bill, policy.
    ((0, 190), _STOP, f"The system's WhatsApp login has expired. {_ADMINISTRATOR}"),
    ((3, 10, 131005), _STOP, f"The system lacks a permission at WhatsApp. {_ADMINISTRATOR}"),
    (range(200, 300), _STOP, f"The system lacks a permission at WhatsApp. {_ADMINISTRATOR}"),
    (33, _STOP, f"Our WhatsApp number is not set up correctly. {_ADMINISTRATOR}"),
    (368, _STOP, f"WhatsApp has restricted our account. {_ADMINISTRATOR}"),
    (131031, _STOP, f"Our WhatsApp account is locked. {_ADMINISTRATOR}"),
    (131037, _STOP, f"WhatsApp has not approved our display name yet. {_ADMINISTRATOR}"),
    ((131042, 131044), _STOP, f"There is a problem with our WhatsApp bill. {_ADMINISTRATOR}"),
    (131045, _STOP, f"Our WhatsApp number must be registered again. {_ADMINISTRATOR}"),
    (131048, _STOP, f"People reported our messages and WhatsApp slows us. {_ADMINISTRATOR}"),
    (131063, _STOP, f"Advertising is switched off for our account. {_ADMINISTRATOR}"),
    (131064, _STOP, f"WhatsApp limits us: templates in a wrong category. {_ADMINISTRATOR}"),
    ((133000, 133006, 133010), _STOP, f"Our number is not registered. {_ADMINISTRATOR}"),
    ((133005, 133008, 133009), _STOP, f"The PIN of our number was refused. {_ADMINISTRATOR}"),
    ((133015, 133016), _STOP, f"Our number cannot be registered now. {_ADMINISTRATOR}"),
    (134011, _STOP, f"The terms of WhatsApp Pay are not accepted. {_ADMINISTRATOR}"),
    # Later is better.
    ((1, _TECHNICAL_PROBLEM), _RETRY, "WhatsApp had a technical problem. We try again."),
    ((2, 131016, 133004), _RETRY, _AGAIN),
    ((131057, 2494100), _RETRY, "Short maintenance at WhatsApp; the message goes out soon."),
    (132069, _RETRY, "The form is not available now. We try again."),
    (134101, _RETRY, "The template is not ready yet. We try again."),
    (131208, _RETRY, _LATER),
    ((139102, 139103), _RETRY, "Blocking did not work. We try again."),
    ((4, 17, 32, 613, 80007), _SLOW, _LATER),
    (130429, _SLOW, "The sending queue is full; the message goes out shortly."),
    (
        131056,
        (Verdict.THROTTLE, Advice.WAIT),
        "Too many messages to this student in a short time; the rest follows.",
    ),
    (
        131047,
        (Verdict.WINDOW, Advice.SEND_TEMPLATE),
        "The 24 hours are over. Send a template; once the student answers, you can write freely.",
    ),
    # This student.
    (130472, _WAIT, "WhatsApp does not deliver advertising to this student now."),
    (130497, _OVER, "We may not write to people in this country."),
    (131021, _OVER, "This is our own number."),
    (
        131026,
        _CALL,
        "The message cannot be delivered: the number may not use WhatsApp, or the app is too old.",
    ),
    (131030, _REPORT, "Our test number may not write to this student."),
    (131049, _WAIT, "WhatsApp holds back advertising to this student. Not before tomorrow."),
    (131050, _OVER, "The student unsubscribed from advertising."),
    (131062, _CHANGE, "This message needs the student's phone number. Ask for it."),
    (137000, _CALL, "The student's phone has changed. Check who it is before sharing data."),
    # This message.
    ((100, 131008, 131055, 131059, 131061), _REPORT, _FAULT),
    (131009, _CHANGE, "WhatsApp refuses a value; perhaps the quoted message no longer exists."),
    (131014, _CHANGE, "The link to the file does not work. Upload the file again."),
    (131051, _OVER, "The student sent something we cannot show. Ask for a text or a photo."),
    (131052, _OVER, "The student's file could not be loaded. Ask to send it again, or smaller."),
    (131053, _CHANGE, "The file is too large or of a wrong type."),
    (135000, _AGENT_AGAIN, "WhatsApp refused the message without saying why."),
    # Templates and forms.
    (132000, _CHANGE, "The template was filled in with too few or too many values."),
    (132001, _CHANGE, "The template is not available in this language."),
    (132005, _CHANGE, "A value filled into the template is too long. Shorten it."),
    (132007, _CHANGE, "WhatsApp refuses this text."),
    (132008, _CHANGE, "A value in the template is not allowed."),
    (132012, _CHANGE, "A value in the template has the wrong form, for example a line break."),
    (132015, _CHANGE, "The template is paused. Use another one."),
    (132016, _CHANGE, "The template is no longer available. Use another one."),
    (132068, _REPORT, "The form is not available now."),
    ((134100, 134102), _REPORT, "Advertising cannot be sent now."),
    (range(139000, 139005), _REPORT, "The form could not be managed."),
    (2388019, _REPORT, "We have as many templates as WhatsApp allows."),
    (
        (2388040, 2388047, 2388072, 2388073, 2388293, 2388299),
        _CHANGE,
        "The template must be changed before WhatsApp takes it.",
    ),
    # What EduBot does not use, explained all the same.
    (range(138000, 138019), _OVER, "A call is not possible now."),
    ((139100, 139101), _AGENT_AGAIN, "Blocking did not work."),
    (range(147001, 147006), _REPORT, "Our WhatsApp username could not be changed."),
    (1752041, _OVER, "This has been asked of WhatsApp already."),
    ((131020, 131041, *range(131201, 131208)), _OVER, "The group message was refused."),
    (range(131209, 131216), _OVER, "The group message was refused."),
)


def _numbers(codes: _Codes) -> Iterable[int]:
    return (codes,) if isinstance(codes, int) else codes


FAILURES: dict[int, Failure] = {
    code: Failure(code, verdict, sentence, advice)
    for codes, (verdict, advice), sentence in _RULES
    for code in _numbers(codes)
}
