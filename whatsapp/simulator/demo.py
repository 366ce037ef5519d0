"""Students for a first look."""

from whatsapp.simulator import phones
from whatsapp.simulator.models import SimulatedPhone

STUDENTS = (
    ("John Doe", "2348031234567", "NG.1100000000000001", False),
    ("Ada Obi", "2348059876543", "NG.1100000000000002", False),
    ("Musa Bello", None, "NG.1100223344556677", True),
)


def create_students() -> None:
    """Three students, one with a hidden number; those that exist are left alone."""
    known: set[str | None] = set(SimulatedPhone.objects.values_list("user_id", flat=True))
    known |= set(SimulatedPhone.objects.values_list("number", flat=True))
    for name, number, user_id, hides_phone in STUDENTS:
        if not {number, user_id} & (known - {None}):
            phones.create(name, number, hides_phone=hides_phone, user_id=user_id)
