"""Numbers under which students, staff and Paystack speak of the same thing."""

import secrets

# Without letters and digits that are read for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new(prefix: str, length: int) -> str:
    """As "HW-7KQ2MX", with `length` letters and digits by chance."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
