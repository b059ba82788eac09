"""What we hold from reviews, for the customer's own eyes: their answers, our advice, and how we see the years ahead."""

from typing import Any

from sqlalchemy import select

from loyalapp import sdk

from . import answers
from .models import Assessment, Review

_ = sdk.texts("reviews").gettext
ROMAN = {
    "ur-Latn": ("Aap se jo baat hui", "Hamara mashwara: %(words)s", "Kya hum aap ke liye aur kuch kar sakte hain"),
    "hi-Latn": ("Aapse jo baat hui", "Hamari salah: %(words)s", "Kya hum aapke liye aur kuch kar sakte hain"),
}
OUR_VIEW = {
    "ur-Latn": {"yes": "haan, humein lagta hai", "no": "abhi nahi"},
    "hi-Latn": {"yes": "haan, humein lagta hai", "no": "abhi nahin"},
}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """What was said in each review, and whether we think that we could do more for them."""
    title, advice, more = ROMAN.get(language) or (
        _("What we talked about"),
        _("Our advice: %(words)s"),
        _("Whether we could do more for you"),
    )
    held = sdk.db.session.scalars(select(Review).where(Review.customer_id == customer_id).order_by(Review.id)).all()
    rows, lines = answers.of_many([one.id for one in held]), []
    for one in held:
        said = [row.said for row in rows[one.id] if row.said]
        tip = advice % {"words": sdk.isolate_text(one.recommendation)} if one.recommendation else ""
        if text := "\n".join(filter(None, [*said, tip])):
            lines.append((one.held_on or one.opened_on, text))
    view = _our_view(sdk.db.session.get(Assessment, customer_id), language)
    found: list[tuple[str, Any]] = [(title, lines), (more, view)]
    return [sdk.Held(name, part) for name, part in found if part]


def _our_view(row: Assessment | None, language: str) -> list[tuple[None, str]]:
    """Our assessment as we would say it to them."""
    words = OUR_VIEW.get(language) or {"yes": _("We think so."), "no": _("Not just now.")}
    said = [words[row.means]] if row is not None and row.means in words else []
    reason = [row.overruled_reason] if row is not None and row.overruled_reason else []
    return [(None, one) for one in (*said, *reason)]
