"""Pages of what is counted: what rises, and the firm's own figures of service with their pictures and their sheet."""

from typing import Any

from loyalapp import sdk

from . import alarms, drawing, figure_words, figures, kinds, saying, sentences, upkeep
from .views import pages

_ = sdk.texts("issues")


def _from_right() -> bool:
    return sdk.current_language() == "ur"


@pages.get("/rise")
@sdk.private_page
def rises_page() -> str:
    """Which complaints rise, why they are flagged, and what was put to rest."""
    day = sdk.today()
    rising, known = alarms.now(day), kinds.names()
    flagged = [
        {
            "group": one.group,
            "kind": one.kind_id,
            "name": alarms.name(one.group, one.kind_id, known),
            "why": alarms.why(one),
            "count": one.rise.came,
            "problems": problems,
        }
        for one, problems in zip(rising, alarms.behind(rising, day), strict=True)
    ]
    resting = [(alarms.name(one.product_group, one.kind_id, known), one) for one in alarms.resting(day)]
    return sdk.render("issues/rise.html", flagged=flagged, resting=resting, short=sentences.short)


@pages.post("/rise/rest")
def rest() -> Any:
    """Somebody has looked at it."""
    form = sdk.request.form
    group, kind = sdk.plain(form.get("group", ""))[:200], form.get("kind", 0, int)
    alarms.put_to_rest(group, kind, form.get("count", 0, int))
    sdk.note(_("It is at rest for 30 days."), undo=sdk.url_for("issues.wake", group=group, kind=kind))
    return sdk.redirect_to("issues.rises_page")


@pages.post("/rise/wake")
def wake() -> Any:
    """Flag it again."""
    asked = sdk.request.args if "kind" in sdk.request.args else sdk.request.form
    alarms.wake(sdk.plain(asked.get("group", ""))[:200], asked.get("kind", 0, int))
    sdk.note(_("It is flagged again."))
    return sdk.redirect_to("issues.rises_page")


def _days() -> int:
    asked = sdk.request.values.get("days", figures.USUAL, int)
    return asked if asked in figures.SPANS else figures.USUAL


@pages.get("/figures")
@sdk.private_page
def figures_page() -> str:
    """Who buys again after which solution, how long solving takes, what it costs whom, and what came back."""
    days, from_right = _days(), _from_right()
    again, times = figures.again(days), figures.times()
    groups, causes = figures.cost_by_group(), figures.cost_by_cause()
    return sdk.render(
        "issues/figures.html",
        days=days,
        spans=figures.SPANS,
        again=figure_words.again_rows(again),
        pictures={
            key: drawing.share(one, from_right=from_right, dye=drawing.DYES[key])
            for key, one in (*again.after.items(), ("none", again.without))
        },
        explained=figure_words.explained(again),
        times=times,
        time_parts=list(zip(figure_words.steps_of_time(), times.counts, strict=True)) if times else [],
        time_picture=sdk.drawing.bars([("good", times.counts)], from_right=from_right) if times else [],
        time_words=figure_words.times(times) if times else "",
        groups=_rows(groups, from_right),
        causes=_rows(causes, from_right),
        returns=figure_words.returns(figures.returns(days)),
        box=sdk.drawing,
    )


def _rows(found: list[figures.Cost], from_right: bool) -> list[Any]:
    most = max((one.points for one in found), default=0)
    return [
        (one.name, figure_words.cost(one), drawing.length(one.points, most, from_right=from_right)) for one in found
    ]


@pages.post("/figures/sheet")
@sdk.private_page
def figures_sheet() -> Any:
    """The figures as a sheet to print."""
    days = _days()
    again = figures.again(days)
    name = _("What service brings")
    file = sdk.export_file(
        f"{name} {sdk.today().isoformat()}.pdf",
        sdk.sheet(*figure_words.sheet(again, figures.times(), figures.returns(days), _from_right())),
    )
    sdk.note(_("Saved: %(file)s", file=sdk.isolate_text(file, ltr=True)))
    return sdk.redirect_to("issues.figures_page", days=days)


@pages.get("/upkeep/<int:customer_id>")
@sdk.private_page
def upkeep_page(customer_id: int) -> str:
    """What takes much of a customer's time, and the words to ask whether regular care would help."""
    customer = sdk.customers.get(customer_id)
    verdict = sdk.contact_check([customer_id], "contact").get(customer_id)
    return sdk.render(
        "issues/upkeep.html",
        customer_id=customer_id,
        called=sdk.customers.addressed(customer),
        signs=upkeep.of_customer(customer_id),
        why=upkeep.why,
        spoken=saying.say("upkeep", saying.language_of(customer)),
        advice=verdict.why if verdict else (),
    )


@pages.post("/upkeep/<int:customer_id>/answered")
def upkeep_answered(customer_id: int) -> Any:
    """What they said."""
    form = sdk.request.form
    upkeep.answered(customer_id, form.get("thing", "")[:300], form.get("answer", ""))
    is_yes = form.get("answer") == "yes"
    sdk.note(_("Written down as a need. Now you can offer something for it.") if is_yes else _("Written down."))
    return sdk.redirect_to("customers.show", customer_id=customer_id)
