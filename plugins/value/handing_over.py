"""What we hold about what a customer values, for the customer's own eyes."""

from sqlalchemy import select

from loyalapp import sdk

from .models import Voice

_ = sdk.texts("value").gettext
ROMAN = {
    "ur-Latn": ("Aap ne bataya ke aap ko kya pasand hai", "Hum ne aap ko aur kya diya"),
    "hi-Latn": ("Aapne bataya ki aapko kya pasand hai", "Humne aapko aur kya diya"),
}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """What they said, and the extras they were given."""
    told, given = ROMAN.get(language) or (_("What you told us you like"), _("What we gave you beyond the goods"))
    rows = list(sdk.db.session.scalars(select(Voice).where(Voice.customer_id == customer_id).order_by(Voice.id)))
    said = [(one.said_on, one.words) for one in rows if one.kind != "extra_given"]
    extras = [(one.said_on, one.words) for one in rows if one.kind == "extra_given"]
    return [sdk.Held(title, lines) for title, lines in ((told, said), (given, extras)) if lines]
