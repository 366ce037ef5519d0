import pytest

from support.phones import normalise


@pytest.mark.parametrize(
    "written",
    [
        "+2348031234567",
        "2348031234567",
        " 2348031234567",  # a plus that became a space in a query
        "08031234567",
        "0803 123 4567",
        "8031234567",
        "+234 (0) 803-123-4567",
        "+234.803.123.4567",
        "002348031234567",
        "00 234 803 123 4567",
    ],
)
def test_every_way_to_write_a_number_is_the_same_number(written):
    assert normalise(written) == "+2348031234567"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15550109999", "+15550109999"),
        ("447911123456", "+447911123456"),
        ("0044 7911 123456", "+447911123456"),
        ("+5215512345678", "+5215512345678"),  # as WhatsApp keeps Mexican mobiles
        ("9031234567", "+2349031234567"),  # not a Turkish number that is too short
    ],
)
def test_a_foreign_number_keeps_its_country(written, meant):
    assert normalise(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "+",
        "12",
        "hello",
        "call 08031234567",
        "+999123456789",
        "0" * 41,
        "00",
        "000000",
        "+23480312345678901234",
    ],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="is not a phone number"):
        normalise(written)


def test_national_numbers_are_those_of_the_set_region(settings):
    settings.PHONE_DEFAULT_REGION = "GB"
    assert normalise("07911 123456") == "+447911123456"
