"""Pages of product groups (make, rename, make one of two, sort products into them) and of what follows a sale."""

from flask import Blueprint, redirect, request, url_for

from loyalapp.core.i18n import _, current_language, isolate, isolate_text, ngettext
from loyalapp.features.catalogue import habits, product_groups
from loyalapp.features.groups.forms import GroupForm, HabitsForm, MergeGroupForm, RenameGroupForm, SortForm
from loyalapp.web.rights import owner_saves
from loyalapp.web.shell import note

pages = Blueprint("groups", __name__, url_prefix="/settings/groups", template_folder="templates")
AT_ONCE = 40


@pages.route("/", methods=["GET", "POST"])
@owner_saves
def show():
    """The groups, a new one, and those that firms of a trade usually have."""
    form = GroupForm()
    if form.validate_on_submit():
        form.attempt(product_groups.add, form.group.data)
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("groups.show"), 303)
    waiting = len(product_groups.to_sort(AT_ONCE + 1))
    return form.page(
        "groups/show.html",
        groups=product_groups.names(),
        trades=product_groups.trades(current_language()),
        most=product_groups.MOST,
        waiting=waiting,
    )


@pages.post("/suggested")
@owner_saves
def suggested():
    """The usual groups of a trade are made."""
    count = product_groups.add_suggested(request.form.get("trade", ""), current_language())
    note(ngettext("%(count)s group was made.", "%(count)s groups were made.", count, count=count))
    return redirect(url_for("groups.show"), 303)


@pages.route("/one", methods=["GET", "POST"])
@owner_saves
def edit():
    """Another name for a group."""
    group = request.args.get("group", "")
    form = RenameGroupForm(data={"name": group})
    if form.validate_on_submit():
        form.attempt(product_groups.rename, group, form.name.data)
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("groups.show"), 303)
    others = [one for one in product_groups.names() if one != group]
    return form.page("groups/edit.html", group=group, others=others, merging=_merging(others))


def _merging(others: list[str]) -> MergeGroupForm:
    form = MergeGroupForm(formdata=None)
    form.into.choices = [(one, isolate(one)) for one in others]
    return form


@pages.post("/merge")
@owner_saves
def merge():
    """Two groups are one from now on."""
    group, into = request.args.get("group", ""), request.form.get("into", "")
    product_groups.merge(group, into)
    note(_("Everything of %(group)s belongs to %(into)s now.", group=isolate_text(group), into=isolate_text(into)))
    return redirect(url_for("groups.show"), 303)


@pages.post("/remove")
@owner_saves
def remove():
    """A group less; its products have none from now on."""
    product_groups.remove(request.args.get("group", ""))
    note(_("The group was removed. Its products are without a group now."))
    return redirect(url_for("groups.show"), 303)


@pages.route("/sort", methods=["GET", "POST"])
@owner_saves
def sort():
    """Products are put into groups in one pass, those that sell most first."""
    everything, form = "all" in request.args, SortForm()
    names = product_groups.names()
    if form.validate_on_submit():
        count = product_groups.assign(_chosen(names))
        note(ngettext("%(count)s product was sorted.", "%(count)s products were sorted.", count, count=count))
        return redirect(url_for("groups.show" if everything else "groups.sort"), 303)
    products = product_groups.to_sort(AT_ONCE, everything=everything)
    return form.page("groups/sort.html", groups=list(enumerate(names, 1)), products=products)


def _chosen(names: list[str]) -> dict[int, str]:
    """The group of each product on the page, by its number."""
    said = {key.removeprefix("product-"): value for key, value in request.form.items() if key.startswith("product-")}
    return {
        int(key): value for key, value in said.items() if key.isdecimal() and len(key) < 10 and value in ("", *names)
    }


@pages.route("/after-sales", methods=["GET", "POST"])
@owner_saves
def after_sales():
    """Which sales we ask about, when, and how early we speak of what ends."""
    known = habits.habits()
    form = HabitsForm(data=known._asdict())
    groups = product_groups.names()
    if form.validate_on_submit():
        chosen = tuple(one for one in request.form.getlist("groups") if one in groups)
        form.attempt(habits.save, habits.Habits(**{**form.typed(), "groups": chosen}))
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("groups.after_sales"), 303)
    ticked = request.form.getlist("groups") if request.method == "POST" else known.groups
    return form.page("groups/after_sales.html", groups=groups, ticked=ticked)
