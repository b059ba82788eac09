"""What we hold about what a customer values, for their own eyes, and the papers that go when they are erased."""

from pathlib import Path

from sqlalchemy import select

from loyalapp import sdk

from . import uses
from .models import Voice

_ = sdk.texts("value").gettext
ROMAN = {
    "ur-Latn": ("Aap ne bataya ke aap ko kya pasand hai", "Hum ne aap ko aur kya diya"),
    "hi-Latn": ("Aapne bataya ki aapko kya pasand hai", "Humne aapko aur kya diya"),
}
_MAY = {  # what others may be told
    "ur-Latn": {"name": "naam ke saath bata sakte hain", "kind": "naam ke baghair", "no": "kisi ko nahin batani"},
    "hi-Latn": {"name": "naam ke saath bata sakte hain", "kind": "naam ke bina", "no": "kisi ko nahin batani"},
}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """What they said and what others may be told of it, and the extras they were given."""
    told, given = ROMAN.get(language) or (_("What you told us you like"), _("What we gave you beyond the goods"))
    rows = list(sdk.db.session.scalars(select(Voice).where(Voice.customer_id == customer_id).order_by(Voice.id)))
    said = [(one.said_on, _with_consent(one, language)) for one in rows if one.kind != "extra_given"]
    extras = [(one.said_on, one.words) for one in rows if one.kind == "extra_given"]
    return [sdk.Held(title, lines) for title, lines in ((told, said), (given, extras)) if lines]


def _with_consent(one: Voice, language: str) -> str:
    ours = {
        "name": _("we may tell others, with the name"),
        "kind": _("we may tell others, without the name"),
        "no": _("we tell nobody"),
    }
    words = _MAY.get(language, ours).get(one.quoting, "")
    return " · ".join(
        part for part in (one.who and sdk.isolate_text(one.who), sdk.isolate_text(one.words), words) if part
    )


def files(customer_id: int) -> list[Path]:
    """Their value sheets, and papers for others on which their words stand or that were made for them."""
    own = [file for form in ("png", "pdf") for file in sdk.exported(f"LoyalApp-value-{customer_id}.{form}")]
    return [*own, *uses.files(customer_id)]
