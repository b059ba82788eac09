"""Deeds of several steps that are made to fail at each of them: afterwards all is as before, or all is done."""

import contextlib
from pathlib import Path
from typing import Any

from loyalapp.core.clock import today
from loyalapp.core.db import connector, db
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import restoring
from loyalapp.features.backups import service as backups
from loyalapp.features.customers import service as customers
from loyalapp.features.imports import service as imports
from loyalapp.features.interactions import service as interactions
from loyalapp.features.privacy import service as privacy
from tests.conftest import open_app
from tests.faults import places, shop, works

NOTED = {"deed", "setting"}  # what was done by whom may be noted after it


class Deed:
    """One click of a user. `make` prepares the data, `do` is the click in the open app, `state` what can be compared.

    A state is the same before and after a deed only if nothing of it was done; faults are what may be in no state.
    """

    name = ""
    needs_app = True

    def make(self, template: Path, data: Path) -> None:
        places.copied(template, data)

    def do(self, data: Path) -> None:
        raise NotImplementedError

    def state(self, data: Path) -> Any:
        """What is there now, as the next start would find it."""
        rows = {name: count for name, count in works.counted(data).items() if name not in NOTED}
        return rows, self.half(data)

    def half(self, data: Path) -> list[str]:
        """What is broken, in whatever state."""
        link = connector(DataFolder(data).database)()
        try:
            found = [str(row) for row in link.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"without owner: {row}" for row in link.execute("PRAGMA foreign_key_check")]
        finally:
            link.close()
        return [*found, *(f"half a copy: {one.name}" for one in _copies(data) if restoring.look(one) is None)]


def _copies(data: Path) -> list[Path]:
    return list(DataFolder(data).backups.glob(f"*{restoring.SUFFIX}"))


class AddCustomer(Deed):
    """A customer with two numbers."""

    name = "adding a customer"

    def do(self, data: Path) -> None:  # noqa: ARG002 -- every deed is given it
        customers.add({"name": "Sunita", "phones": ["0300 1234567", "0300 7654321"]})


class RecordContact(Deed):
    """A talk with what was learned and promised."""

    name = "recording a contact"

    def do(self, data: Path) -> None:  # noqa: ARG002 -- every deed is given it
        interactions.record(1, said="kept", learned="a fact", promised="a promise", promised_for=today())


class EraseCustomer(Deed):
    """Somebody wants to be forgotten."""

    name = "erasing a customer"

    def do(self, data: Path) -> None:  # noqa: ARG002 -- every deed is given it
        privacy.erase(2)


class BringIn(Deed):
    """A list of customers."""

    name = "bringing in a list"

    def do(self, data: Path) -> None:
        file = data / "work" / "list.csv"
        people = (f"Listed {one},0302{one:07d}" for one in range(shop.LISTED))
        file.write_text("\n".join(["Name,Mobile", *people, ""]), "utf-8")
        imports.carry_out(imports.plan(file))


class BackUp(Deed):
    """A copy of all."""

    name = "making a backup"

    def do(self, data: Path) -> None:  # noqa: ARG002 -- every deed is given it
        backups.create()

    def state(self, data: Path) -> Any:
        return len(_copies(data)), super().state(data)


class BringBack(Deed):
    """The wish to bring a backup back, and the start that does it."""

    name = "bringing a backup back"
    needs_app = False

    def make(self, template: Path, data: Path) -> None:
        super().make(template, data)
        app = open_app(data)
        with app.app_context():
            backups.create()
            customers.add({"name": "After the backup"})
        places.ended(app)

    def do(self, data: Path) -> None:
        app = open_app(data)
        with app.app_context():
            backups.restore(next(one for one in _copies(data) if one.name.startswith("loyalapp-")))
        places.ended(app)
        places.ended(open_app(data))

    def state(self, data: Path) -> Any:
        places.ended(open_app(data))
        return works.counted(data)["customer"], self.half(data) + self._kept(data)

    def _kept(self, data: Path) -> list[str]:
        is_back = works.counted(data)["customer"] == places.SOME_PEOPLE
        copies = [restoring.look(one) for one in DataFolder(data).backups.glob("before-restore-*")]
        was_kept = any(one and one.customers == places.SOME_PEOPLE + 1 for one in copies)
        return ["what was there before was not kept"] if is_back and not was_kept else []


class Update(Deed):
    """The first start of this version on the data of an older one; a later start always comes to its end."""

    name = "updating old data"
    needs_app = False

    def make(self, template: Path, data: Path) -> None:  # noqa: ARG002 -- it has data of its own
        places.unpacked(places.released()[0], data)

    def do(self, data: Path) -> None:
        places.ended(open_app(data))

    def state(self, data: Path) -> Any:
        update = works.Update(data.parent, data, 0)
        update.data, update.rows = data, {}
        found = update.faults([])
        return works.counted(data), found + self.half(data)


DATA_DEEDS = (AddCustomer, RecordContact, EraseCustomer, BringIn, BackUp, BringBack, Update)


@contextlib.contextmanager
def opened(deed: Deed, data: Path):
    """The app on the data with no file open, to be used in children; nothing for a deed that opens it itself."""
    if not deed.needs_app:
        yield None
        return
    app = open_app(data)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    yield app
