"""Every error code of Meta's leads to the right reaction and a sentence an agent understands."""

from datetime import timedelta

import pytest

from whatsapp.errors import FAILURES, Advice, Failure, Verdict, classify, retry_delay

PERMANENT = [
    *(100, 130472, 130497, 131008, 131009, 131014, 131020, 131021, 131026, 131030, 131041),
    *(131049, 131050, 131051, 131052, 131053, 131055, 131059, 131061, 131062, 132000, 132001),
    *(132005, 132007, 132008, 132012, 132015, 132016, 132068, 134100, 134102, 135000, 137000),
    *(138000, 138006, 138018, 139000, 139004, 139100, 139101, 147001, 147005, 1752041, 2388019),
    *(2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 131201, 131207, 131209, 131215),
]
RETRY = [1, 2, 131000, 131016, 131057, 131208, 132069, 133004, 134101, 139102, 139103, 2494100]
SLOW_DOWN = [4, 17, 32, 613, 80007, 130429]
STOP = [
    *(0, 3, 10, 33, 190, 200, 250, 299, 368, 131005, 131031, 131037, 131042, 131044, 131045),
    *(131048, 131063, 131064, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016),
    134011,
]
TABLE = [
    *((code, Verdict.PERMANENT) for code in PERMANENT),
    *((code, Verdict.RETRY) for code in RETRY),
    *((code, Verdict.SLOW_DOWN) for code in SLOW_DOWN),
    *((code, Verdict.STOP) for code in STOP),
    (131056, Verdict.THROTTLE),
    (131047, Verdict.WINDOW),
]


@pytest.mark.parametrize(("code", "verdict"), TABLE)
def test_every_code_of_the_table_has_its_verdict(code: int, verdict: Verdict) -> None:
    failure = classify(code)
    assert (failure.code, failure.verdict) == (code, verdict)


@pytest.mark.parametrize(("code", "verdict"), TABLE)
def test_meta_calling_it_transient_does_not_change_a_known_code(
    code: int, verdict: Verdict
) -> None:
    assert classify(code, is_transient=True).verdict is verdict


def test_no_rule_stands_in_the_way_of_another() -> None:
    ranges = (range(200, 300), range(138000, 138019), range(139000, 139005), range(147001, 147006))
    listed = {code for code, _ in TABLE}.union(*ranges, range(131201, 131216))
    assert set(FAILURES) == listed


@pytest.mark.parametrize("failure", FAILURES.values(), ids=lambda failure: str(failure.code))
def test_every_sentence_can_be_read_to_an_agent(failure: Failure) -> None:
    sentence = failure.sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert 15 < len(sentence) < 120
    assert "customer" not in sentence  # here they are students


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (131047, Advice.SEND_TEMPLATE),
        (131026, Advice.CALL_INSTEAD),
        (190, Advice.ASK_ADMINISTRATOR),
        (131053, Advice.CHANGE_MESSAGE),
        (131056, Advice.WAIT),
        (130429, Advice.WAIT),
        (131050, Advice.NONE),
        (135000, Advice.TRY_AGAIN),
    ],
)
def test_the_agent_is_told_what_helps(code: int, advice: Advice) -> None:
    assert classify(code).advice is advice


def test_whatever_stops_everything_is_the_administrators() -> None:
    stopping = [failure for failure in FAILURES.values() if failure.verdict is Verdict.STOP]
    assert {failure.advice for failure in stopping} == {Advice.ASK_ADMINISTRATOR}


def test_an_unknown_code_is_permanent_and_named() -> None:
    failure = classify(999_999)
    assert failure.verdict is Verdict.PERMANENT
    assert "999999" in failure.sentence


def test_an_unknown_code_that_meta_calls_transient_is_tried_again() -> None:
    failure = classify(999_999, is_transient=True)
    assert (failure.code, failure.verdict) == (999_999, Verdict.RETRY)


@pytest.mark.parametrize(
    ("verdict", "seconds"),
    [
        (Verdict.RETRY, [2, 8, 30, 120, 600, 600]),
        (Verdict.THROTTLE, [1, 4, 16, 64, 256, 256]),
        (Verdict.SLOW_DOWN, [1, 2, 4, 8, 16, 32, 60, 60]),
        (Verdict.STOP, [60, 60]),
    ],
)
def test_waiting_grows_and_stays_bounded(verdict: Verdict, seconds: list[int]) -> None:
    delays = [retry_delay(verdict, attempt) for attempt in range(1, len(seconds) + 1)]
    assert delays == [timedelta(seconds=number) for number in seconds]
    assert retry_delay(verdict, 10_000) == delays[-1]
    assert retry_delay(verdict, 0) == delays[0]


@pytest.mark.parametrize("verdict", [Verdict.PERMANENT, Verdict.WINDOW])
def test_what_is_final_has_no_delay(verdict: Verdict) -> None:
    with pytest.raises(ValueError, match="not tried again"):
        retry_delay(verdict, 1)
