"""A backup comes back whole or not at all: checked before, today's data kept, also where a plugin is missing."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from loyalapp.cli import main
from loyalapp.core import db as database
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import making, restoring, service, waiting
from loyalapp.features.customers import service as customers
from loyalapp.features.privacy import service as privacy
from loyalapp.plugin_system import leftovers
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app, through_the_door
from tests.walk import token_of


def names(app) -> list[str]:
    with app.app_context():
        return sorted(db.session.scalars(text("SELECT name FROM customer WHERE removed_at IS NULL")))


def with_backup(data_dir) -> Path:
    """A data folder with Imran in its backup, and Sunita who came after it."""
    app = open_app(data_dir)
    with app.app_context():
        customers.add({"name": "Imran"})
        path = service.create().path
        customers.add({"name": "Sunita"})
    close(app)
    return path


def sql(path: Path, *sentences: str) -> list:
    link = database.connector(path)()
    found = [link.execute(one).fetchall() for one in sentences]
    link.execute("PRAGMA journal_mode = DELETE")
    link.close()
    return found


def restored(data_dir, path):
    app = open_app(data_dir)
    with app.app_context():
        service.restore(path)
    close(app)
    return open_app(data_dir)


def test_the_data_is_as_it_was_and_what_was_there_is_kept(data_dir):
    path = with_backup(data_dir)
    app = restored(data_dir, path)

    assert names(app) == ["Imran"]
    (kept,) = (data_dir / "backups").glob("before-restore-*")
    with app.app_context():
        assert kept in [one.path for one in service.copies_here()]
        service.restore(kept)
    close(app)
    app = open_app(data_dir)
    assert names(app) == ["Imran", "Sunita"], "the way back"
    close(app)


def test_a_backup_with_rows_of_a_plugin_that_is_missing_comes_back_with_them(data_dir):
    """InvenTree #9845: there a backup with a plugin's tables cannot be restored where the plugin is missing."""
    path = with_backup(data_dir)
    sql(
        path,
        "CREATE TABLE plg_loyalty_version (version_num VARCHAR(32) NOT NULL)",
        "INSERT INTO plg_loyalty_version VALUES ('2030_01_01_first')",
        "CREATE TABLE plg_loyalty_point (id INTEGER PRIMARY KEY, words TEXT,"
        " customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE)",
        "INSERT INTO plg_loyalty_point (words, customer_id) SELECT 'ten points', id FROM customer",
    )
    app = restored(data_dir, path)

    assert names(app) == ["Imran"]
    with app.app_context():
        (kept,) = leftovers.kept_data(db.engine, registry(app).plugins)
        assert (kept.plugin_id, kept.rows) == ("loyalty", 1)
        assert db.session.scalar(text("SELECT words FROM plg_loyalty_point")) == "ten points"
    page = through_the_door(app).get("/plugins/")
    assert page.status_code == 200
    assert "loyalty" in page.text
    close(app)


def test_who_was_erased_since_stays_erased(data_dir):
    path = with_backup(data_dir)
    app = open_app(data_dir)
    with app.app_context():
        privacy.erase(customers.find("Imran")[0].id)
    close(app)
    app = restored(data_dir, path)

    assert names(app) == []
    with app.app_context():
        assert [one.kind for one in privacy.log()] == ["erasure"]
        assert restoring.to_erase_again(DataFolder(data_dir)) == []
    close(app)


def test_what_was_half_written_is_as_it_was_too(data_dir):
    app = open_app(data_dir)
    browser = through_the_door(app)

    def type_in(words: str) -> None:
        typed = f'[["name", "", "{words}"]]'
        form = {"page": "/customers/new", "form": "f", "typed": typed, "csrf_token": token_of(browser)}
        assert browser.post("/drafts/", data=form).status_code == 204

    type_in("Then")
    with app.app_context():
        path = service.create().path
    type_in("Now")
    close(app)
    app = restored(data_dir, path)

    assert "Then" in through_the_door(app).get("/drafts/?page=/customers/new").text
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM draft")) == 0
        assert "loyalapp_backup" not in db.session.scalars(text("SELECT name FROM sqlite_master")).all()
    close(app)


def damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:12288] = b"\xff" * 8192
    path.write_bytes(raw)


def newer(path: Path) -> None:
    sql(path, "UPDATE alembic_version SET version_num = '2999_01_01_later'")


def newer_and_says_so(path: Path) -> None:
    newer(path)
    sql(path, "UPDATE loyalapp_backup SET about = json_set(about, '$.version', '9.1')")


def acting_by_itself(path: Path) -> None:
    sql(path, "CREATE TRIGGER t AFTER INSERT ON customer BEGIN DELETE FROM setting; END")


