"""`plugin migration` writes what lies between the tables and models.py, there and back."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from loyalapp.core.clock import frozen, now
from loyalapp.core.db import db
from loyalapp.core.migrations import migrate, newest
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system import loading
from loyalapp.plugin_system.checking import BadPlugin
from loyalapp.plugin_system.drafting import draft
from tests.conftest import close, open_app
from tests.plugin_system.parcels import folder

MODELS = '''"""What is in stock."""

from sqlalchemy.orm import Mapped, mapped_column

from loyalapp import sdk

Base = sdk.tables("stock")


class Item(Base):
    __tablename__ = "plg_stock_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = sdk.customer_key()
    seen_at: Mapped[sdk.UtcDateTime] = mapped_column(sdk.UtcDateTime, default=sdk.now)
    known: Mapped[sdk.Json] = mapped_column(sdk.Json)
'''


@pytest.fixture
def place(tmp_path):
    made = folder(tmp_path / "source")
    (made / "models.py").write_text(MODELS, "utf-8")
    (made / "plugin.py").write_text('"""Stock."""\n\nfrom . import models  # noqa: F401 -- the tables\n', "utf-8")
    return made


@pytest.fixture
def drafted(data_dir, place):
    """Writes the next migration in an app of its own, as the command does."""

    def do(words, more=""):
        (place / "models.py").write_text((place / "models.py").read_text("utf-8") + more, "utf-8")
        loading._forget("stock")  # the command is a new process
        app = open_app(data_dir, safe_mode=True)
        try:
            return draft(app, place, words)
        finally:
            close(app)

    return do


def columns():
    return [one["name"] for one in inspect(db.engine).get_columns("plg_stock_item")]


def test_the_first_migration_makes_the_tables_and_takes_them_away(app, place, drafted):
    file = drafted("first")
    code = file.read_text("utf-8")

    assert file.name == f"{now():%Y_%m_%d}_first.py"
    assert "sa.Column('seen_at', sa.DateTime()" in code
    assert "sa.Column('known', sa.Text()" in code
    assert "ondelete='CASCADE'" in code
    assert "###" not in code
    assert drafted("nothing") is None
    with app.app_context():
        assert inspect(db.engine).has_table("plg_stock_item")
        migrate(db.engine, place / "migrations", "plg_stock_version", "base")
        assert not inspect(db.engine).has_table("plg_stock_item")


def test_a_further_column_goes_there_and_back_and_keeps_the_rows(app, place, drafted):
    first = drafted("first")
    with app.app_context():
        migrate(db.engine, place / "migrations", "plg_stock_version")
        customers.add({"name": "Rukhsana Bibi"})
        insert = "INSERT INTO plg_stock_item (customer_id, seen_at, known) SELECT id, '2026-01-01', '1' FROM customer"
        db.session.execute(text(insert))
        db.session.commit()
    second = drafted("add_price", "    price: Mapped[int | None]\n")

    assert second.stem == newest(place / "migrations") == f"{now() + timedelta(days=1):%Y_%m_%d}_add_price"
    assert f'down_revision = "{first.stem}"' in second.read_text("utf-8").replace("'", '"')
    with app.app_context():
        migrate(db.engine, place / "migrations", "plg_stock_version")
        assert "price" in columns()
        migrate(db.engine, place / "migrations", "plg_stock_version", first.stem)
        assert "price" not in columns()
        with db.engine.connect() as link:
            assert link.execute(text("SELECT count(*) FROM plg_stock_item")).scalar() == 1


def test_names_sort_in_their_order(place, drafted):
    names = [drafted("zebra").stem]
    for number, words in enumerate(("apple", "berry", "cherry")):
        names.append(drafted(words, f"    number{number}: Mapped[int | None]\n").stem)
    with frozen(now().replace(year=now().year - 1)):  # a clock that was put back
        names.append(drafted("late", "    late: Mapped[int | None]\n").stem)

    assert names == sorted(names)
    assert len(set(names)) == 5
    assert all(re.fullmatch(r"\d{4}_\d\d_\d\d_[a-z0-9_]+", one) for one in names)


def test_without_tables_it_says_so(place, drafted):
    (place / "plugin.py").write_text('"""Stock."""\n', "utf-8")
    with pytest.raises(BadPlugin, match="it has no tables"):
        drafted("first")
    (place / "plugin.py").write_text('"""Stock."""\n1 / 0\n', "utf-8")
    with pytest.raises(BadPlugin, match=r"ZeroDivisionError: .* \(plugin\.py, line 2\)"):
        drafted("first")
    for words in ("Not so", "a" * 22):
        with pytest.raises(BadPlugin, match="small letters"):
            drafted(words)
