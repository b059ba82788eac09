"""Pages of sales, of what customers have from us, and of what we sell."""

from flask import Blueprint, redirect, render_template, request, url_for

from loyalapp.core.clock import today
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _, isolate
from loyalapp.features.catalogue import checkins, habits, owned, product_groups, removing, service
from loyalapp.features.catalogue.forms import FirstSaleForm, OwnedForm, ProductForm, SaleForm
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import rules
from loyalapp.web.rights import private_page
from loyalapp.web.shell import note

pages = Blueprint("catalogue", __name__, url_prefix="/catalogue", template_folder="templates")
FEW = 8


# ---- sales ----


@pages.route("/sale", methods=["GET", "POST"])
def choose():
    """Who bought something? Whoever is not in the book yet is written down together with the sale."""
    text = request.args.get("who", "").strip()
    form = _sale_form(FirstSaleForm(data=_begun(text)))
    if form.validate_on_submit():
        values = {**form.things(), "group": form.group.data or "", "amount_minor": form.amount.data}
        sold = (form.name.data, form.number.data, form.item.data, form.day(today()))
        if made := form.attempt(service.record_first_purchase, *sold, **values):
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=made), 303)
        return _choose_page(form, form.name.data, is_new=True)
    found = customers.suggest(text, FEW) if text else []
    if found and "take" in request.args:
        return redirect(url_for("catalogue.sale", customer_id=found[0].id), 303)
    return _choose_page(form, text, found, is_new=bool(text) and not found)


def _begun(text: str) -> dict[str, str]:
    """What was typed is a number or a name."""
    return {"number" if any(map(str.isdigit, text)) else "name": text}


def _choose_page(form: FirstSaleForm, text: str | None, found=(), *, is_new: bool):
    names = [one.name for one in service.products()]
    return form.page(
        "catalogue/choose.html", text=text or "", found=found, products=names, is_new=is_new or form.errors
    )


@pages.get("/who")
def who():
    """The few who answer, while one types."""
    text = request.args.get("q", "").strip()
    return render_template("catalogue/who.html", found=customers.suggest(text, FEW) if text else [])


@pages.route("/sale/<int:customer_id>", methods=["GET", "POST"])
def sale(customer_id: int):
    """Write a sale down."""
    customer = customers.get(customer_id)
    form = _sale_form(SaleForm())
    if form.validate_on_submit():
        values = {**form.things(), "group": form.group.data or "", "amount_minor": form.amount.data}
        if form.attempt(service.record_purchase, customer_id, form.item.data, form.day(today()), **values):
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=customer_id), 303)
    return _sale_page(form, customer)


@pages.route("/purchase/<int:purchase_id>", methods=["GET", "POST"])
@private_page
def edit_sale(purchase_id: int):
    """Correct a sale."""
    sold = service.get_purchase(purchase_id)
    known = {"item": sold.item, "bought_on": sold.bought_on, "amount": sold.amount_minor}
    form = _sale_form(SaleForm(data={**known, "group": service.group_given(sold)}))
    if form.validate_on_submit():
        day, values = form.day(sold.bought_on), {"group": form.group.data or "", "amount_minor": form.amount.data}
        form.attempt(service.change_purchase, purchase_id, form.item.data, day, **values)
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=sold.customer_id), 303)
    return _sale_page(form, customers.get(sold.customer_id), purchase_id)


@pages.post("/purchase/<int:purchase_id>/remove")
def remove_sale(purchase_id: int):
    """Delete a sale that never was, with an undo."""
    customer_id = service.get_purchase(purchase_id).customer_id
    step = removing.remove_purchase(purchase_id)
    note(_("The sale was removed."), undo=url_for("bring_back.undo", undo_step_id=step))
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


def _sale_form(form: SaleForm) -> SaleForm:
    names = product_groups.names()
    form.offer([("", _("Without a group")), *((one, isolate(one)) for one in names)])
    begin = form.item if not isinstance(form, FirstSaleForm) else form.number if form.name.data else form.name
    begin.render_kw = {"autofocus": True}
    return form


