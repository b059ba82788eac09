"""The figures of reviews in words, on the page and on the printed sheet."""

from collections.abc import Sequence
from typing import Any

from loyalapp import sdk

from . import drawing, figures, portfolio, shares, words

_ = sdk.texts("reviews")
Row = tuple[str, str] | tuple[str, str, Sequence[Any]]


def levels() -> dict[str, str]:
    """The levels, and those nobody has assessed."""
    known = {one: words.level(one) for one in portfolio.PLACES if one != portfolio.NOT_ASSESSED}
    return {**known, portfolio.NOT_ASSESSED: _("Not assessed yet")}


def covered(found: figures.Figures) -> list[tuple[str, str, str]]:
    """Key, level, and how many of its accounts were reviewed within a year."""
    names = levels()
    return [(key, names[key], shares.told(one)) for key, one in found.covered.items() if one.whole]


def kind(one: figures.Kind) -> str:
    """How many opportunities of a kind were found, won, and wait for an answer."""
    said = [_("found: %(count)s", count=sdk.format_number(one.found))]
    said.append(_("taken up: %(count)s", count=sdk.format_number(one.won)))
    if one.waiting:
        said.append(_("not asked yet: %(count)s", count=sdk.format_number(one.waiting)))
    return " · ".join(said)


def tips(found: figures.Figures) -> str:
    """How many tips were given and followed."""
    given = _.ngettext("%(count)s tip", "%(count)s tips", found.tips, count=sdk.format_number(found.tips))
    return " · ".join([given, _("taken up: %(count)s", count=sdk.format_number(found.tips_taken))])


def brought(found: figures.Brought) -> list[tuple[str, str]]:
    """What came after reviews: what it is, and how much."""
    share = sdk.Share(found.followed, found.reviews)
    rows = []
    if found.reviews:
        rows.append((_("Reviews after which they bought within 90 days"), shares.told(share, is_sample=True)))
    rows.append((_("Sales within 90 days after a review"), sdk.format_number(found.sales)))
    if found.amount:
        rows.append((_("Worth in all"), sdk.isolate_text(sdk.format_money(found.amount, sdk.firm().currency))))
    return rows


def heard(found: figures.Figures) -> str:
    """How often customers spoke of other shops, in these six months and in the six before."""
    half = len(found.heard) // 2
    before, now = sum(found.heard[:half]), sum(found.heard[half:])
    values = {"now": sdk.format_number(now), "before": sdk.format_number(before)}
    return _("In the last 6 months: %(now)s; in the 6 months before: %(before)s.", **values)


def rise(one: Any) -> str:
    """How one customer spoke of other shops."""
    values = {"now": sdk.format_number(one.now), "before": sdk.format_number(one.before)}
    return _("in the last 90 days: %(now)s, in the 90 days before: %(before)s", **values)


def month(day: Any) -> str:
    """The name of a month under its bar."""
    return sdk.format_day(day, "LLL")


def sheet(found: figures.Figures, names: dict[int, str]) -> tuple[Any, ...]:
    """Title, lead, sections and foot of the printed sheet, with the pictures of the page."""
    right = sdk.current_language() == "ur"
    shops = [(shop, sdk.format_number(count)) for shop, count in found.shops]
    reached = [
        (what, told, drawing.share(found.covered[key], from_right=right, dye=drawing.DYES[key]))
        for key, what, told in covered(found)
    ]
    most = max((one.found for one in found.kinds), default=0)
    chances = [(words.kind(one.kind), kind(one), drawing.outcomes(one, most, from_right=right)) for one in found.kinds]
    sections: list[tuple[str, Sequence[Row]]] = [
        (_("Reviewed within a year"), reached),
        (_("Reviews held"), _by_month(found, found.held, "good")),
        (_("Opportunities found and taken up"), chances),
        (_("Tips given"), [("", tips(found))]),
        (_("Words about other shops"), [("", heard(found)), *_by_month(found, found.heard, "bad"), *shops]),
        (_("Who speaks of them more often"), [(names.get(one.customer_id, ""), rise(one)) for one in found.rising]),
        (_("What reviews brought"), [*brought(found.brought), *([("", caveat())] if found.brought.reviews else [])]),
    ]
    lead = [_("The last twelve months. Under twenty cases nothing is said in percent.")]
    kept = [(head, rows) for head, rows in sections if rows]
    return _("What reviews bring"), lead, kept, sdk.format_day(sdk.today())


def caveat() -> str:
    """What the sales after reviews do not say."""
    return _("A sale counts for the review before it. Whether they would have bought anyway, nobody can tell.")


def _by_month(found: figures.Figures, counts: Sequence[int], dye: str) -> list[Row]:
    most, right = max(counts, default=0), sdk.current_language() == "ur"
    return [
        (sdk.format_day(day, "LLLL y"), sdk.format_number(count), drawing.parts([(count, dye)], most, from_right=right))
        for day, count in zip(found.months, counts, strict=True)
        if count
    ]
