"""The page of the figures of loyalty, and the customers behind each of them."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from loyalapp.core.clock import today
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _, current_language, direction
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import service as customers
from loyalapp.features.loyalty import drawing, service, words
from loyalapp.features.staff import service as staff
from loyalapp.web.rights import private_page

pages = Blueprint("loyalty", __name__, url_prefix="/loyalty", template_folder="templates")
FEW = 5
AT_ONCE = 50


@pages.get("/")
@private_page
def show():
    """Every figure with its picture, in words that explain it."""
    day, from_right = today(), _from_right()
    found, senders = service.figures(day), service.senders()
    desk = staff.at_desk()
    steady = catalogue.steady_part(desk, day)
    sent, sent_bought = (sum(len(getattr(one, part)) for one in senders) for part in ("sent", "bought"))
    again, once = [len(one) for one in found.again], [len(one) for one in found.once]
    won, lost = [len(one) for one in found.won], [len(one) for one in found.lost]
    kept, of_all = len(found.kept), len(found.kept) + len(found.missing)
    return render_template(
        "loyalty/show.html",
        kept=(kept, of_all, words.share(kept, of_all)),
        again=(sum(again), sum(again) + sum(once), words.share(sum(again), sum(again) + sum(once))),
        won=sum(won),
        lost=sum(lost),
        regulars=found.regulars,
        quiet=_rhythms([one.customer_id for one in found.quiet[:FEW]], found.quiet, from_right),
        quiet_count=len(found.quiet),
        senders=senders[:FEW],
        sent=sent,
        sent_bought=sent_bought,
        names=customers.names({one for sender in senders[:FEW] for one in (sender.customer_id, *sender.sent)}),
        steady=steady,
        is_somebody=desk is not None,
        explained=words.explained(found),
        box=drawing,
        pictures={
            "kept": drawing.share(kept, of_all, from_right=from_right),
            "again": drawing.bars([("good", again), ("rest", once)], from_right=from_right),
            "won": drawing.bars([("good", won), ("bad", lost)], from_right=from_right),
            "steady": drawing.share(*steady, from_right=from_right),
            "sent": drawing.share(sent_bought, sent, from_right=from_right),
        },
        again_parts=list(zip(map(words.quarter, found.first_quarters), again, once, strict=True)),
        won_parts=list(zip(map(words.quarter, found.quarters), won, lost, strict=True)),
    )


def _from_right() -> bool:
    return direction(current_language()) == "rtl"


def _rhythms(ids: list[int], silent: Any, from_right: bool) -> list[Any]:
    """These customers with a picture of their purchases of two years."""
    known = {one.customer_id: one for one in silent}
    last = today().toordinal()
    days = service.days_of(ids)
    return [
        (
            row,
            known.get(row.id),
            drawing.strip(days[row.id], last - service.TWO_YEARS, last, from_right=from_right),
        )
        for row in customers.listed(ids)
    ]


@pages.get("/<which>")
@private_page
def people(which: str):
    """The customers behind a figure, of all parts of time or of one."""
    found, titles = service.figures(today()), words.titles()
    if which not in titles:
        raise NotFound(_("This page is not here. Perhaps it was removed."))
    part, page = request.args.get("part", -1, int), max(0, request.args.get("page", 0, int))
    ids, period = _behind(found, which, part)
    shown = ids[page * AT_ONCE : (page + 1) * AT_ONCE]
    return render_template(
        "loyalty/people.html",
        which=which,
        title=titles[which],
        period=period,
        people=_rhythms(shown, found.quiet, _from_right()),
        count=len(ids),
        part=part,
        page=page,
        has_more=len(ids) > (page + 1) * AT_ONCE,
        addressed=customers.addressed,
        explained=words.explained(found).get({"missing": "kept", "once": "again", "lost": "won"}.get(which, which), ""),
    )


def _behind(found: service.Figures, which: str, part: int) -> tuple[list[int], str]:
    """The ids, and the name of the part of time that was asked for."""
    if which == "steady":
        return catalogue.steady_customers(staff.at_desk(), found.day), ""
    if which == "quiet":
        return [one.customer_id for one in found.quiet], ""
    figure = getattr(found, which)
    if which in ("kept", "missing"):
        return list(figure), ""
    if not 0 <= part < len(figure):
        return service.everybody(figure), ""
    starts: list[date] = list(found.first_quarters if which in ("again", "once") else found.quarters)
    return list(figure[part]), " ".join(words.quarter(starts[part]))


@pages.get("/referrals")
@private_page
def referrals():
    """Who sent whom, and what came of it."""
    page = max(0, request.args.get("page", 0, int))
    senders = service.senders()
    shown = senders[page * AT_ONCE : (page + 1) * AT_ONCE]
    names = customers.names({one for sender in shown for one in (sender.customer_id, *sender.sent)})
    has_more = len(senders) > (page + 1) * AT_ONCE
    return render_template("loyalty/referrals.html", senders=shown, names=names, page=page, has_more=has_more)
