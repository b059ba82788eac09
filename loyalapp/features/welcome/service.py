"""Example data: lively, in three scripts, with days relative to today; gone again in one click."""

from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings


def add_examples() -> int:
    """Add the made-up customers with everything that happened with them; returns how many."""
    from loyalapp.features.welcome import examples  # noqa: PLC0415 -- only for those who look around

    if customers.has_examples():
        return 0
    count = examples.fill()
    settings.put("examples", True)
    return count


def remove_examples() -> int:
    """Take them out again; whatever hangs on them goes too."""
    count = customers.remove_examples()
    settings.put("examples", False)
    return count
