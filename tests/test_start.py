"""A start loads what the first page needs: what is slow or rare waits until somebody asks for it."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import inspect

from loyalapp.core.db import Base, db
from loyalapp.features.bring_back import taking_back
from tests.sources import ROOT

MOST_MODULES = 265  # of LoyalApp and its plugins; with fewer plugins than today 277 were loaded before pages waited
FIRST_PAGE = """
import json, sys
from pathlib import Path
from loyalapp.app import create_app
from loyalapp.core.config import Config
app = create_app(Config.from_options(data_dir=Path(sys.argv[1]), language="ur", door_open=True))
answer = app.test_client().get("/")
print(json.dumps([answer.status_code, sorted(sys.modules)]))
"""
SLOW = {
    "alembic", "phonenumbers", "hijridate", "holidays", "openpyxl", "python_calamine", "polib", "segno", "typst",
    "cryptography", "xml.etree", "sqlite3", "slugify", "concurrent.futures.process",
}  # fmt: skip
RARE = {
    "loyalapp.features.backups.service", "loyalapp.features.bring_back.sentences", "loyalapp.features.help.checks",
    "loyalapp.features.customers.merging", "loyalapp.features.imports.service", "loyalapp.features.imports.undoing",
    "loyalapp.features.plugin_page.installing", "loyalapp.features.privacy.service",
    "loyalapp.features.privacy.erasing", "loyalapp.plugin_system.installer", "loyalapp.plugin_system.package",
}  # fmt: skip


@pytest.fixture
def loaded(app, data_dir):
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    command = [sys.executable, "-X", "utf8", "-c", FIRST_PAGE, str(data_dir)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status == 200
    return set(modules)


def test_first_page_loads_neither_slow_libraries_nor_rare_features(loaded):
    views = {one for one in loaded if one.startswith("loyalapp.features.") and one.endswith(".views")}

    assert loaded & SLOW == set()
    assert loaded & RARE == set()
    assert views == {f"loyalapp.features.{one}.views" for one in ("desk", "today")}
    assert len([one for one in loaded if one.startswith(("loyalapp.", "plugins."))]) <= MOST_MODULES


def test_every_table_of_the_core_is_known_from_the_start(app):
    """What brings back, joins and erases walks over all of them."""
    with app.app_context():
        there = set(inspect(db.engine).get_table_names())
    not_ours = ("plg_", "greetings", "issues", "reviews", "value", "alembic_version", "customer_index")

    assert {one for one in there if not one.startswith(not_ours)} == set(Base.metadata.tables)


def test_who_takes_part_in_bringing_back_is_known_from_the_start(app):
    assert app is not None
    assert {"import", "merge"} <= taking_back._also.keys()
    assert "import" in taking_back._handed_over
