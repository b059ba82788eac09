"""The territory as a picture, its accounts page by page with one key each, and the level of one account (B1)."""

from typing import Any

from loyalapp import sdk

from . import assessing, level_forms, picture, portfolio, rhythm_words, standings, words
from .views import pages

_ = sdk.texts("reviews").gettext
EVERYBODYS = "all"
ANSWERS = ("yes", "no", "unknown")
LATER = "later"


def _whose(names: dict[int, str]) -> int | None:
    """Whose accounts are shown: those asked for, else one's own, else (None) everybody's."""
    asked = sdk.request.values.get("whose", "")
    if asked.isdecimal() and len(asked) < 10 and int(asked) in names:
        return int(asked)
    desk = sdk.staff.at_desk()
    return desk if asked != EVERYBODYS and desk in names else None


def _number(text: str) -> int | None:
    """A customer's number out of an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@pages.get("/portfolio")
@sdk.private_page
def map_page() -> str:
    """The picture: who could buy more, against how much they have of what we sell."""
    names = level_forms.pool_names()
    whose = _whose(names)
    found = portfolio.territory(whose)
    return sdk.render(
        "reviews/territory.html",
        rows=picture.rows(found),
        counts={one: found.number(level=one) for one in portfolio.PLACES},
        places=portfolio.PLACES,
        names=names,
        whose=whose,
        has_catalogue=bool(sdk.catalogue.groups()),
        box=picture,
        words=words,
        tell=rhythm_words,
    )


@pages.get("/portfolio/<place>")
@sdk.private_page
def territory(place: str) -> str:
    """The accounts of one level, those nobody has assessed yet, or all: one key answers for each."""
    _check(place)
    args, names = sdk.request.args, level_forms.pool_names()
    whose, means, share = _whose(names), _known(args, "means"), _known(args, "share")
    after, before = _number(args.get("after", "")), _number(args.get("before", ""))
    page = portfolio.page(place, after, before, whose=whose, means=means, share=share)
    ids = [row.id for row in page.rows]
    here = {"place": place, "whose": _told(whose, names), "means": means or None, "share": share or None}
    return sdk.render(
        "reviews/portfolio.html",
        place=place,
        page=page,
        here_again=here,
        means=means,
        share=share,
        names=sdk.customers.names(ids),
        standings=standings.standings(ids),
        counts=portfolio.counts(whose),
        places=portfolio.PLACES,
        left=portfolio.left(whose),
        answers=_answers(),
        words=words,
        tell=rhythm_words,
    )


def _told(whose: int | None, names: dict[int, str]) -> str | int | None:
    return (EVERYBODYS if whose is None else whose) if names else None


def _known(args: Any, name: str) -> str:
    """One of the words that a list may be narrowed by."""
    word: str = args.get(name, "")
    return word if word in {"means": portfolio.MEANS, "share": portfolio.SHARES}[name] else ""


def _answers() -> list[tuple[str, str, str]]:
    """The keys, what each says, and its word."""
    given = [(name, words.means(name)) for name in ANSWERS]
    return [(str(key), name, word) for key, (name, word) in enumerate([*given, (LATER, _("Later"))], start=1)]


def _check(place: str) -> None:
    if place not in portfolio.LISTS:
        raise sdk.NotFound(_("There is no such list."))


@pages.post("/portfolio/<place>")
def say(place: str) -> Any:
    """One answer on the list: could they buy more? With "unsorted" the last answer is taken back."""
    _check(place)
    verdict, _dash, number = sdk.request.form.get("answer", "").partition("-")
    customer_id = _number(number) or 0
    sdk.customers.get(customer_id)
    if verdict == "unsorted":
        assessing.take_back(customer_id)
    elif verdict != LATER:
        assessing.say_means(customer_id, verdict)
    if sdk.request.accept_mimetypes.best == "application/json":
        return {"left": portfolio.left(_whose(level_forms.pool_names()))}
    if verdict in ANSWERS:
        _say_what_was_said(customer_id)
    return sdk.go_back(sdk.request.form.get("next", sdk.url_for("reviews.territory", place=place)))


def _say_what_was_said(customer_id: int) -> None:
    name = sdk.isolate_text(sdk.customers.addressed(sdk.customers.get(customer_id)))
    level = words.level(standings.standing(customer_id).level)
    undo = sdk.url_for("reviews.unsay", customer_id=customer_id, next=sdk.request.form.get("next", ""))
    sdk.note(_("%(name)s: %(level)s.", name=name, level=level), undo=undo)


@pages.post("/unsay/<int:customer_id>")
def unsay(customer_id: int) -> Any:
    """The undo of one answer on the list."""
    sdk.customers.get(customer_id)
    assessing.take_back(customer_id)
    return sdk.go_back(sdk.request.args.get("next", "") or sdk.url_for("reviews.territory", place="unknown"))


@pages.route("/level/<int:customer_id>", methods=["GET", "POST"])
@sdk.private_page
def level(customer_id: int) -> Any:
    """Could they buy more, do you see the level differently, and how often do we review them?"""
    customer = sdk.customers.get(customer_id)
    one = standings.standing(customer_id)
    form = level_forms.LevelForm(
        data={
            "means": one.means if one.said_on else None,
            "overruled": one.overruled or "",
            "reason": one.reason,
            "own_days": str(one.own_days or ""),
        }
    )
    if form.validate_on_submit() and form.attempt(_keep, customer_id, form):
        sdk.note(_("Saved."))
        return sdk.redirect_to("customers.show", customer_id=customer_id)
    names = sdk.staff.names([one.said_by_id]) if one.said_by_id else {}
    return form.page(
        "reviews/level.html",
        customer=customer,
        called=sdk.customers.addressed(customer),
        one=one,
        who_said=rhythm_words.who_said(one, names),
        history=[(said.at, rhythm_words.said(said)) for said in assessing.history(customer_id)],
        words=words,
        tell=rhythm_words,
    )


def _keep(customer_id: int, form: level_forms.LevelForm) -> Any:
    given = {name: getattr(form, name).data or "" for name in ("means", "overruled", "reason")}
    assessing.assess(customer_id, **given)
    return assessing.set_own_days(customer_id, form.chosen_days)
