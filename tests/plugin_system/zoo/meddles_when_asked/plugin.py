"""Commits, rolls back and throws away the session in which it is asked."""

from loyalapp.sdk import customers, db, hookimpl


@hookimpl
def customer_actions(customer_id):
    customers.get(customer_id)
    db.session.commit()
    db.session.rollback()
    db.session.close()


@hookimpl
def timeline_entries(customer_id, limit):
    db.session.remove()
    customers.get(customer_id)


@hookimpl
def customers_with_open_problem(customer_ids):
    db.session.commit()
    db.session.rollback()
    db.session.remove()