def foreign(path: Path) -> None:
    path.unlink()
    sql(path, "CREATE TABLE customer (id)")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damage, "not a whole backup"),
        (lambda path: path.write_bytes(b""), "not a whole backup"),
        (lambda path: path.write_text("a letter", "utf-8"), "not a whole backup"),
        (foreign, "not a whole backup"),
        (newer, "made by .LoyalApp 0.*, which is newer"),
        (newer_and_says_so, "made by .LoyalApp 9.1., which is newer"),
        (acting_by_itself, "not a whole backup"),
    ],
)
def test_what_cannot_come_back_is_said_in_a_sentence_before_anything_changes(data_dir, spoil, words):
    path = with_backup(data_dir)
    spoil(path)
    app = open_app(data_dir)
    with app.app_context(), pytest.raises(LoyalAppError, match=words):
        service.restore(path)
    close(app)
    app = open_app(data_dir)

    assert names(app) == ["Imran", "Sunita"]
    assert list((data_dir / "backups").glob("before-restore-*")) == []
    close(app)


def test_while_somebody_has_the_data_open_the_backup_waits(data_dir):
    path = with_backup(data_dir)
    app = open_app(data_dir)
    with app.app_context():
        service.restore(path)
        assert names(app) == ["Imran", "Sunita"]
        restoring.settle(DataFolder(data_dir))
        assert waiting.is_waiting(DataFolder(data_dir))
        customers.add({"name": "Yasmin"})
    close(app)
    app = open_app(data_dir)

    assert names(app) == ["Imran"]
    (kept,) = (data_dir / "backups").glob("before-restore-*")
    assert ("Yasmin",) in sql(kept, "SELECT name FROM customer")[0]
    close(app)


def test_data_too_damaged_to_be_copied_is_put_aside_as_it_is(data_dir):
    path = with_backup(data_dir)
    data = DataFolder(data_dir)
    restoring.stage(data, path)
    data.database.write_bytes(b"nothing of a database" * 1000)
    app = open_app(data_dir)

    assert names(app) == ["Imran"]
    (kept,) = (data_dir / "backups").glob("before-restore-*")
    assert kept.read_bytes().startswith(b"nothing of a database")
    close(app)


def test_cut_short_at_any_step_the_next_start_goes_on(data_dir, monkeypatch):
    path = with_backup(data_dir)
    data = DataFolder(data_dir)
    restoring.stage(data, path)
    for place, step in ((restoring, "_is_ours_alone"), (restoring, "_remember_erased"), (making, "make")):
        with monkeypatch.context() as patch:
            patch.setattr(place, step, lambda *_more: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                restoring.settle(data)
        assert data.database.is_file()
    app = open_app(data_dir)

    assert names(app) == ["Imran"]
    close(app)


# ---- the page and the command ----


def test_the_page_asks_once_more_and_starts_again(data_dir):
    path = with_backup(data_dir)
    app = open_app(data_dir)
    browser = through_the_door(app)
    asked = browser.get(f"/backups/{path.name}/bring-back")
    assert "It holds" in asked.text
    assert "made by hand" in asked.text
    assert "Sunita" in asked.text
    assert path.name in browser.get("/backups/").text
    answer = browser.post(f"/backups/{path.name}/bring-back", data={"csrf_token": token_of(browser)})

    assert "starting again" in answer.text
    assert app.extensions["loyalapp"].restart_wanted.is_set()
    close(app)
    app = open_app(data_dir)
    assert names(app) == ["Imran"]
    close(app)


@pytest.mark.parametrize("name", ["nothing.loyalbackup", "..%2Floyalapp.sqlite3", "%2Fetc%2Fpasswd"])
def test_only_backups_of_the_folder_are_brought_back(client, name):
    assert client.get(f"/backups/{name}/bring-back").status_code == 404


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


def test_the_command_restores_also_over_data_that_cannot_be_opened(data_dir):
    path = with_backup(data_dir)
    assert run("backup", "verify", path, "--data-dir", data_dir).output == "ok\n"
    (data_dir / "loyalapp.sqlite3").write_bytes(b"nothing of a database" * 1000)
    told = run("backup", "restore", path, "--yes", "--data-dir", data_dir)

    assert told.exit_code == 0, told.output
    assert "before-restore-" in told.output
    app = open_app(data_dir)
    assert names(app) == ["Imran"]
    close(app)


def test_the_command_asks_and_refuses_in_one_sentence(data_dir, tmp_path):
    path = with_backup(data_dir)
    assert "It holds" in CliRunner().invoke(main, ["backup", "restore", str(path), "--data-dir", str(data_dir)]).output
    letter = tmp_path / "letter.loyalbackup"
    letter.write_text("a letter", "utf-8")
    told = run("backup", "restore", letter, "--yes", "--data-dir", data_dir)

    assert told.exit_code == 1
    assert "not a whole backup" in told.output
    app = open_app(data_dir)
    assert names(app) == ["Imran", "Sunita"]
    close(app)


def test_the_command_leaves_an_open_program_alone(data_dir):
    from loyalapp.desktop import instance

    path = with_backup(data_dir)
    seat = instance.claim(data_dir)
    told = run("backup", "restore", path, "--yes", "--data-dir", data_dir)
    seat.leave()

    assert "with the next start" in told.output
    app = open_app(data_dir)
    assert names(app) == ["Imran"]
    close(app)
