"""The guide of ten minutes: the first steps in their order, each with a picture, and the tour round the window.

The pictures are made by `python3 -m tests.screenshots --guide`, in each language, from the example data.
"""

from typing import Any, NamedTuple

from loyalapp.core.i18n import lazy_gettext

FOLDER = "guide"  # of the static files
FORM = "webp"
WIDTH, HEIGHT = 880, 560


class Step(NamedTuple):
    """One step of the guide; `picture` is the name of its picture, without language and ending; words are lazy."""

    picture: str
    title: Any
    text: Any


class Stop(NamedTuple):
    """One stop of the tour; `place` is the part of the window that it is about, as a selector of style sheets."""

    place: str
    title: Any
    text: Any


# What one does first, in ten minutes.
STEPS = (
    Step(
        "list",
        lazy_gettext("Bring in your list"),
        lazy_gettext(
            "Press “Bring in a list” and choose your file as it is. LoyalApp shows what will happen before anything"
            " is changed."
        ),
    ),
    Step(
        "today",
        lazy_gettext("Open Today"),
        lazy_gettext(
            "Here stands whom to talk to today, and why. Begin with the first line. When you have talked, press"
            " “Done”; the next one moves up."
        ),
    ),
    Step(
        "customer",
        lazy_gettext("Look at the customer’s page"),
        lazy_gettext(
            "Before you call, look here: what they bought, what you promised, what you know. What must not be"
            " mentioned stands in red at the top."
        ),
    ),
    Step(
        "call",
        lazy_gettext("Write down what was said"),
        lazy_gettext(
            "Press “Log a call”. Write what the customer said in their own words, and what you promised. Ctrl and"
            " Enter saves it, and the promise comes back on its day."
        ),
    ),
    Step(
        "sale",
        lazy_gettext("Write down a sale"),
        lazy_gettext(
            "Press “Write a sale”, choose the customer, then the thing or only its group. The amount can wait. From"
            " this LoyalApp learns how often each customer comes."
        ),
    ),
    Step(
        "problem",
        lazy_gettext("Record a problem at once"),
        lazy_gettext(
            "Press “Record a problem” while the customer is still talking. It stands first on Today until the"
            " customer says that it is solved."
        ),
    ),
    Step(
        "review",
        lazy_gettext("Ask how things are going"),
        lazy_gettext(
            "Now and then hold a short review. The questions stand ready, with room for the answers; what you type"
            " is kept at every pause."
        ),
    ),
    Step(
        "greeting",
        lazy_gettext("Make a greeting"),
        lazy_gettext(
            "For a birthday or a festival choose the customer and one personal line. The card is ready in their"
            " language, to print or to send."
        ),
    ),
    Step(
        "backup",
        lazy_gettext("Keep a copy at home"),
        lazy_gettext("Under Settings, “Backups”, keep a copy of your data on a USB stick. Then nothing can be lost."),
    ),
)

# The parts of the window, in the order in which one needs them.
STOPS = (
    Stop(
        ".tabs",
        lazy_gettext("The pages"),
        lazy_gettext("These are the pages of your book. Today comes first: there you see whom to talk to, and why."),
    ),
    Stop(
        ".search",
        lazy_gettext("Find a customer"),
        lazy_gettext(
            "Write a few letters of a name in any script, or the last digits of a number. Ctrl and K leads here."
        ),
    ),
    Stop(
        ".quick",
        lazy_gettext("What happens at the counter"),
        lazy_gettext("Somebody calls, buys, or has a problem: press one of these buttons, on whichever page you are."),
    ),
    Stop(
        ".counter-switch",
        lazy_gettext("When a customer can see the screen"),
        lazy_gettext("Press the eye, or F9: your notes and figures are hidden at once. Press it again to show them."),
    ),
    Stop(
        ".tongues",
        lazy_gettext("Your language"),
        lazy_gettext(
            "Urdu, Hindi or English: one click, also in the middle of a form. Nothing that you typed is lost."
        ),
    ),
    Stop(
        ".help-sign",
        lazy_gettext("Help is always here"),
        lazy_gettext("Press the question mark, or F1: the help for the page you are on opens beside your work."),
    ),
)
