"""What a customer was really given beyond the goods: the answer of `extras_given`."""

from dataclasses import dataclass
from datetime import date

from loyalapp.plugin_system.answer_checks import LONGEST_TEXT, whole, words

# What a customer can be given beyond the goods (C2), and a problem that was solved.
GIVEN_SORTS = ("problem", "service", "advice", "delivery", "maintenance", "payment", "standing_by")


@dataclass(frozen=True)
class Given:
    """Something a customer was really given beyond the goods, or a problem of theirs that was solved (C2, C3).

    :param sort: one of `GIVEN_SORTS`. `text`: what it was, in words that the customer may read.
    :param url: the page with the record that says so.
    :param days: of a solved problem, how many days it took.
    :param saved_minutes: what it saved the customer, where that is known; `saved_minor` in minor units of money.
    """

    on: date
    sort: str
    text: str
    url: str
    days: int | None = None
    saved_minutes: int = 0
    saved_minor: int = 0

    def __post_init__(self) -> None:
        whole(self, "saved_minutes", "saved_minor", *(["days"] if self.days is not None else []))
        if self.sort not in GIVEN_SORTS:
            raise ValueError(f"Given.sort is one of {GIVEN_SORTS}")
        words(self, "text", "url", longest=LONGEST_TEXT)
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError("Given.url is an address of our own")
