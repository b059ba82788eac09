"""The book of what customers value, the two questions, an extra that was given, and one line with where it was used."""

from typing import Any

from loyalapp import sdk

from . import asked, correcting, guessing, service, sorts, uses, words
from .forms import ExtraForm, SaidForm, SortForm, VoiceForm

_ = sdk.texts("value").gettext
pages = sdk.blueprint("value")

FEW = 5


@pages.get("/")
@sdk.private_page
def index() -> str:
    """What customers said and were given, and which kinds of customers nobody has asked yet."""
    args = sdk.request.args
    kind = args.get("kind") if args.get("kind") in service.KINDS else None
    trade = sdk.plain(args.get("trade", "")[:200]) or None
    standing = asked.standing()
    silent = standing.unasked[:FEW]
    page = service.page(kind, trade, number(args.get("after", "")))
    return sdk.render(
        "value/index.html",
        page=page,
        kind=kind,
        trade=trade,
        kinds=service.KINDS,
        heard=standing.heard[:FEW],
        silent=silent,
        names=sdk.customers.names({row.customer_id for row in page.rows} | {one.ask for one in silent if one.ask}),
        unnamed=sdk.refused([row.customer_id for row in page.rows], "reference"),
        themes=service.themes_of([row.id for row in page.rows]),
        words=words,
        may_quote=service.may_quote,
        icons=words.ICONS,
        wants_guess=guessing.is_empty(),
    )


