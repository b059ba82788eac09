"""Words of the version before come over: a yes to the name stays one, and of whom nobody asked, nothing is quoted."""

import shutil
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine, text

import plugins.value
from loyalapp.core.migrations import migrate

HOME = Path(plugins.value.__path__[0]) / "migrations"
OLD = """INSERT INTO plg_value_voice (customer_id, kind, words, said_on, may_name, is_example)
VALUES (1, 'likes', :words, :day, :may, false)"""


def test_a_yes_to_the_name_stays_one(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    with engine.begin() as link:
        link.execute(text("CREATE TABLE customer (id INTEGER PRIMARY KEY)"))
        link.execute(text("INSERT INTO customer VALUES (1)"))
    before = tmp_path / "migrations"
    shutil.copytree(HOME, before, ignore=shutil.ignore_patterns("2026_11_24*", "__pycache__"))
    migrate(engine, before, "plg_value_version")
    with engine.begin() as link:
        for words, may in (("named", True), ("alone", False)):
            link.execute(text(OLD), {"words": words, "day": date(2026, 1, 1), "may": may})
    migrate(engine, HOME, "plg_value_version")
    with engine.connect() as link:
        rows = link.execute(text("SELECT words, quoting, who, saved_minor FROM plg_value_voice ORDER BY id")).all()
    assert rows == [("named", "name", "", 0), ("alone", "", "", 0)]
