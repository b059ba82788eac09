"""What a card could say: form of address, wording, years together, and lines built on what we know."""

from datetime import date

from sqlalchemy import func, select

from loyalapp import sdk

from . import words
from .models import Card

_ = sdk.texts("greetings").gettext
COMING_DAYS = 15  # a card is made this long before its day


def language_for(customer: sdk.Customer) -> str:
    """The customer's own language; where we do not know it, the one of the desk."""
    known = customer.message_language
    return known if known in sdk.MESSAGE_LANGUAGES else sdk.current_language()


def years_together(customer: sdk.Customer) -> int:
    """Whole years since the first deal, counting the anniversary that is just coming."""
    if customer.since is None:
        return 0
    return max(0, int(((sdk.today() - customer.since).days + COMING_DAYS) / 365.25))


def address_of(customer: sdk.Customer, language: str) -> str:
    """Name and respectful form of address in the language of the card (practice E2)."""
    spoken = sdk.customers.addressed(customer, language)
    bare = sdk.customers.name_in(customer, language)
    return words.addressed(spoken, language, has_form=spoken != bare or customer.kind == "firm")


def place_of(firm: str, city: str, language: str) -> str:
    """Who signs below the name: the firm and its town."""
    comma = "، " if language == "ur" else ", "
    return comma.join(one for one in (firm, city) if one)


def since_of(customer: sdk.Customer, language: str) -> str:
    """The day of the first deal, written out in the language of the card."""
    if customer.since is None:
        return ""
    with sdk.in_language("en" if "-" in language else language):
        return words.since(sdk.format_day(customer.since, "long"), language)


def least_used(wordings: list[str]) -> str:
    """The wording that went to the fewest people this year, so that cards vary by themselves (E1)."""
    keys = {sdk.norm(one): one for one in wordings}
    query = (
        select(Card.wish_key, func.count())
        .where(Card.wish_key.in_(keys), Card.made_on >= new_year())
        .group_by(Card.wish_key)
    )
    used = {row[0]: row[1] for row in sdk.db.session.execute(query)}
    return min(keys.items(), key=lambda pair: used.get(pair[0], 0))[1]


def offers(customer: sdk.Customer, language: str) -> list[tuple[str, str]]:
    """What we know that a personal line can be built on: (line, where it comes from), the newest first."""
    found = [(fact.text, _source(fact)) for fact in customer.facts if fact.may_use and not fact.do_not_mention][:3]
    bought = sdk.catalogue.purchases_of(customer.id, 1)
    if bought:
        day = sdk.isolate_text(sdk.format_day(bought[0].bought_on, "near"))
        found.append((words.offer("item", language, item=bought[0].item), _("bought on %(day)s", day=day)))
    if customer.since:
        found.append((words.offer("first", language, year=customer.since.year), _("from the first deal")))
    return found


def _source(fact: sdk.Fact) -> str:
    day = sdk.isolate_text(sdk.format_day(fact.learned_on, "near"))
    known = {"told": _("told on %(day)s", day=day), "contact": _("from a talk on %(day)s", day=day)}
    if not fact.source or fact.source in ("seen", "other", "page"):
        return _("noted on %(day)s", day=day)
    return known.get(fact.source) or _("%(source)s, on %(day)s", source=sdk.isolate_text(fact.source), day=day)


def new_year() -> date:
    """The first day of this year: sameness is looked for from then on."""
    return sdk.today().replace(month=1, day=1)
