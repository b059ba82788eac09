"""What plugins bring to a review: questions of theirs, and things that take much of a customer's time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from loyalapp.plugin_system.answer_checks import LONGEST_TEXT, made_plain, words

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True)
class ReviewQuestion:
    """A question of yours that is asked while a customer is reviewed; what was said comes with `review_was_held`.

    :param key: its name among the questions of all plugins, so that it begins with the plugin's id: `value_likes`.
    :param words: how it is asked, by message language; `en` is there at least.
    :param before: what the customer said the last time.
    """

    key: str
    words: Mapping[str, str]
    before: str = ""

    def __post_init__(self) -> None:
        words(self, "key")
        words(self, "before", longest=LONGEST_TEXT)
        if not KEY.fullmatch(self.key) or "en" not in self.words:
            raise ValueError("ReviewQuestion needs a key of small letters, digits and _, and its words in English")
        plain = {one: made_plain("ReviewQuestion.words", word, LONGEST_TEXT) for one, word in self.words.items()}
        object.__setattr__(self, "words", MappingProxyType(plain))


@dataclass(frozen=True)
class TimeLost:
    """A thing that takes much of a customer's time (B6): its name, and in a sentence or two what happened with it.

    :param owned_item_id: the thing as the customer has it, where that is known.
    """

    item: str
    why: str
    owned_item_id: int | None = None

    def __post_init__(self) -> None:
        words(self, "item", "why", longest=LONGEST_TEXT)
