"""Draws the card designs that plugins offer: each in a process of its own, looked at once before anybody chooses it."""

import struct
from typing import Any, Literal

from loyalapp.core.logs import log
from loyalapp.core.typeset import Format, TemplateError
from loyalapp.plugin_system import supervision
from loyalapp.plugin_system.answers import CardDesign
from loyalapp.plugin_system.budgets import Budget
from loyalapp.plugin_system.calls import registry

HOOK = "card_designs"
DRAWING = Budget(1.0, 10.0, 60.0, 60.0)  # the process ends long before
SIZES = {"square": (540.0, 540.0), "a6": (297.6, 419.5)}  # points
SMALL = 36  # dots per inch of a look
SAMPLE = {
    "language": "ur",
    "greet": "سالگرہ مبارک",
    "to": "محترمہ عائشہ صاحبہ،",
    "wish": "آپ کا یہ سال خوشیوں سے بھرا ہو۔ We wish you a happy year. शुभकामनाएँ।",
    "own": "کپاس کی فصل کیسی رہی؟",
    "sender": "Imran",
    "place": "Anmol Machinery, Lahore",
    "since": "12 March 2019",
    "years": 7,
}


class BadDesign(ValueError):
    """A design that cannot be drawn as the manual says; its words are for its maker."""


def check(design: CardDesign) -> None:
    """Draw a sample in both sizes.

    :raises BadDesign: if it cannot be drawn, or not in its size; then it counts as a failure of its plugin.
    """
    for size in SIZES:
        draw(design, {**SAMPLE, "size": size}, "png", SMALL)


def draw(design: CardDesign, data: dict[str, Any], form: Format = "png", ppi: float = 144) -> bytes:
    """A card in the design of a plugin.

    :param data: what the manual promises to a design; `size` is `square` or `a6`.
    :raises BadDesign: if it cannot be drawn, or not in its size; then it counts as a failure of its plugin.
    """
    plugins = registry()
    plugin = plugins.running.get(design.plugin)
    if plugin is None:
        raise BadDesign(f"the plugin {design.plugin} does not run")
    try:
        return supervision.take(plugins, plugin, HOOK, DRAWING, lambda: _drawn(design, data, form, ppi))
    except Exception as error:  # -- a plugin must not stop the one who draws its card; it is told what happened
        log.exception("plugin %s: the card design %s could not be drawn", plugin.id, design.key)
        supervision.count_failure(plugins, plugin, HOOK, error)
        raise BadDesign(f"{design.key}: {error}") from error


def _drawn(design: CardDesign, data: dict[str, Any], form: Literal["png", "pdf"], ppi: float) -> bytes:
    from loyalapp.core.typeset_apart import typeset_apart  # noqa: PLC0415 -- only where a card is drawn

    page = typeset_apart(design.template, data, form, ppi)
    if form == "png":
        _check_size(page, data["size"], ppi)
    return page


def _check_size(png: bytes, size: str, ppi: float) -> None:
    wide, high = struct.unpack(">II", png[16:24])
    wanted = [points / 72 * ppi for points in SIZES[size]]
    if abs(wide - wanted[0]) > 2 or abs(high - wanted[1]) > 2:
        raise TemplateError(f"a card of the size {size} is {wanted[0]:.0f} × {wanted[1]:.0f} dots, not {wide} × {high}")
