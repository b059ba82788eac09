"""The page on which a day of visits is written down."""

from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.clock import today
from loyalapp.core.i18n import _
from loyalapp.features.catch_up import service
from loyalapp.features.catch_up.forms import VisitForm
from loyalapp.features.customers import service as customers
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("catch_up", __name__, url_prefix="/contacts/catch-up", template_folder="templates")
FEW = 8


@pages.get("/")
@private_page
def show():
    """The people of the day; one more is added by a few letters and Enter."""
    text = request.args.get("who", "").strip()
    found = customers.suggest(text, FEW)[:1] if text else []
    if found:
        return redirect(_here(added=[found[0].id, *_added()]), 303)
    return _page(text=text)


@pages.get("/who")
def who():
    """The few who answer, while one types."""
    text = request.args.get("q", "").strip()
    found = customers.suggest(text, FEW) if text else []
    return render_template("catch_up/who.html", found=[(one, _here(added=[one.id, *_added()])) for one in found])


@pages.post("/<int:customer_id>")
def write(customer_id: int):
    """Keep one visit and go on with the next."""
    customer, form = customers.get(customer_id), _form(customer_id)
    if form.validate_on_submit() and form.attempt(
        service.write,
        customer_id,
        _day(),
        form.said.data or "",
        is_answered=not form.nobody.data,
        next_on=form.next_on.data,
        in_spite=form.in_spite.data or "",
    ):
        note(_("Kept: %(name)s.", name=customers.addressed(customer)))
        return redirect(_here(), 303)
    return _page(form, customer_id)


def _form(customer_id: int) -> VisitForm:
    return VisitForm(prefix=f"c{customer_id}-")


def _page(form=None, customer_id: int = 0, *, text: str = ""):
    day, added = _day(), _added()
    sheet = service.visited(day, added)
    forms = {one.id: form if form and one.id == customer_id else _form(one.id) for one in sheet.open}
    first = customer_id or next(iter(forms), 0)
    page = render_template(
        "catch_up/show.html",
        day=day,
        yesterday=today() - timedelta(days=1),
        is_today=day == today(),
        sheet=sheet,
        forms=forms,
        first=first,
        text=text,
        here=_here,
        added=",".join(map(str, added)),
        names=customers.names({*forms, *(one.customer_id for one in sheet.written)}),
    )
    return page, 422 if form and form.errors else 200


def _day() -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today()


def _added() -> list[int]:
    """Whom somebody added to the day, the newest first."""
    numbers = request.args.get("with", "").split(",")
    found = (int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) < 10)
    return list(dict.fromkeys(found))[: service.MOST_ADDED]


def _here(customer_id: int | None = None, added: list[int] | None = None) -> str:
    """This page, or where one line of it is sent, with what is known of the day."""
    day = _day()
    facts = {
        "with": ",".join(map(str, _added() if added is None else added)) or None,
        "day": None if day == today() else day.isoformat(),
    }
    if customer_id:
        return url_for("catch_up.write", customer_id=customer_id, **facts)
    return url_for("catch_up.show", **facts)
