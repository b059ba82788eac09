"""Backups: made while the data is in use, checked, by themselves, listed, thinned, and refused in one sentence."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from loyalapp.core import db as database
from loyalapp.core.clock import frozen, now
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.paths import DataFolder
from loyalapp.core.sizes import format_size
from loyalapp.features.backups import computer, copies, daily, files, making, service, thinning
from loyalapp.features.backups.files import SUFFIX
from loyalapp.features.customers import service as customers
from loyalapp.features.imports import service as imports
from tests.conftest import close, open_app
from tests.sources import ROOT
from tests.walk import token_of

NOON = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def test_a_backup_holds_everything_opens_and_says_what_it_is(app, data_dir):
    with app.app_context():
        customers.add({"name": "عمران صدیقی"})
        made = service.create()
        seen = service.seen(made)

    assert made.path.parent == data_dir / "backups"
    assert made.path.stat().st_mode & 0o777 == 0o600
    link = database.connector(made.path)()
    assert link.execute("SELECT name FROM customer").fetchall() == [("عمران صدیقی",)]
    link.close()
    assert (seen.content.customers, seen.content.why, seen.is_locked) == (1, "loyalapp", False)
    assert seen.content.plugins["issues"]
    assert seen.content.last_entry <= seen.content.made_at <= now()


def test_backups_are_listed_the_newest_first_and_those_of_a_wrong_clock_last(app, data_dir):
    with app.app_context():
        with frozen(NOON + timedelta(days=4000)):
            ahead = service.create().path
        made = [service.create().path for _ in range(3)]

        assert [one.path for one in service.copies_here()] == [*made[::-1], ahead]
        assert [one.path.name for one in map(service.find, [made[0].name])] == [made[0].name]


# ---- which ones stay ----


@given(st.lists(st.integers(0, 3000 * 24 * 60), max_size=60, unique=True), st.integers(0, 200_000))
def test_thinning_keeps_the_newest_and_one_of_each_span_and_never_more_when_done_again(minutes, later):
    moments = {NOON - timedelta(minutes=one) for one in minutes}
    stay = thinning.kept(moments)

    assert stay <= moments
    assert set(sorted(moments)[-thinning.NEWEST :]) <= stay
    assert {one.year for one in moments} == {one.year for one in stay}
    assert thinning.kept(stay) == stay, "done again, it takes nothing more"
    recent = [one for one in moments if max(moments) - one <= timedelta(days=14)]
    assert {one.date() for one in recent} <= {one.date() for one in stay}
    assert len(stay) <= thinning.NEWEST + 49 + 15 + 10 + 14 + 10


def test_old_backups_go_by_the_rule_but_none_that_somebody_named_himself(tmp_path):
    own = tmp_path / f"before we moved{SUFFIX}"
    own.write_bytes(b"x")
    with frozen(NOON):
        by_hand = [copies.new(tmp_path, copies.BY_HAND) for _ in range(1)]
    for hours in range(0, 400 * 24, 12):
        with frozen(NOON - timedelta(hours=hours)):
            copies.new(tmp_path, copies.DAILY).write_bytes(b"x")
    by_hand[0].write_bytes(b"x")
    with frozen(NOON):
        gone = copies.thin(copies.of(tmp_path))
        left = copies.of(tmp_path)

    assert {own, *by_hand} <= {one.path for one in left}
    assert 30 < len(left) < 60
    assert not any(one.path.exists() for one in gone)


# ---- by themselves ----


def test_one_is_made_by_itself_where_anything_changed_on_another_day_or_hours_later(app, data_dir):
    data, watch = DataFolder(data_dir), daily.Watch()

    def made(after: timedelta) -> int:
        before = len(copies.of(data.backups))
        with frozen(datetime.now(UTC) + after), app.app_context():
            daily.work(app, watch)
            return len(copies.of(data.backups)) - before

    with app.app_context():
        customers.add({"name": "Imran"})
    assert made(timedelta()) == 1, "there was none"
    assert made(timedelta(hours=9)) == 0, "nothing changed"
    with app.app_context():
        customers.add({"name": "Sunita"})
    os.utime(data.database, (time.time() + 30 * 3600,) * 2)
    assert made(timedelta(hours=30)) == 1
    assert made(timedelta(hours=31)) == 0, "one hour later none is due"
    assert computer.read(data).here == computer.OK


def test_a_page_of_the_seated_program_starts_it_and_the_end_waits_for_nothing(app, client, data_dir):
    from loyalapp.features.backups import everywhere

    client.get("/customers/")
    assert not list((data_dir / "backups").iterdir()), "a program that is only a guest leaves it alone"
    app.extensions[everywhere.DUE] = time.monotonic()
    client.get("/customers/")
    daily.watch_of(app).thread.join(30)
    assert [one.kind for one in copies.of(data_dir / "backups")] == [copies.DAILY]
    due = app.extensions[everywhere.DUE]
    client.get("/customers/")
    assert app.extensions[everywhere.DUE] == due, "the next look is a quarter of an hour away"
    app.extensions[daily.AT_END]["backups"]()
    app.extensions[everywhere.DUE] = time.monotonic()
    client.get("/customers/")
    assert not daily.watch_of(app).is_busy


def test_one_that_is_called_off_leaves_nothing(app, data_dir):
    data = DataFolder(data_dir)
    with pytest.raises(making.CalledOff):
        making.make(data, copies.new(data.backups, copies.DAILY), copies.DAILY, is_stopped=lambda: True)

    assert list(data.backups.iterdir()) == []


def test_one_is_made_before_a_list_comes_in_where_anything_changed(app, data_dir, tmp_path):
    file = tmp_path / "list.csv"

    def bring(name: str) -> list[str]:
        file.write_text(f"Name,Phone\n{name},0300 7654321\n", "utf-8")
        imports.carry_out(imports.plan(file))
        return [one.kind for one in service.copies_here()]

    with app.app_context():
        assert bring("Imran") == [], "nothing was written down yet"
        assert bring("Sunita") == ["before-import"]
        assert bring("Yasmin") == ["before-import"] * 2
        service.before("plugin")
        service.before("plugin")
        assert [one.kind for one in service.copies_here()] == ["before-plugin", *["before-import"] * 2]


def test_what_is_half_written_goes_along(client, app, data_dir):
    kept = {"page": "/customers/new", "form": "f", "typed": '[["name", "", "Half"]]', "csrf_token": token_of(client)}
    assert client.post("/drafts/", data=kept).status_code == 204
    with app.app_context():
        made = service.create()

    with files.opened(made.path) as link:
        assert "Half" in link.execute("SELECT typed FROM draft").fetchone()[0]


def test_a_program_that_was_killed_before_anything_was_half_written_makes_backups(app, data_dir):
    """The file of what is half written is there, and its table is not yet."""
    (data_dir / "work" / making.DRAFTS).touch()
    with app.app_context():
        assert service.create().path.is_file()


# ---- what goes wrong ----


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(28, "No space left on device"), "too little room on the disk"),
        (OSError(30, "Read-only file system"), "Nothing can be written into the folder"),
        (OSError(5, "Input/output error"), "the disk may be damaged"),
    ],
)
def test_a_fault_of_the_disk_is_told_in_one_sentence_and_leaves_nothing(
    app, client, data_dir, monkeypatch, fault, words
):
    monkeypatch.setattr(making, "flush", lambda _file: (_ for _ in ()).throw(fault))
    answer = client.post("/backups/", data={"csrf_token": token_of(client)})

    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert list((data_dir / "backups").iterdir()) == []
    with app.app_context():
        assert daily.make_daily(app, lambda: False) in (computer.FULL, computer.READ_ONLY, computer.FAULT)


def test_a_copy_that_lacks_a_row_never_gets_its_name(app, data_dir, monkeypatch):
    """What the check finds counts, not that the file was written."""
    real = making._complete

    def losing(copy, told, drafts):
        real(copy, told, drafts)
        copy.execute("DELETE FROM customer")

    monkeypatch.setattr(making, "_complete", losing)
    with app.app_context():
        customers.add({"name": "Imran"})
        with pytest.raises(LoyalAppError):
            service.create()

    assert list((data_dir / "backups").iterdir()) == []


def test_a_change_that_the_disk_did_not_take_is_no_bug(app, client, monkeypatch):
    from loyalapp.features.customers import service as there

    fault = OSError(28, "No space left on device")
    monkeypatch.setattr(there, "add", lambda *_more, **_facts: (_ for _ in ()).throw(fault))
    answer = client.post("/customers/new", data={"name": "Imran", "csrf_token": token_of(client)})

    assert answer.status_code == 507
    assert "The disk of this computer is full" in answer.text


@pytest.mark.slow
def test_killed_while_it_writes_there_are_only_whole_backups(data_dir):
    app = open_app(data_dir)
    with app.app_context():
        for number in range(60):
            customers.add({"name": f"Customer {number}", "notes": "long " * 400})
    close(app)
    script = """
