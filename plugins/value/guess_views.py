"""Our own guess beside what customers say, and which kinds of customers were asked."""

from typing import Any
from urllib.parse import urlencode

from loyalapp import sdk

from . import asked, guessing, words
from .forms import GuessForm
from .views import pages

_ = sdk.texts("value").gettext


@pages.route("/guess", methods=["GET", "POST"])
@sdk.private_page
def guess() -> Any:
    """What we believe, and beside it what customers say."""
    form = GuessForm()
    if form.validate_on_submit():
        given = form.typed()
        if form.attempt(guessing.add, given["kind"] or "", given["theme"] or "", given["words"] or ""):
            sdk.note(_("Saved."))
            return sdk.redirect_to("value.guess")
    return form.page(
        "value/guess.html",
        ours=guessing.ours(),
        beside=guessing.beside(),
        asked=asked.how_many_asked(),
        fewest=asked.FEWEST,
        words=words,
    )


@pages.post("/guess/<int:guess_id>/gone")
def guess_gone(guess_id: int) -> Any:
    """We do not believe it any more."""
    was = guessing.take_out(guess_id)
    sdk.note(_("Taken out."), undo=f"{sdk.url_for('value.guess_again')}?{urlencode(was)}")
    return sdk.redirect_to("value.guess")


@pages.post("/guess/again")
def guess_again() -> Any:
    """Undo of that."""
    args = sdk.request.args
    guessing.add(args.get("kind", ""), args.get("theme", ""), args.get("words", ""))
    sdk.note(_("It is as it was before."))
    return sdk.redirect_to("value.guess")


@pages.get("/asked")
@sdk.private_page
def asked_page() -> str:
    """Which kinds of customers were asked, which not, and whom of a kind to ask next."""
    standing = asked.standing()
    return sdk.render(
        "value/asked.html",
        standing=standing,
        names=sdk.customers.names({one.ask for one in standing.unasked if one.ask}),
        words=words,
    )
