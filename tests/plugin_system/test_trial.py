"""The trial run: a plugin that hangs, exits, dies, eats memory or touches what is not its own is refused."""

import time

import pytest

from loyalapp.core.db import db
from loyalapp.plugin_system import trying
from loyalapp.plugin_system.refusal import Refusal
from loyalapp.plugin_system.trying import try_out
from tests.plugin_system.conftest import ZOO
from tests.plugin_system.parcels import add_migration, add_table, folder

pytestmark = pytest.mark.slow


def tried(place, tmp_path, engine=None, seconds=60):
    """The refusal, or None."""
    work = tmp_path / "work"
    work.mkdir(exist_ok=True)
    try:
        try_out(place, work, engine, None, seconds)
        return None
    except Refusal as refusal:
        return refusal
    finally:
        assert list(work.iterdir()) == [], "nothing is left of a trial"


def saying(tmp_path, line: str):
    """A plugin whose code does something when it is imported."""
    place = folder(tmp_path)
    (place / "plugin.py").write_text(f'"""Does something at import."""\n\n{line}\n', "utf-8")
    return place


def test_a_good_plugin_passes_and_leaves_no_trace(tmp_path):
    place = folder(tmp_path)
    add_table(place)
    before = sorted(one for one in place.rglob("*"))

    assert tried(place, tmp_path) is None
    assert sorted(one for one in place.rglob("*")) == before


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("import os; os._exit(0)", "trial_crash", "exit code 0"),
        ("import os; os.abort()", "trial_crash", ""),
        ("__import__('ctypes').string_at(0)", "trial_crash", ""),
        ("raise SystemExit('bye')", "trial_failed", "SystemExit: bye"),
        ("import sys; sys.exit()", "trial_failed", "SystemExit"),
        ("raise KeyError('x')", "trial_failed", "KeyError"),
        ("import nobody_has_this", "trial_imports", "plugin.py, line 3: nobody_has_this is not shipped"),
        ("import sqlite3", "trial_imports", "plugin.py, line 3: sqlite3 may not be imported"),
        ("x = {]", "trial_failed", "plugin.py, line 3: SyntaxError"),
        ("def f():\n    return {}['key']\nf()", "trial_failed", "KeyError: 'key' (plugin.py, line 4)"),
        ("x = bytearray(8 << 30)", "trial_memory", "MemoryError"),
        ("x = []\nwhile True: x.append(bytearray(64 << 20))", "trial_memory", "MemoryError"),
        ("def f(): return f()\nf()", "trial_failed", "RecursionError"),
    ],
)
def test_what_goes_wrong_at_import_is_the_reason(tmp_path, line, code, word):
    refusal = tried(saying(tmp_path, line), tmp_path)

    assert refusal.code == code
    assert word in refusal.details


@pytest.mark.parametrize(
    "line", ["while True: pass", "import time; time.sleep(999)", "input()\nimport time; time.sleep(99)"]
)
def test_what_hangs_is_ended_in_time_and_says_where(tmp_path, line):
    begun = time.monotonic()

    refusal = tried(saying(tmp_path, line), tmp_path, seconds=8)

    assert time.monotonic() - begun < 8 + trying.GRACE + 3
    assert refusal.code in {"trial_hang", "trial_failed"}
    assert "plugin.py" in refusal.details or "EOFError" in refusal.details


def test_a_thread_left_running_does_not_keep_us(tmp_path):
    line = "import threading, time\nthreading.Thread(target=time.sleep, args=[99]).start()"

    assert tried(saying(tmp_path, line), tmp_path, seconds=30) is None


def test_a_child_of_its_own_does_not_outlive_it(tmp_path):
    place = saying(
        tmp_path, "import sys\n__import__('subprocess').Popen([sys.executable, __file__.replace('plugin', 'child')])"
    )
    (place / "child.py").write_text(f"import time; time.sleep(6); open({str(tmp_path / 'alive')!r}, 'w')", "utf-8")

    assert tried(place, tmp_path) is None
    time.sleep(7)
    assert not (tmp_path / "alive").exists()


# ---- tables ----


def with_migration(tmp_path, up: str):
    place = folder(tmp_path)
    add_migration(place, "2026_11_21_first", None, up)
    return place


MODELS = '''"""One table."""
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    metadata = sdk.metadata("stock")


class Item(Base):
    __tablename__ = "plg_stock_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
'''
OWN = 'op.create_table("plg_stock_item", sa.Column("id", sa.Integer(), primary_key=True))'