def _sale_page(form: SaleForm, customer, purchase_id: int | None = None):
    things = [one for one in owned.of(customer.id) if purchase_id and one.purchase_id == purchase_id]
    return form.page(
        "catalogue/sale.html",
        customer=customer,
        addressed=customers.addressed(customer),
        products=[one.name for one in service.products()],
        purchase_id=purchase_id,
        things=things,
    )


# ---- after the sale ----


@pages.get("/check-in/<key>")
@private_page
def check_in(key: str):
    """The words that ask whether it works."""
    found = checkins.get(key)
    if found is None:
        raise NotFound(_("This sale is not in the book any more."))
    customer = customers.get(found.customer_id)
    text, language = checkins.message(customer, found.item)
    number = next((one.number for one in customer.phones if one.on_whatsapp), None)
    return render_template(
        "catalogue/check_in.html",
        found=found,
        customer=customer,
        addressed=customers.addressed(customer),
        text=text,
        said_in=language,
        number=number,
        advice=rules.may_contact([customer.id], "checkin").get(customer.id),
        has_number=bool(habits.habits().number),
    )


# ---- what customers have ----


@pages.route("/owned/new/<int:customer_id>", methods=["GET", "POST"])
def add_owned(customer_id: int):
    """Something they have from us."""
    customer, form = customers.get(customer_id), OwnedForm()
    if form.validate_on_submit() and form.attempt(owned.add, customer_id, form.what.data, **form.told()):
        note(_("Saved."))
        return redirect(url_for("customers.show", customer_id=customer_id), 303)
    return _owned_page(form, customer)


@pages.route("/owned/<int:owned_item_id>", methods=["GET", "POST"])
@private_page
def edit_owned(owned_item_id: int):
    """Correct what we know of it."""
    item = owned.get(owned_item_id)
    form = OwnedForm(obj=item)
    if form.validate_on_submit():
        form.attempt(owned.change, owned_item_id, form.what.data, version=form.seen_version(), **form.told())
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=item.customer_id), 303)
    return _owned_page(form, customers.get(item.customer_id), item)


def _owned_page(form: OwnedForm, customer, item=None):
    addressed, names = customers.addressed(customer), [one.name for one in service.products()]
    return form.page("catalogue/owned.html", customer=customer, addressed=addressed, products=names, item=item)


@pages.post("/owned/<int:owned_item_id>/gone")
def gone(owned_item_id: int):
    """They do not have it any more; it can be taken back."""
    owned.set_gone(owned_item_id, today())
    note(_("They do not have it any more."), undo=url_for("catalogue.not_gone", owned_item_id=owned_item_id))
    return _back(owned_item_id)


@pages.post("/owned/<int:owned_item_id>/not-gone")
def not_gone(owned_item_id: int):
    """They still have it."""
    owned.set_gone(owned_item_id, None)
    return _back(owned_item_id)


def _back(owned_item_id: int):
    return redirect(url_for("customers.show", customer_id=owned.get(owned_item_id).customer_id), 303)


# ---- products ----


@pages.get("/")
def products():
    """What we sell, by group."""
    return render_template("catalogue/products.html", products=service.products(), groups=product_groups.names())


@pages.route("/new", methods=["GET", "POST"])
def add():
    """Something we sell that nobody has bought yet."""
    return _product_page(ProductForm(), service.add_product)


@pages.route("/<int:product_id>", methods=["GET", "POST"])
def product(product_id: int):
    """Name a product, put it into a group, say how long it lasts."""
    found = service.get_product(product_id)
    known = {"name": found.name, "group": found.product_group, "life_months": found.expected_life_months}
    return _product_page(ProductForm(data=known), service.change_product, product_id, title=found.name)


def _product_page(form: ProductForm, verb, *number: int, title: str = ""):
    if form.validate_on_submit():
        form.attempt(verb, *number, form.name.data, form.group.data or "", form.life_months.data)
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("catalogue.products"), 303)
    return form.page("catalogue/product.html", title=title, groups=product_groups.names())
