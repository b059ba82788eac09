"""Ends the program when it is asked."""

import sys

from loyalapp.sdk import hookimpl


@hookimpl
def quick_actions():
    sys.exit("bye")
