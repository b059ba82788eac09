"""Never comes to an end when it is asked, whatever is raised in it."""

from loyalapp.sdk import hookimpl


@hookimpl
def customer_actions(customer_id):
    while True:
        try:
            pass
        except Exception:  # -- it is broken on purpose: it swallows whatever would end it
            pass
