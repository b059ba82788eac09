"""The figures of service in words: shares counted out where they are few, hours, and what is counted."""

from collections.abc import Sequence
from typing import Any

from loyalapp import sdk

from . import drawing, figures
from .intervals import told

_ = sdk.texts("issues")


def answers() -> dict[str, str]:
    """After what they bought again."""
    return {
        "easy": _("The solution was easy for them"),
        "so_so": _("The solution was so-so for them"),
        "hard": _("The solution was hard for them"),
        "unanswered": _("Solved, and they were not asked or did not say"),
        "none": _("No problem at all"),
    }


def again_rows(again: figures.Again) -> list[tuple[str, str, str]]:
    """Key, what it is, and the share in words: each that anybody belongs to, and beside them who had no problem."""
    words = answers()
    rows = [(key, words[key], told(one)) for key, one in again.after.items() if one.whole]
    without = told(again.without) if again.without.whole else _("nobody to compare with yet")
    return [*rows, ("none", words["none"], without)] if rows else []


def explained(again: figures.Again) -> str:
    """What is counted."""
    if again.middle is None:
        return ""
    return _(
        "Counted are customers whose problem was solved in two years and who have had %(days)s days since to buy "
        "again, each once. Those without a problem are counted from %(middle)s on, if they had bought in the year "
        "before.",
        days=sdk.format_number(again.days),
        middle=sdk.isolate_text(sdk.format_day(again.middle)),
    )


def times(found: figures.Times) -> str:
    """How long solving took."""
    if not found.most:
        return _("Nine of ten problems were solved on the same day.")
    if not found.half:
        return _(
            "Half of the problems were solved on the same day, nine of ten within %(most)s.", most=_days(found.most)
        )
    return _(
        "Half of the problems were solved within %(half)s, nine of ten within %(most)s.",
        half=_days(found.half),
        most=_days(found.most),
    )


def _days(count: int) -> str:
    return _.ngettext("%(count)s day", "%(count)s days", count, count=sdk.format_number(count))


def steps_of_time() -> list[str]:
    """What each bar of the times stands for."""
    return [_("same day"), _("1 day"), _("2 to 3 days"), _("4 to 7 days"), _("8 to 14 days"), _("longer")]


def cost(one: figures.Cost) -> str:
    """What problems of one group cost the customers."""
    words = _.ngettext(
        "%(count)s problem, %(points)s points of effort on average",
        "%(count)s problems, %(points)s points of effort on average",
        one.problems,
        count=sdk.format_number(one.problems),
        points=sdk.format_number(round(one.points, 1)),
    )
    if not one.hard:
        return words
    hard = _("hard for them: %(count)s", count=sdk.format_number(one.hard))
    return f"{words} · {hard}"


def returns(found: figures.Returns) -> list[tuple[str, str]]:
    """Our hours, and what came back: what it is, and how much."""
    hours = sdk.format_number(round(found.minutes / 60, 1))
    spent = _.ngettext(
        "%(hours)s hours for %(count)s problem",
        "%(hours)s hours for %(count)s problems",
        found.problems,
        hours=hours,
        count=sdk.format_number(found.problems),
    )
    sales = _.ngettext("%(count)s sale", "%(count)s sales", found.sales, count=sdk.format_number(found.sales))
    rows = [(_("Our time on problems"), spent), (_("Bought again after a solution"), sales)]
    if found.amount:
        rows.append((_("worth"), sdk.isolate_text(sdk.format_money(found.amount, sdk.firm().currency))))
    if found.unconfirmed:
        rows.append((_("Closed without the customer’s word, counted apart"), _problems(found.unconfirmed)))
    number = sdk.format_number(found.sent)
    sent = _.ngettext("%(count)s new customer", "%(count)s new customers", found.sent, count=number)
    bought = _("bought so far: %(count)s", count=sdk.format_number(found.sent_bought))
    return [*rows, (_("Sent by them"), f"{sent} · {bought}" if found.sent else sent)]


def _problems(count: int) -> str:
    return _.ngettext("%(count)s problem", "%(count)s problems", count, count=sdk.format_number(count))


def sheet(again: figures.Again, took: figures.Times | None, back: figures.Returns, from_right: bool) -> tuple[Any, ...]:
    """Title, lead, sections and foot of the printed sheet; `from_right`: as the page, its pictures begin there."""
    shares = {**again.after, "none": again.without}
    bought: list[Any] = [
        (what, words, drawing.share(shares[key], from_right=from_right, dye=drawing.DYES[key]))
        for key, what, words in again_rows(again)
    ]
    title = _("Bought again within %(days)s days", days=sdk.format_number(again.days))
    sections: list[tuple[str, Sequence[Any]]] = [(title, bought or [("", _("Too little is written down yet."))])]
    if took:
        sections.append((_("How long solving takes"), [("", times(took)), *_time_rows(took, from_right)]))
    for title, found in (
        (_("Effort by product group"), figures.cost_by_group()),
        (_("Effort by cause"), figures.cost_by_cause()),
    ):
        if found:
            most = max(one.points for one in found)
            long = [drawing.length(one.points, most, from_right=from_right) for one in found]
            sections.append((title, [(one.name, cost(one), line) for one, line in zip(found, long, strict=True)]))
    sections.append((_("Time and what came back, twelve months"), returns(back)))
    lead = [one for one in (explained(again),) if one]
    return _("What service brings"), lead, sections, sdk.format_day(sdk.today())


def _time_rows(took: figures.Times, from_right: bool) -> list[Any]:
    most = max(took.counts)
    return [
        (name, sdk.format_number(count), drawing.length(count, most, from_right=from_right, dye="good"))
        for name, count in zip(steps_of_time(), took.counts, strict=True)
    ]
