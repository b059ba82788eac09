"""Answers of customers in whole sentences."""

from collections.abc import Mapping

from loyalapp.core.i18n import _
from loyalapp.features.customers.consent import PURPOSES, Consent


def _answers() -> dict[str, tuple[str, str, str]]:
    """Each purpose: what is said of a yes, of a no, and of no answer."""
    return {
        "greetings": (
            _("Likes our greetings."),
            _("Does not want greetings."),
            _("Greetings: not asked yet."),
        ),
        "offers": (
            _("Likes to hear of offers."),
            _("Does not want offers."),
            _("Offers: not asked yet."),
        ),
        "reference": (
            _("May be named to others as our customer."),
            _("Must not be named to others."),
            _("Being named to others: not asked yet."),
        ),
        "details": (
            _("We may keep what we know about them."),
            _("Does not want us to keep their data."),
            _("Keeping their data: not asked yet."),
        ),
    }


def answer(line: Consent) -> tuple[str, str]:
    """What a line says, and how we know."""
    said = _answers()[line.purpose]
    how = {
        "told": _("They told us."),
        "wrote": _("They wrote to us."),
        "form": _("They signed a form."),
        "merged": _("They had said so under their other name."),
    }
    return said[0] if line.given else said[1], how.get(line.source, "")


def standing(lines: Mapping[str, Consent]) -> list[tuple[str, str]]:
    """What counts now for each purpose: `yes`, `no` or `open`, and the sentence."""
    found = []
    for purpose, (yes, no, unasked) in _answers().items():
        line = lines.get(purpose)
        found.append(("open", unasked) if line is None else ("yes", yes) if line.given else ("no", no))
    return found


def refusals(said: Mapping[str, bool]) -> list[str]:
    """What the customer does not want, for the customer's page."""
    return [_answers()[one][1] for one in PURPOSES if said.get(one) is False]
