"""Two cards side by side: the one being written and one that says nearly the same (practice E1)."""

from typing import NamedTuple

from loyalapp import sdk

from . import likeness, occasions
from .likeness import Echo

_ = sdk.texts("greetings").gettext


class Pair(NamedTuple):
    """What to say about the two, whose card the other is, and both in pieces with whether the other has them too."""

    sentence: str
    whose: str
    mine: list[tuple[str, bool]]
    theirs: list[tuple[str, bool]]


def pair(echo: Echo, wish: str, own_line: str) -> Pair:
    """The closest card and this one, word by word."""
    mine, theirs = likeness.said(wish, own_line), likeness.said(echo.met.wish, echo.met.own_line)
    day = sdk.isolate_text(sdk.format_day(echo.met.made_on, "near"))
    whose = _("For %(occasion)s, %(day)s", occasion=occasions.name(echo.met.occasion), day=day)
    if not echo.met.before:
        name = sdk.customers.names([echo.met.customer_id])[echo.met.customer_id]
        whose = _("%(name)s, %(day)s", name=sdk.isolate_text(name), day=day)
    return Pair(_sentence(echo), whose, likeness.pieces(mine, theirs), likeness.pieces(theirs, mine))


def _sentence(echo: Echo) -> str:
    if echo.met.before:
        return _("They got nearly these words from us before. Please say it differently.")
    if echo.met.knows:
        return _("Somebody they may know got nearly these words. Please change the thought, not just a word.")
    return _("Somebody else got nearly these words. Please change the thought, not just a word.")
