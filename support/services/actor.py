"""Who acts."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, User


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff (`user`), or the student or the bot (no user)."""

    name: str
    user: User | None = None

    @classmethod
    def of(cls, user: AbstractBaseUser) -> "Actor":
        """The actor behind a logged-in user or a token. Raises TypeError for an anonymous one."""
        if not isinstance(user, User):
            raise TypeError("Only a person with an account acts on tickets.")
        return cls(name_of(user), user)


def name_of(user: User | None, nobody: str = "") -> str:
    """How staff are called everywhere: full name, else username; `nobody` if there is none."""
    return (user.get_full_name() or user.get_username()) if user else nobody


STUDENT = Actor("Student")
BOT = Actor("EduBot")
