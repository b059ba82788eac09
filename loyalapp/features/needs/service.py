"""Which needs we could answer with what we sell, and what to ask where nobody has asked yet (D5)."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from loyalapp.core.i18n import current_language
from loyalapp.core.textkeys import norm
from loyalapp.features.catalogue import product_groups
from loyalapp.features.interactions import needs

QUESTIONS = Path(__file__).with_name("questions.toml")
WRITTEN = frozenset({"whatsapp", "sms", "email"})
LOOKED_AT = 5  # times the answers that are wanted: needs that nothing of ours answers are passed over


@cache
def _questions() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads(QUESTIONS.read_text("utf-8"))


def questions(language: str | None, channel: str | None = None) -> list[str]:
    """What can be asked in the customer's language instead of offering something; for writing, words to be written.

    :param language: a message language; that of the page where it is not known.
    """
    part = "write" if channel in WRITTEN else "talk"
    return [one.get(language or "") or one[current_language()] for one in _questions()[part]]


def answered_by(text: str, product_group: str | None, groups: Sequence[str]) -> str | None:
    """The group of our products that answers a need: the one that was chosen, else the one it names."""
    if product_group:
        return product_group
    words = norm(text)
    return next((one for one in groups if norm(one) and norm(one) in words), None)


def to_offer(limit: int) -> list[tuple[Any, str]]:
    """Open needs that we could answer and have offered nothing for yet, the oldest first, each with our group."""
    groups = product_groups.names()
    wanted = needs.not_yet_offered(limit * LOOKED_AT)
    found = [(one, answered_by(one.text, one.product_group, groups)) for one in wanted]
    return [(one, group) for one, group in found if group][:limit]
