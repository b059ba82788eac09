"""A card as a picture from its page, against the bare typst time of the same page in the same process."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loyalapp import sdk
from loyalapp.core.logs import close_log
from loyalapp.core.typeset import typeset
from tests.bench import table
from tests.conftest import close, open_app, through_the_door

DESIGN, DOTS = "garden", 144
MOST = 12  # cards in a round


def cards(rounds: int, count: int) -> None:
    """Turn by turn: the page that sends the picture, and typst with the same design and other words."""
    folder = Path(tempfile.mkdtemp(prefix="loyalapp-bench-cards-"))
    app = open_app(folder)
    try:
        ratios = _ratios(app, rounds, min(count, MOST))
        spread = (min(ratios), max(ratios))
        table.line("card as PNG against typst alone", statistics.median(ratios), 1.5, 1.2, spread=spread)
    finally:
        close(app)
        close_log()
        shutil.rmtree(folder, ignore_errors=True)


def _ratios(app: Any, rounds: int, count: int) -> list[float]:
    from plugins.greetings import drawing, looks, service

    with app.app_context():
        sdk.settings.set_up("انمول مشینری", "PK", "لاہور", "ur")
        one = sdk.customers.add({"name": "طارق بھٹی", "message_language": "ur"}).id
        drafted = service.draft(one, "birthday")._replace(design=DESIGN)
    browser, template, ratios = through_the_door(app), looks.HOME / f"{DESIGN}.typ", []
    for turn in range(rounds):
        ours, bare = [], []
        for number in range(count):
            with app.app_context():  # other words each time, since typst remembers what it set before
                card = service.make(one, drafted._replace(own_line=f"مبارک {turn} {number}"))
                told = drawing.told(drafted._replace(own_line=f"دعائیں {turn} {number}"))
            path = f"/plugins/greetings/{card}/card.png"
            ours.append(_seconds(lambda path=path: browser.get(path).data))
            bare.append(_seconds(lambda told=told: typeset(template, told, "png", DOTS)))
        ratios.append(statistics.median(ours) / statistics.median(bare))
    return ratios


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