def number(text: str) -> int | None:
    """A row's number out of an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@pages.route("/new/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def new(customer_id: int) -> Any:
    """Ask the two questions and write down the answers."""
    customer = sdk.customers.get(customer_id)
    form = VoiceForm(data={"quoting": "", "said_on": sdk.today()})
    ticked = chosen_themes()
    if form.validate_on_submit():
        given = form.typed()
        themes = [*ticked, given.pop("own_theme") or ""]
        given["quoting"] = given["quoting"] or ""
        if form.attempt(service.hear, customer_id, themes=themes, **given):
            sdk.note(_("Saved."))
            return sdk.redirect_to("customers.show", customer_id=customer_id)
    return form.page(
        "value/new.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        spoken=words.spoken_with(customer),
        words=words,
        ticked=ticked,
        people=[one.name for one in customer.people],
        verdict=sdk.contact_check([customer_id], "contact").get(customer_id),
        before=service.voices_of(customer_id, 4, service.SAID),
    )


def chosen_themes() -> list[str]:
    """What was ticked."""
    return [one for one in sdk.request.form.getlist("theme") if one in words.themes()]


@pages.route("/extra/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def extra(customer_id: int) -> Any:
    """Write down an extra that was given."""
    customer = sdk.customers.get(customer_id)
    form = ExtraForm(data={"said_on": sdk.today()})
    if form.validate_on_submit():
        given = form.typed()
        saved = {name: given[name] for name in ("saved_minor", "saved_minutes")}
        what = (given["extra"] or "", given["words"] or "", given["said_on"])
        if form.attempt(service.give, customer_id, *what, **saved):
            sdk.note(_("Saved."))
            return sdk.redirect_to("customers.show", customer_id=customer_id)
    return form.page(
        "value/extra.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        before=service.voices_of(customer_id, 4, ["extra_given"]),
        words=words,
    )


@pages.route("/lines/<int:voice_id>", methods=["GET", "POST"])
@sdk.private_page
def show(voice_id: int) -> Any:
    """One line of the book, to be put right: its words, what others may be told, and where it was used."""
    found = service.get(voice_id)
    form = _form_of(found)
    if form.validate_on_submit():
        changed = _put_right(voice_id, form)
        if changed:
            _say_where_used(changed)
            return sdk.redirect_to("value.show", voice_id=voice_id)
        found = service.get(voice_id)
        form.seen.data = correcting.seen(found)  # what stands there now is at the head of the page
    used = uses.of(voice_id)
    people = {found.customer_id, *(one.for_id for one in used if one.for_id)}
    return form.page(
        "value/line.html",
        row=found,
        used=used,
        names=sdk.customers.names(people),
        themes=service.themes_of([voice_id]).get(voice_id, []),
        said=service.may_quote(found, sdk.refused([found.customer_id], "reference")),
        money=sdk.format_money(found.saved_minor, sdk.firm().currency),
        icons=words.ICONS,
        words=words,
    )


def _form_of(line: Any) -> Any:
    """The line as it stands, in the fields of its kind."""
    known = {"seen": correcting.seen(line), "words": line.words, "said_on": line.said_on}
    if line.kind != "extra_given":
        return SaidForm(data={**known, "who": line.who, "quoting": line.quoting})
    saved = {"saved_minor": line.saved_minor or None, "saved_minutes": line.saved_minutes or None}
    return ExtraForm(line.extra, data={**known, **saved, "extra": line.extra})


def _put_right(voice_id: int, form: Any) -> Any:
    given = form.typed()
    version, text, day = given["seen"] or "", given["words"] or "", given["said_on"]
    if isinstance(form, ExtraForm):
        saved = {name: given[name] for name in ("saved_minor", "saved_minutes")}
        return form.attempt(correcting.extra, voice_id, given["extra"] or "", text, day, **saved, version=version)
    more = {"who": given["who"] or "", "quoting": given["quoting"] or "", "themes": _themes_after(voice_id)}
    return form.attempt(correcting.said, voice_id, text, said_on=day, **more, version=version)


@pages.post("/lines/<int:voice_id>/remove")
def remove(voice_id: int) -> Any:
    """Take a line out of the book; it can be brought back."""
    try:
        step = correcting.remove(voice_id)
    except sdk.NotFound:
        raise
    except sdk.LoyalAppError as error:
        sdk.note(str(error), is_trouble=True)
        return sdk.redirect_to("value.show", voice_id=voice_id)
    sdk.note(_("Taken out of the book."), undo=sdk.url_for("bring_back.undo", undo_step_id=step))
    return sdk.redirect_to("value.index")


def _themes_after(voice_id: int) -> list[str]:
    """What was ticked, also of the own words that stood there."""
    stood = service.themes_of([voice_id]).get(voice_id, [])
    ticked = sdk.request.form.getlist("theme")
    return [one for one in ticked if one in words.themes() or one in stood]


def _say_where_used(voice: Any) -> None:
    """Where a yes was taken back, whoever has a paper with these words is named beside it."""
    if voice.withdrawn_on != sdk.today() or not uses.of(voice.id, 1):
        sdk.note(_("Saved."))
        return
    kept = _("Kept. What they do not allow any more stands on no page for others from now on.")
    where = _("Beside it you see where it was used.")
    sdk.note(f"{kept} {where}")


@pages.post("/friends/<int:customer_id>")
def befriend(customer_id: int) -> Any:
    """A customer who likes to be asked, or not any more."""
    is_friend = sdk.request.form.get("friend") == "yes"
    asked.mark_friend(customer_id, is_friend=is_friend)
    name = sdk.isolate_text(sdk.customers.names([customer_id]).get(customer_id, ""))
    words_ = _("%(name)s is marked as a friend of the firm.") if is_friend else _("%(name)s is not marked any more.")
    sdk.note(words_ % {"name": name})
    return sdk.go_back(sdk.request.form.get("next", "/"))


# ---- sorts of extras ----


@pages.route("/sorts", methods=["GET", "POST"])
@sdk.owner_saves
def sorts_page() -> Any:
    """The sorts of extras, with those of our own."""
    form = SortForm()
    if form.validate_on_submit() and form.attempt(sorts.add, form.name.data or ""):
        sdk.note(_("Saved."))
        return sdk.redirect_to("value.sorts_page")
    return form.page("value/sorts.html", own=sorts.own(), words=words)


@pages.post("/sorts/<int:sort_id>/gone")
@sdk.owner_saves
def sort_gone(sort_id: int) -> Any:
    """A sort is not offered any more, or again."""
    sorts.set_gone(sort_id, is_gone=sdk.request.form.get("gone") == "yes")
    sdk.note(_("Saved."))
    return sdk.redirect_to("value.sorts_page")
