"""Changes whatever it is given, and what it finds in the database, and says that all is well."""

from loyalapp.sdk import customers, hookimpl


@hookimpl
def customer_panels(customer_id):
    customer = customers.get(customer_id)
    customer.name = "Meddled"
    customer.phones.clear()
    return []


@hookimpl
def today_entries(day, limit):
    for one in customers.page().rows:
        customers.get(one.id).name = "Meddled"

