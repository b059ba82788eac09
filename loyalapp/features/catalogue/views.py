"""Pages of sales and products."""

from flask import Blueprint, redirect, render_template, url_for

from loyalapp.core.clock import today
from loyalapp.core.i18n import _
from loyalapp.features.catalogue import removing, service
from loyalapp.features.catalogue.forms import ProductForm, SaleForm
from loyalapp.features.customers import service as customers
from loyalapp.web.shell import note

pages = Blueprint("catalogue", __name__, url_prefix="/catalogue", template_folder="templates")


@pages.route("/sale/<int:customer_id>", methods=["GET", "POST"])
def sale(customer_id: int):
    """Write a sale down."""
    customer = customers.get(customer_id)
    return _sale_page(SaleForm(), customer, service.record_purchase, customer_id)


@pages.route("/purchase/<int:purchase_id>", methods=["GET", "POST"])
def edit_sale(purchase_id: int):
    """Correct a sale."""
    purchase = service.get_purchase(purchase_id)
    shown = {name: getattr(purchase, name) for name in ("item", "bought_on", "serial", "warranty_until")}
    form = SaleForm(data={**shown, "amount": purchase.amount_minor})
    return _sale_page(form, customers.get(purchase.customer_id), service.change_purchase, purchase_id, is_new=False)


@pages.post("/purchase/<int:purchase_id>/remove")
def remove_sale(purchase_id: int):
    """Delete a sale that never was, with an undo."""
    customer_id = service.get_purchase(purchase_id).customer_id
    step = removing.remove_purchase(purchase_id)
    note(_("The sale was removed."), undo=url_for("bring_back.undo", undo_step_id=step))
    return redirect(url_for("customers.show", customer_id=customer_id), 303)


def _sale_page(form: SaleForm, customer, verb, number: int, *, is_new: bool = True):
    if form.validate_on_submit():
        form.attempt(
            verb,
            number,
            form.item.data,
            form.bought_on.data or today(),
            amount_minor=form.amount.data,
            serial=form.serial.data or "",
            warranty_until=form.warranty_until.data,
        )
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=customer.id), 303)
    products = [one.name for one in service.products()]
    return form.page(
        "catalogue/sale.html",
        customer=customer,
        addressed=customers.addressed(customer),
        products=products,
        purchase_id=None if is_new else number,
    )


@pages.get("/")
def products():
    """What we sell, by group."""
    return render_template("catalogue/products.html", products=service.products())


@pages.route("/new", methods=["GET", "POST"])
def add():
    """Something we sell that nobody has bought yet."""
    return _product_page(ProductForm(), service.add_product)


@pages.route("/<int:product_id>", methods=["GET", "POST"])
def product(product_id: int):
    """Name a product, and put it into a group."""
    found = service.get_product(product_id)
    form = ProductForm(data={"name": found.name, "group": found.product_group})
    return _product_page(form, service.change_product, product_id, title=found.name)


def _product_page(form: ProductForm, verb, *number: int, title: str = ""):
    if form.validate_on_submit():
        form.attempt(verb, *number, form.name.data, form.group.data or "")
        if not form.errors:
            note(_("Saved."))
            return redirect(url_for("catalogue.products"), 303)
    return form.page("catalogue/product.html", title=title, groups=service.groups())
