"""Changes, commits and rolls back whatever it finds when it is told something."""

from loyalapp.sdk import customers, db, hookimpl


@hookimpl
def purchase_was_recorded(customer_id, purchase_id):
    customers.get(customer_id).name = "Meddled"
    db.session.flush()
    db.session.rollback()
    db.session.close()
    raise RuntimeError("and fails")