@pytest.mark.parametrize(
    ("up", "word"),
    [
        ('op.drop_table("interaction")', "table interaction"),
        ('op.add_column("customer", sa.Column("mine", sa.Text()))', "table customer"),
        ('op.create_index("ix_mine", "customer", ["name"])', "index ix_mine"),
        ('op.create_table("mine", sa.Column("id", sa.Integer()))', "table mine"),
        ("op.execute(\"UPDATE setting SET value = '1'\")", "rows of setting"),
        ('op.execute("DELETE FROM setting")', "rows of setting"),
        ('op.execute("CREATE TRIGGER mine AFTER INSERT ON customer BEGIN SELECT 1; END")', "trigger mine"),
    ],
)
def test_a_migration_that_touches_what_is_not_its_own_is_refused(app, tmp_path, up, word):
    place = with_migration(tmp_path, f"{OWN}\n    {up}")
    with app.app_context():
        refusal = tried(place, tmp_path, db.engine)

    assert refusal.code == "trial_core_tables"
    assert word in refusal.details


def test_a_migration_that_fails_half_way_is_refused_and_the_data_is_as_it_was(app, data_dir, tmp_path):
    place = with_migration(tmp_path, f"{OWN}\n    raise RuntimeError('half')")
    with app.app_context():
        refusal = tried(place, tmp_path, db.engine)
        with db.engine.connect() as link:
            names = link.exec_driver_sql("SELECT name FROM sqlite_master WHERE name LIKE 'plg_stock%'").all()

    assert (refusal.code, names) == ("trial_failed", [])
    assert "RuntimeError: half" in refusal.details


def test_models_that_are_not_as_the_migration_made_them_are_refused(tmp_path):
    place = with_migration(tmp_path, OWN)
    (place / "models.py").write_text(MODELS, "utf-8")
    (place / "plugin.py").write_text('"""Has a model."""\nfrom plugins.stock import models\n', "utf-8")

    refusal = tried(place, tmp_path)

    assert (refusal.code, "plg_stock_item" in refusal.details) == ("trial_failed", True)


# ---- words and templates ----


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("ur", "<<<<<<< ours", "PoFileError"),
        ("ur", 'msgid ""\nmsgstr "Language: hi\\n"\n', "Language: hi"),
        ("hi", 'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=0;\\n"\n', "plural"),
        ("hi", 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "only"\n', "plural"),
        ("fr", 'msgid "a"\nmsgstr "b"\n', "ur, hi and en"),
    ],
)
def test_damaged_words_are_refused_though_a_start_would_be_content(tmp_path, language, text, word):
    place = folder(tmp_path)
    file = place / "translations" / language / "LC_MESSAGES" / "stock.po"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")

    refusal = tried(place, tmp_path)

    assert refusal.code == "trial_words"
    assert word in refusal.details


def test_a_template_that_leans_on_nothing_is_refused(tmp_path):
    place = folder(tmp_path)
    (place / "templates" / "stock").mkdir(parents=True)
    (place / "templates" / "stock" / "show.html").write_text('{% extends "pages.html" %}', "utf-8")

    assert "pages.html" in tried(place, tmp_path).details


def test_pages_that_a_start_does_not_load_are_loaded(tmp_path):
    place = folder(tmp_path)
    (place / "plugin.py").write_text(
        '"""Pages that wait."""\n\nfrom loyalapp import sdk\n\n\n@sdk.hookimpl\ndef pages():\n'
        '    return sdk.late_pages("stock", "views")\n',
        "utf-8",
    )
    views = place / "views.py"
    views.write_text('"""None."""\n\nfrom loyalapp import sdk\n\npages = sdk.blueprint("stock")\n', "utf-8")
    assert tried(place, tmp_path) is None

    views.write_text(views.read_text("utf-8") + "\nraise KeyError('words')\n", "utf-8")
    assert tried(place, tmp_path).details == "KeyError: 'words'"


@pytest.mark.parametrize(
    "name", ["bad_mapper", "bad_template", "misspelled_hook", "wrong_table", "foreign_templates", "customers"]
)
def test_what_a_start_would_refuse_is_refused(tmp_path, name):
    assert tried(ZOO / name, tmp_path).code == "trial_failed"


@pytest.mark.postgres
def test_on_postgresql_a_fresh_sqlite_database_serves_for_the_trial(postgres_app, tmp_path):
    place = folder(tmp_path)
    add_table(place)
    with postgres_app.app_context():
        assert tried(place, tmp_path, db.engine) is None
