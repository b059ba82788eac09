"""Pages of doubles: the pairs, two side by side, and with whom one customer is to be made one."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core import phones
from loyalapp.core.i18n import _, isolate_text
from loyalapp.features.customers import duplicates, faces, merging
from loyalapp.features.customers import service as customers
from loyalapp.features.duplicates import forms
from loyalapp.features.settings import service as settings
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("duplicates", __name__, url_prefix="/customers", template_folder="templates")
FEW = 8


@pages.get("/duplicates")
@private_page
def show():
    """Pairs that may be one, each with its reason."""
    page = duplicates.pairs(request.args.get("after"))
    found = [(pair, _why(pair.one, pair.other, pair.reasons)) for pair in page.pairs]
    return render_template("duplicates/show.html", pairs=found, after=page.after, is_first="after" not in request.args)


def _why(one, other, reasons) -> list[str]:
    """Why two may be one, in words."""
    shared = sorted(one.numbers & other.numbers)
    number = isolate_text(phones.shown(shared[0], settings.firm().region), ltr=True) if shared else ""
    words = {
        duplicates.NUMBER: _("Same number: %(number)s", number=number),
        duplicates.FAMILY: _("Same number, but another name: %(number)s", number=number),
        duplicates.EMAIL: _("Same e-mail address"),
        duplicates.PLACE: _("Same name and place"),
        duplicates.FIRM: _("Same name and firm"),
        duplicates.NAME: _("Same name"),
    }
    return [words[reason] for reason in reasons]


@pages.get("/<int:customer_id>/join")
def choose(customer_id: int):
    """Who is the same as this customer? Those who are alike, or found by a few letters."""
    customer = customers.get(customer_id)
    face = faces.face_of(customer)
    alike = [(other, _why(face, other, reasons)) for other, reasons in duplicates.alike(face)]
    text = request.args.get("who", "")
    found = [one for one in customers.find(text, FEW) if one.id != customer_id] if text else []
    called = customers.addressed(customer)
    words = {"called": called, "text": text}
    return render_template("duplicates/choose.html", customer=customer, alike=alike, found=found, **words)


@pages.route("/<int:customer_id>/join/<int:other_id>", methods=["GET", "POST"])
@private_page
def join(customer_id: int, other_id: int):
    """Two side by side: choose field by field, and make them one."""
    two = merging.both(*sorted((customer_id, other_id)))
    differing = merging.differences(*two)
    form = forms.of(two, differing)
    if form.validate_on_submit():
        ids = [one.id for one in two]
        said = forms.say(differing)
        if step := form.attempt(merging.merge, *ids, form.chosen(), form.versions(), said):
            note(_("They are one customer now."), undo=url_for("bring_back.undo", undo_step_id=step))
            return redirect(url_for("customers.show", customer_id=ids[0]), 303)
        two = merging.both(*ids)
        form.show_anew(*two)
    return form.page("duplicates/join.html", two=two, names=[customers.addressed(one) for one in two])


@pages.post("/<int:customer_id>/not/<int:other_id>")
def tell_apart(customer_id: int, other_id: int):
    """These two are not the same, and are not shown again."""
    customers.get(customer_id), customers.get(other_id)
    duplicates.not_the_same(customer_id, other_id)
    note(
        _("Noted: they are not the same."),
        undo=url_for("duplicates.doubt", customer_id=customer_id, other_id=other_id),
    )
    return redirect(url_for("duplicates.show"), 303)


@pages.post("/<int:customer_id>/perhaps/<int:other_id>")
def doubt(customer_id: int, other_id: int):
    """They may be the same after all."""
    duplicates.perhaps_the_same(customer_id, other_id)
    return redirect(url_for("duplicates.show"), 303)
