"""Wants to stand round the answers of all others."""

import pluggy

hookimpl = pluggy.HookimplMarker("loyalapp")


@hookimpl(wrapper=True)
def nav_links():
    yield
    return []
