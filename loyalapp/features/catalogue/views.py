"""Pages of sales and products."""

from flask import Blueprint, redirect, render_template, url_for

from loyalapp.core.clock import today
from loyalapp.core.i18n import _
from loyalapp.features.catalogue import service
from loyalapp.features.catalogue.forms import GroupForm, SaleForm
from loyalapp.features.customers import service as customers
from loyalapp.web.shell import note

pages = Blueprint("catalogue", __name__, url_prefix="/catalogue", template_folder="templates")


@pages.route("/sale/<int:customer_id>", methods=["GET", "POST"])
def sale(customer_id: int):
    """Write a sale down."""
    customer = customers.get(customer_id)
    form = SaleForm()
    if form.validate_on_submit():
        recorded = form.attempt(
            service.record_purchase,
            customer_id,
            form.item.data,
            form.bought_on.data or today(),
            amount_minor=form.amount.data,
            serial=form.serial.data or "",
            warranty_until=form.warranty_until.data,
        )
        if recorded:
            note(_("Saved."))
            return redirect(url_for("customers.show", customer_id=customer_id), 303)
    products = [one.name for one in service.products()]
    return form.page(
        "catalogue/sale.html", customer=customer, addressed=customers.addressed(customer), products=products
    )


@pages.get("/")
def products():
    """What we sell, by group."""
    return render_template(
        "catalogue/products.html", products=service.products(), groups=service.groups(), form=GroupForm()
    )


@pages.post("/<int:product_id>/group")
def group(product_id: int):
    """Put a product into a group."""
    service.set_group(product_id, GroupForm().group.data or "")
    note(_("Saved."))
    return redirect(url_for("catalogue.products"), 303)
