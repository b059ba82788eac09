"""Begins work that never ends, and leaves it running."""

import threading
import time

from loyalapp import sdk
from loyalapp.sdk import hookimpl


def work():
    while True:
        time.sleep(0.1)


threading.Thread(target=work, name="never ends", daemon=False).start()
our_pages = sdk.blueprint("leaves_thread")


@our_pages.get("/")
def show():
    """Its one page."""
    return "It works"


@hookimpl
def pages():
    """The page."""
    return our_pages
