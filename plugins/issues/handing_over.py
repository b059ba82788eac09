"""What we hold about a customer's problems, for the customer's own eyes."""

from sqlalchemy import select

from loyalapp import sdk

from .models import Problem

_ = sdk.texts("issues").gettext
ROMAN = {
    "ur-Latn": ("Aap ne jo masle bataye", "hal ho gaya, %(day)s"),
    "hi-Latn": ("Aapne jo samasyaen batayin", "sulajh gayi, %(day)s"),
}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """Every problem they told us about, in their words, and when it was solved."""
    title, solved = ROMAN.get(language) or (_("Problems you told us about"), _("solved on %(day)s"))
    rows = sdk.db.session.scalars(select(Problem).where(Problem.customer_id == customer_id).order_by(Problem.id))
    lines = []
    for one in rows:
        end = solved % {"day": sdk.format_day(sdk.local(one.solved_at).date())} if one.solved_at else ""
        parts = [sdk.isolate_text(part) for part in (one.item, one.what) if part]
        lines.append((one.opened_at, " · ".join([*parts, end] if end else parts)))
    return [sdk.Held(title, lines)] if lines else []
