"""The manual: its pages, what explains a screen, the guide with pictures, the tour, and all of it to be printed."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from loyalapp.core import formats
from loyalapp.core.sizes import format_size
from loyalapp.features.help import checks, guide, report, service

pages = Blueprint("help", __name__, url_prefix="/help", template_folder="templates")


@pages.get("/")
def show():
    """All pages of the manual, and where in it a word stands."""
    asked = request.args.get("words", "").strip()[: service.LONGEST]
    found = service.find(asked) if asked else []
    return render_template("help/show.html", topics=service.topics(), asked=asked, found=found)


@pages.get("/about/<page>")
def about(page: str):
    """What F1 and the question mark lead to: the page of the manual that explains this screen."""
    found = service.about(page)
    return redirect(url_for("help.topic", slug=found.slug) if found else url_for("help.show"))


@pages.get("/guide")
def steps():
    """The guide of ten minutes, with pictures."""
    return render_template("help/guide.html", steps=guide.STEPS, size=(guide.WIDTH, guide.HEIGHT))


@pages.get("/tour")
def tour():
    """Once round the window; as often as one likes."""
    return render_template("help/tour.html", stops=guide.STOPS)


@pages.get("/all")
def everything():
    """The guide and the whole manual on one page, to be printed."""
    pictures = {"steps": guide.STEPS, "size": (guide.WIDTH, guide.HEIGHT)}
    return render_template("help/all.html", texts=service.drawn(), **pictures)


@pages.get("/report")
def report_page():
    """How the program is doing, and a report to copy."""
    found, written = checks.about_program(), checks.written_in_the_future()
    return render_template(
        "help/report.html",
        report=report.text(found),
        is_well=all(one.is_good for one in found),
        written=written and formats.format_day(written.date()),
        **dict(zip(("used", "free"), map(format_size, checks.space()), strict=True)),
    )


@pages.get("/<slug>")
def topic(slug: str):
    """One page of the manual."""
    drawn = service.drawn(slug)
    found, text = next((one for one in drawn if one[0].slug == slug), (None, ""))
    if found is None:
        abort(404)
    return render_template("help/topic.html", topic=found, text=text, topics=[one for one, _text in drawn])
