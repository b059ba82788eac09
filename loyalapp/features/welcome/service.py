"""Example data: lively, in three scripts, with days relative to today; gone again in one click."""

from loyalapp.core.i18n import LANGUAGES
from loyalapp.features.catalogue import product_groups
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system.calls import tell

TRADE = "sewing"  # of the made-up customers


def add_examples() -> int:
    """Add the made-up customers with everything that happened with them; returns how many."""
    from loyalapp.features.welcome import examples  # noqa: PLC0415 -- only for those who look around

    if customers.has_examples():
        return 0
    members = examples.add_staff()
    count = examples.fill(members)
    settings.put("examples", members)  # so that they go with the customers
    return count


def remove_examples() -> int:
    """Take them out again; whatever hangs on them goes too."""
    count = customers.remove_examples()
    staff.remove_untouched(settings.get("examples") or [])
    product_groups.remove_unsold(one for language in LANGUAGES for one in product_groups.trades(language)[TRADE][1])
    settings.put("examples", False)
    tell("example_data_was_removed")
    return count
