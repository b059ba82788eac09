"""What we hold about a customer's problems, for the customer's own eyes."""

from sqlalchemy import select

from loyalapp import sdk

from . import photos
from .models import Problem

_ = sdk.texts("issues").gettext
ngettext = sdk.texts("issues").ngettext
_SAID = {  # the same as in `_told`
    "ur-Latn": {"easy": "aap ne kaha: aasan", "so_so": "aap ne kaha: bas theek", "hard": "aap ne kaha: mushkil"},
    "hi-Latn": {"easy": "aapne kaha: aasan", "so_so": "aapne kaha: bas theek", "hard": "aapne kaha: mushkil"},
}
ROMAN = {
    "ur-Latn": ("Aap ne jo masle bataye", "hal ho gaya, %(day)s"),
    "hi-Latn": ("Aapne jo samasyaen batayin", "sulajh gayi, %(day)s"),
}


def about(customer_id: int, language: str) -> list[sdk.Held]:
    """Every problem they told us about, in their words, and when it was solved."""
    title, solved = ROMAN.get(language) or (_("Problems you told us about"), _("solved on %(day)s"))
    rows = sdk.db.session.scalars(select(Problem).where(Problem.customer_id == customer_id).order_by(Problem.id))
    lines, kept = [], photos.held(customer_id)
    for one in rows:
        end = solved % {"day": sdk.format_day(sdk.local(one.solved_at).date())} if one.solved_at else ""
        said = (_SAID.get(language) or _told()).get(one.ease or "", "")
        parts = [sdk.isolate_text(part) for part in (one.item, one.what) if part]
        parts += [end, said, _photos(kept.get(one.id, 0), language)]
        lines.append((one.opened_at, " · ".join(part for part in parts if part)))
    return [sdk.Held(title, lines)] if lines else []


def _told() -> dict[str, str]:
    """What they answered when they were asked how easy it was, said to themselves."""
    return {"easy": _("you said: easy"), "so_so": _("you said: so-so"), "hard": _("you said: hard")}


def _photos(count: int, language: str) -> str:
    """How many photos are kept; they are in the file of the customer."""
    if not count:
        return ""
    shown = sdk.format_number(count)
    if "-" in language:
        return f"tasveerein: {shown}"
    return ngettext("%(count)s photo kept", "%(count)s photos kept", count, count=shown)
