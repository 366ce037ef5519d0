"""Messages that the tests of `whatsapp.outgoing` share."""

from typing import Any

from whatsapp.outgoing import Button, List, Row, Section

YES, NO = Button("yes", "Yes"), Button("no", "No")
ROW = Row("o1", "Where is my order?", "Delivery status")


def rows(count: int) -> tuple[Row, ...]:
    return tuple(Row(f"row-{number}", f"Row {number}") for number in range(count))


def one_list(*choices: Row, **fields: Any) -> List:
    return List("Choose", "Open menu", (Section("", choices),), **fields)
