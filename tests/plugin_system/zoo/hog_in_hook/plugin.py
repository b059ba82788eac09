"""Takes more and more memory when it is asked."""

import time

from loyalapp.sdk import hookimpl


@hookimpl
def customer_panels(customer_id):
    hoard = []
    while True:
        hoard.append(b"x" * 1_000_000)
        time.sleep(0.001)
