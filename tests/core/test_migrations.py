"""Migrations on both databases: fresh tables are as the models say, newer data is refused, failures change nothing."""

import os
import shutil
import subprocess
import sys

import pytest
from sqlalchemy import text

from loyalapp.app import MIGRATIONS, VERSION_TABLE
from loyalapp.core import migrations
from loyalapp.core.db import Base, db
from loyalapp.core.errors import NewerData
from loyalapp.core.migrations import is_behind, migrate, newest, stored
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app
from tests.sources import ROOT
from tests.walk import database_hash

FAILING = '''"""A migration that does half of its work and fails."""

import sqlalchemy as sa
from alembic import op

revision = "9999_01_01_later"
down_revision = "{before}"


def upgrade() -> None:
    """Half."""
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM customer_phone")
    with op.batch_alter_table("customer") as table:
        table.add_column(sa.Column("later", sa.Text()))
    {end}
'''


@pytest.fixture
def later(tmp_path):
    """The core's migrations with one more, which works or fails."""

    def make(end: str):
        folder = tmp_path / f"migrations-{len(end)}"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        text_of = FAILING.format(before=newest(MIGRATIONS), end=end)
        (folder / "versions" / "9999_01_01_later.py").write_text(text_of, "utf-8")
        return folder

    return make


def differences(metadata, only: str) -> list:
    """What Alembic would change to make the tables like the models."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def is_ours(thing, name, kind, _reflected, _compared):
        table = name if kind == "table" else thing.table.name
        mine = table in metadata.tables or table.startswith("plg_") == bool(only)
        searching = table.startswith(("customer_index", "customer_word"))  # FTS5 and its twin have no model
        return mine and not searching and table.startswith(only) and not table.endswith("version")

    with db.engine.connect() as link:
        options = {"include_object": is_ours, "compare_type": True, "compare_server_default": False}
        return compare_metadata(MigrationContext.configure(link, opts=options), metadata)


def test_a_fresh_database_is_what_the_models_say(any_app):
    with any_app.app_context():
        assert differences(Base.metadata, "") == []


def test_the_tables_of_every_shipped_plugin_are_what_its_models_say(any_app):
    with any_app.app_context():
        for plugin in registry().running.values():
            models = sys.modules.get(f"plugins.{plugin.id}.models")
            if models is not None:
                assert differences(models.Base.metadata, f"plg_{plugin.id}_") == [], plugin.id


def test_a_second_start_has_nothing_to_do_and_does_not_import_alembic(app, data_dir):
    starting = "import sys; from pathlib import Path; from tests.conftest import open_app; open_app(Path(sys.argv[1]))"
    command = [sys.executable, "-X", "utf8", "-c", f"{starting}; print('alembic' in sys.modules)", str(data_dir)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=surroundings)

    assert done.stdout.strip() == "False"


def test_newer_data_is_refused_and_left_alone(data_dir):
    app = open_app(data_dir)
    with app.app_context():
        db.session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999_12_31_from_the_future'"))
        db.session.commit()
    close(app)

    with pytest.raises(NewerData, match="9999_12_31"):
        open_app(data_dir)


@pytest.mark.parametrize(
    "end",
    [
        "raise RuntimeError('half')",
        "op.execute('SELECT * FROM nowhere')",
        "op.execute('DELETE FROM customer WHERE id = 1; SELECT nonsense')",
    ],
)
def test_a_failing_migration_leaves_everything_as_before(any_app, later, end):
    folder = later(end)
    with any_app.app_context():
        customers.add({"name": "Sana", "phones": ["0300 1234567"]})
        db.session.remove()
    before = database_hash(any_app)
    with any_app.app_context():
        assert is_behind(db.engine, folder, VERSION_TABLE)
        with pytest.raises(Exception):  # noqa: B017, PT011 -- whatever it was, nothing may stay
            migrate(db.engine, folder, VERSION_TABLE)

    assert database_hash(any_app) == before
    with any_app.app_context():
        customers.add({"name": "The app still works"})


def test_a_migration_that_leaves_rows_without_owner_is_taken_back(app, later):
    orphan = "INSERT INTO customer_phone (customer_id, number, on_whatsapp) VALUES (77, '+92', 1)"
    folder = later(f'op.execute("{orphan}")')
    with app.app_context():
        customers.add({"name": "Sana"})
        db.session.remove()
    before = database_hash(app)
    with app.app_context(), pytest.raises(RuntimeError, match="owner"):
        migrate(db.engine, folder, VERSION_TABLE)

    assert database_hash(app) == before


def test_a_good_migration_keeps_child_rows_and_foreign_keys_are_on_again(any_app, later):
    """A batch migration drops and renames the table; with foreign keys on its children would be emptied."""
    folder = later("")
    file = folder / "versions" / "9999_01_01_later.py"
    file.write_text(file.read_text("utf-8").replace('    op.execute("DELETE FROM customer_phone")\n', ""), "utf-8")
    with any_app.app_context():
        who = customers.add({"name": "Sana", "phones": ["0300 1234567"]}).id
        db.session.remove()
        migrate(db.engine, folder, VERSION_TABLE)
        assert stored(db.engine, VERSION_TABLE) == "9999_01_01_later"
        assert [one.number for one in customers.get(who).phones] == ["+923001234567"]
        if db.engine.dialect.name == "sqlite":
            assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_before_a_migration_of_old_data_one_copy_is_made(data_dir, later, monkeypatch):
    app = open_app(data_dir)
    with app.app_context():
        customers.add({"name": "Sana"})
    close(app)
    folder = later("")
    monkeypatch.setattr("loyalapp.app.MIGRATIONS", folder)
    close(open_app(data_dir))

    copies = list((data_dir / "backups").glob("before-update-*"))
    assert len(copies) == 1


def test_names_of_migrations_sort_like_their_order():
    assert migrations.newest(MIGRATIONS) == max(one.stem for one in (MIGRATIONS / "versions").glob("2*.py"))
