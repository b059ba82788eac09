"""Takes its time for every answer."""

import time

from loyalapp.sdk import hookimpl


@hookimpl
def help_topics():
    time.sleep(0.25)
    return []
