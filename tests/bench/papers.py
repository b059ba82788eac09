"""Papers against bare typst: two sheets as the app makes them, and the same pages handed to typst alone."""

import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from loyalapp import sdk
from loyalapp.app import create_app
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.logs import close_log
from loyalapp.core.typeset import FONTS
from tests.bench import extras, table

MUST, AIM = 1.5, 1.2
LINES = 12


def sheets(rounds: int, count: int) -> None:
    """A value sheet of a dozen extras and the sheet for a review, from the records to the PDF, in Urdu."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        extras.set_up(folder)
        app = create_app(Config.from_options(data_dir=folder))
        with app.test_request_context():
            one, turns = _customer(), max(3, count // 12)
            _race("value sheet PDF, against bare typst", *_value(one), turns, rounds)
            _race("sheet for a review PDF, against bare typst", *_talk(one), turns, rounds)
            db.session.remove()
            db.engine.dispose()
        close_log()


def _race(name: str, ours: Callable[[], object], theirs: Callable[[], object], turns: int, rounds: int) -> None:
    ours(), theirs()  # fonts are read once
    ratios = sorted(_time(ours, turns) / _time(theirs, turns) for _round in range(rounds))
    table.line(name, statistics.median(ratios), MUST, AIM, spread=(ratios[0], ratios[-1]))


def _customer() -> int:
    from plugins.value import service

    made = sdk.customers.add(
        {"name": "عمران صدیقی", "message_language": "ur", "since": sdk.today() - timedelta(days=2500)}
    )
    service.hear(made.id, likes="آپ لوگ فون اٹھاتے ہیں، اور اسی دن بندہ بھیج دیتے ہیں۔")
    for number in range(LINES):
        service.give(made.id, "service", f"مشین {number} مفت سیٹ کر دی۔", saved_minor=10_000)
    return int(made.id)


def _value(customer_id: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """Ours from the records on; typst's with everything ready."""
    from plugins.value import deeds, sheets

    def make() -> sheets.Sheet:
        return sheets.of(sdk.customers.get(customer_id), deeds.done(customer_id), "ur")

    data, bare = sheets.data(make(), "pdf"), _bare(sheets.SHEET)
    return lambda: sheets.drawn(make(), "pdf"), lambda: bare(data)


def _talk(customer_id: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """The same of the sheet for a review, with another name every time: typst remembers pages it has made."""
    from plugins.reviews import printing

    turns = itertools.count()

    def make() -> printing.Sheet:
        made = printing.of(sdk.customers.get(customer_id), "ur")
        return made._replace(customer=f"{made.customer} {next(turns)}")

    found, bare = printing.data(make()), _bare(printing.SHEET)
    return lambda: printing.pdf(make()), lambda: bare({**found, "customer": f"{found['customer']} {next(turns)}"})


def _bare(sheet: Path) -> Callable[[object], object]:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    made = typst.Compiler(font_paths=fonts)

    def draw(data: object) -> object:
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        return made.compile(str(sheet), root=str(sheet.parent), format="pdf", sys_inputs=inputs)

    return draw


def _time(make: Callable[[], object], turns: int) -> float:
    began = time.process_time()
    for _turn in range(turns):
        make()
    return time.process_time() - began
