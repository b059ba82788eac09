"""The figures of reviews with their pictures, and their sheet to print."""

from typing import Any

from loyalapp import sdk

from . import drawing, figure_words, figures, words
from .views import pages

_ = sdk.texts("reviews").gettext
FEW = 8  # customers named on a sheet that still fits on one page


@pages.get("/figures")
@sdk.private_page
def figures_page() -> str:
    """Coverage by level, opportunities found and taken up, tips, words on other shops, and what reviews brought."""
    found, right = figures.figures(), sdk.current_language() == "ur"
    pictures = {key: drawing.share(one, from_right=right, dye=drawing.DYES[key]) for key, one in found.covered.items()}
    most = max((one.found for one in found.kinds), default=0)
    return sdk.render(
        "reviews/figures.html",
        covered=[(what, told, pictures[key]) for key, what, told in figure_words.covered(found)],
        has_held=any(found.held),
        held=drawing.bars(found.held, from_right=right),
        held_parts=[(figure_words.month(day), count) for day, count in zip(found.months, found.held, strict=True)],
        kinds=[
            (words.kind(one.kind), figure_words.kind(one), drawing.outcomes(one, most, from_right=right))
            for one in found.kinds
        ],
        tips=figure_words.tips(found) if found.tips else "",
        has_heard=any(found.heard),
        heard=drawing.bars(found.heard, from_right=right, dye="bad"),
        heard_parts=[(figure_words.month(day), count) for day, count in zip(found.months, found.heard, strict=True)],
        heard_words=figure_words.heard(found),
        shops=found.shops,
        rising=[(one.customer_id, figure_words.rise(one)) for one in found.rising],
        names=sdk.customers.names([one.customer_id for one in found.rising]),
        brought=figure_words.brought(found.brought) if any(found.held) else [],
        box=drawing,
    )


@pages.post("/figures/sheet")
@sdk.private_page
def figures_sheet() -> Any:
    """The figures as a sheet to print."""
    found = figures.figures()
    names = sdk.customers.names([one.customer_id for one in found.rising])
    content = sdk.sheet(*figure_words.sheet(found, names), is_one_page=len(found.rising) <= FEW)
    file = sdk.export_file(" ".join([_("What reviews bring"), sdk.today().isoformat()]) + ".pdf", content)
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to("reviews.figures_page")
