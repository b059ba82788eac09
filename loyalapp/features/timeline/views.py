"""The page of everything that happened with one customer."""

from flask import Blueprint, render_template, request

from loyalapp.core.i18n import _
from loyalapp.features.customers import service as customers
from loyalapp.features.timeline import service
from loyalapp.features.timeline.service import Place

pages = Blueprint("timeline", __name__, url_prefix="/customers", template_folder="templates")
LONGEST = 200


@pages.get("/<int:customer_id>/timeline")
def show(customer_id: int):
    """Everything so far: a page of it, of one kind, or what holds some words."""
    customer = customers.profile(customer_id)
    place = Place.read(request.args.get("from", ""))
    kind, words = request.args.get("kind", ""), request.args.get("words", "").strip()[:LONGEST]
    return render_template(
        "timeline/show.html",
        customer=customer,
        addressed=customers.addressed(customer),
        part=service.part(customer_id, place, kind, words),
        place=place,
        kind=kind,
        words=words,
        kinds=_kinds(),
    )


def _kinds() -> list[tuple[str, str]]:
    return [
        ("", _("Everything")),
        ("contact", _("Calls and visits")),
        ("sale", _("Sales")),
        ("promise", _("Promises")),
        ("problem", _("Problems")),
        ("greeting", _("Greetings")),
        ("review", _("Reviews")),
        ("other", _("More")),
    ]
