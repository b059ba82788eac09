"""What can be done with visit cards: remember whose it is, draw one, print a sheet of them."""

from pathlib import Path

from sqlalchemy import delete, select

from loyalapp import sdk

from .models import Person

_ = sdk.texts("visit_card").gettext

DESIGN = Path(__file__).with_name("designs") / "card.typ"
LONGEST = 60


def newest() -> Person:
    """The person whose card was made last; before the first one, the firm's sender."""
    found = sdk.db.session.scalars(select(Person).order_by(Person.id.desc()).limit(1)).first()
    return found or Person(name=sdk.firm().sender, work="", phone="")


def remember(name: str, work: str, phone: str) -> Person:
    """Keep a person for the next card.

    :raises LoyalAppError: without a name or a phone number.
    """
    if not name:
        raise sdk.LoyalAppError(_("Please write whose card it is."), field="name")
    if not phone:
        raise sdk.LoyalAppError(_("Please write the phone number for the card."), field="phone")
    sdk.db.session.execute(delete(Person).where(Person.name == name))
    person = Person(name=name, work=work, phone=phone)
    sdk.db.session.add(person)
    sdk.db.session.commit()
    return person


def language_for(customer_id: int | None) -> str:
    """The language in which the card is offered: the customer’s, or the reader’s."""
    spoken = sdk.customers.get(customer_id).message_language if customer_id else None
    return spoken.partition("-")[0] if spoken else sdk.current_language()


def draw(person: Person, language: str, *, sheet: bool) -> bytes:
    """One card as a picture, or a sheet of eight as a PDF."""
    data = {
        "sheet": sheet,
        "language": language,
        "firm": sdk.firm().name,
        "city": sdk.firm().city,
        "name": person.name,
        "work": person.work,
        "phone": person.phone,
        "code": _code(person),
    }
    return sdk.typeset(DESIGN, data, "pdf" if sheet else "png", 200)


def _code(person: Person) -> str:
    """What a phone needs to keep the number: a square of black and white, as SVG."""
    from segno import helpers  # imported here: a start needs it not

    made = helpers.make_vcard(person.name, displayname=person.name, org=sdk.firm().name, phone=person.phone)
    return made.svg_inline(border=0, dark="#23242c", omitsize=True)


def save_sheet(person: Person, language: str) -> Path:
    """Write the sheet for printing into the exports folder."""
    with sdk.in_language(language):
        name = _("Visit card")
    return sdk.export_file(f"{name} {person.name}.pdf", draw(person, language, sheet=True))
