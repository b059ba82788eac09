"""Mistakes a user can mend: each is one translated sentence that says what to do next."""

from typing import Any


class LoyalAppError(Exception):
    """A sentence fit for a shopkeeper, shown as it is; anything else that is raised is a bug.

    :param message: a translated (or lazily translated) sentence.
    :param field: the form field it belongs to, where there is one.
    """

    status = 400

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotFound(LoyalAppError):
    """What was asked for is not there (any more)."""

    status = 404


class Conflict(LoyalAppError):
    """Somebody else changed the same thing meanwhile (optimistic locking)."""

    status = 409


class Refused(LoyalAppError):
    """Not allowed here: the door, a role, or a rule of the firm."""

    status = 403


# ---- what stops a start and is no bug; it is told in the language of the computer ----


class NewerData(Exception):
    """The tables were written by a newer version of the program."""


class Damaged(Exception):
    """The data cannot be worked with. `kind`: `gone`, `strange` (no database at all) or `broken`."""

    def __init__(self, kind: str, details: str = "") -> None:
        super().__init__(f"{kind}: {details}")
        self.kind = kind
        self.details = details
