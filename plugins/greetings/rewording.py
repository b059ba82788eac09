"""What the buttons of the page do to the words and the look of a card that is being written."""

from collections.abc import Callable

from loyalapp import sdk

from . import likeness, lines, looks, proposals, service, varying
from .likeness import Echo
from .models import TONES
from .service import Draft

LONGEST_NUMBER = 3


def changed(customer: sdk.Customer, shown: Draft, button: str) -> Draft:
    """The draft after a button, such as `wish`, `tone-short` or `take-2`; as it was for a button we do not know."""
    deed, _dash, chosen = button.partition("-")
    return DEEDS[deed](customer, shown, chosen) if deed in DEEDS else shown


def wordings(customer: sdk.Customer, shown: Draft) -> list[str]:
    """All that could be said in the tone of the card."""
    tone = shown.tone if shown.tone in TONES else varying.tone_for(customer)
    return varying.wordings(customer, shown.occasion, shown.language, max(shown.years, 1), tone)


def offers(customer: sdk.Customer, shown: Draft) -> list[lines.Offer]:
    """Personal lines that no earlier card had."""
    before = [card.own_line for card in service.cards_of(customer.id, likeness.MOST_OWN) if card.own_line]
    return lines.offers(customer, shown.language, before)


def too_close(customer: sdk.Customer, shown: Draft) -> list[Echo]:
    """The cards that say nearly the same, the worst first (E1)."""
    return varying.too_close(_around(customer, shown), shown.wish, shown.own_line)


def _around(customer: sdk.Customer, shown: Draft) -> varying.Around:
    return varying.around(customer, shown.occasion, likeness.said(shown.wish, shown.own_line))


def _anew(customer: sdk.Customer, shown: Draft, _chosen: str) -> Draft:
    return service.draft(customer.id, shown.occasion, language=shown.language, tone=shown.tone)


def _look(_customer: sdk.Customer, shown: Draft, chosen: str) -> Draft:
    """In the look that was pressed, or the next one."""
    choices = [one.key for one in looks.fitting(shown.occasion)]
    after = choices.index(shown.design) + 1 if shown.design in choices else 0
    return shown._replace(design=_picked(choices, chosen) or choices[after % len(choices)])


def _shape(_customer: sdk.Customer, shown: Draft, _chosen: str) -> Draft:
    return shown._replace(shape=service.SHAPES[service.SHAPES.index(shown.shape) - 1])


def _wish(customer: sdk.Customer, shown: Draft, _chosen: str) -> Draft:
    """With another wish, the freshest first."""
    choices = wordings(customer, shown)
    return shown._replace(wish=varying.another(choices, _around(customer, shown), shown.wish, shown.own_line))


def _say(customer: sdk.Customer, shown: Draft, chosen: str) -> Draft:
    return shown._replace(wish=_picked(wordings(customer, shown), chosen) or shown.wish)


def _tone(customer: sdk.Customer, shown: Draft, chosen: str) -> Draft:
    return _wish(customer, shown._replace(tone=chosen if chosen in TONES else TONES[0]), "")


def _vary(customer: sdk.Customer, shown: Draft, _chosen: str) -> Draft:
    """With one key unlike the cards it was too close to: wish, line and look, each where it is the same as theirs."""
    seen = _around(customer, shown)
    again = shown.own_line and any(one.met.own_line == shown.own_line for one in too_close(customer, shown))
    fresh = [one.line for one in offers(customer, shown) if one.line != shown.own_line] if again else []
    choices = [one.key for one in looks.fitting(shown.occasion)] or [shown.design]
    is_taken = any(one.design == shown.design for one in seen.near())
    return _wish(customer, shown, "")._replace(
        own_line=fresh[0] if fresh else shown.own_line,
        design=varying.design(choices, seen) if is_taken else shown.design,
    )


def _form(customer: sdk.Customer, shown: Draft, chosen: str) -> Draft:
    """With one of the usual forms of address, which is kept for every card to come."""
    form = _picked(list(sdk.address.SUGGESTED[shown.language]), chosen)
    if not form:
        return shown
    sdk.customers.change(customer.id, {"address_form": form})
    return shown._replace(address=proposals.with_form(customer, form, shown.language))


def _take(customer: sdk.Customer, shown: Draft, chosen: str) -> Draft:
    """With an offered line."""
    return shown._replace(own_line=_picked([one.line for one in offers(customer, shown)], chosen) or shown.own_line)


def _picked(choices: list[str], number: str) -> str:
    """The one with this number; nothing for a number that is none."""
    place = int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else len(choices)
    return choices[place] if place < len(choices) else ""


DEEDS: dict[str, Callable[[sdk.Customer, Draft, str], Draft]] = {
    "anew": _anew, "design": _look, "shape": _shape, "wish": _wish, "say": _say, "tone": _tone, "vary": _vary,
    "form": _form, "take": _take,
}  # fmt: skip
