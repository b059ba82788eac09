"""What stands round the wish of a card: how it speaks to the person, years together, the day, and who signs."""

from loyalapp import sdk

from . import words

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


def is_named(customer: sdk.Customer, address: str) -> bool:
    """Whether a card speaks to the person by a part of the name at least, in whichever letters."""
    known = (customer.name, customer.name_ur, customer.name_hi, customer.name_en, customer.firm)
    names = [name for name in known if name and not sdk.undrawable(name)]  # in other letters nobody could say it
    parts = [part for name in names for part in sdk.norm(name).split()]
    spoken = sdk.norm(address)
    return not parts or any(f" {part} " in f" {spoken} " or sdk.Sought(part).met_by(spoken) for part in parts)


def with_form(customer: sdk.Customer, form: str, language: str) -> str:
    """How a card would speak to the person with another form of address."""
    name = sdk.customers.name_in(customer, language)
    return words.addressed(sdk.address.with_respect(name, form), language, has_form=True)