import sys
from pathlib import Path
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import copies, making
data = DataFolder(Path(sys.argv[1]))
print("begun", flush=True)
while True:
    making.make(data, copies.new(data.backups, copies.DAILY), copies.DAILY)
"""
    command = [sys.executable, "-c", script, str(data_dir)]
    for _ in range(12):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        ) as child:
            child.stdout.readline()
            time.sleep(random.uniform(0, 0.15))
            child.send_signal(signal.SIGKILL)
        for one in copies.of(data_dir / "backups"):
            found = files.look(one.path)
            assert found is not None, one.path
            assert found.customers == 60
            one.path.unlink()
    app = open_app(data_dir)
    for half in (data_dir / "backups").glob("*.part*"):
        os.utime(half, (0, 0))
    daily.make_daily(app, lambda: False)
    assert [one.suffix for one in (data_dir / "backups").iterdir()] == [SUFFIX]
    close(app)


# ---- the page ----


def test_the_page_makes_one_and_shows_it_by_its_words(client):
    assert "No backup yet" in client.get("/backups/").text
    page = client.post("/backups/", data={"csrf_token": token_of(client)}, follow_redirects=True).text

    assert "The backup is made and checked." in page
    assert "made by hand" in page
    assert "KB" in page


@pytest.mark.parametrize(("count", "said"), [(1, "1 KB"), (640_400, "640 KB"), (3_449_000, "3.4 MB"), (12e9, "12 GB")])
def test_sizes_are_said_as_people_say_them(app, count, said):
    with app.test_request_context():
        assert format_size(int(count)) == said


@pytest.mark.postgres
def test_on_the_office_server_the_page_says_who_makes_backups(postgres_app):
    from tests.conftest import through_the_door

    browser = through_the_door(postgres_app)
    for url in ("/backups/", "/backups/place"):
        answer = browser.post(url, data={"csrf_token": token_of(browser), "folder": "/"})
        assert "office server" in answer.text
    assert browser.get("/backups/").status_code == 200
    with postgres_app.app_context():
        customers.add({"name": "Imran"})
        service.before("import")
        assert db.session.scalar(text("SELECT 1")) == 1
        assert service.copies_here() == []
