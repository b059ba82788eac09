"""The second place: brought, locked, unplugged, caught up, full; and from it to another computer."""

import io
import shutil
from contextlib import closing

import pytest

from loyalapp.core import sealing
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import (
    computer,
    copies,
    daily,
    drives,
    files,
    making,
    restoring,
    second,
    service,
    waiting,
)
from loyalapp.features.backups.files import SUFFIX
from loyalapp.features.customers import service as customers
from loyalapp.features.privacy import service as privacy
from tests.conftest import close, copied, open_app, through_the_door
from tests.features.backups.test_restoring import with_backup
from tests.walk import filled, token_of

PASSWORD = "چار لفظ یہاں"


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def plugged(app, stick):
    """The stick as second place, with what it has."""
    with app.app_context():
        customers.add({"name": "Imran"})
        second.choose(app.extensions["loyalapp.data"], str(stick))
        db.session.remove()
    return stick / second.FOLDER


def create(app) -> copies.Copy:
    """A backup made by hand."""
    with app.app_context():
        return service.create()


def bring(app) -> str:
    """One look of the program, as a page starts it."""
    with app.app_context():
        daily.work(app, daily.watch_of(app))
        db.session.remove()
    return computer.read(app.extensions["loyalapp.data"]).there


def names(folder) -> set[str]:
    return {one.path.name for one in copies.of(folder)}


def test_every_backup_goes_there_whole(app, data_dir, plugged):
    create(app)
    assert bring(app) == computer.OK

    assert names(plugged) == names(data_dir / "backups") != set()
    assert all(files.look(one.path).customers == 1 for one in copies.of(plugged))
    with app.app_context():
        assert service.state().known.there == computer.OK


def test_unplugged_is_said_at_once_and_what_it_missed_comes_later(app, client, data_dir, plugged, stick):
    create(app)
    shutil.move(plugged, stick.parent / "pocket")
    assert bring(app) == computer.GONE
    assert list(stick.iterdir()) == [], "nothing is written to where the stick only seems to be"
    for page in ("/", "/backups/"):
        assert "The second place for backups is not there" in client.get(page).text, page
    create(app)
    shutil.move(stick.parent / "pocket", plugged)

    assert bring(app) == computer.OK
    assert names(plugged) == names(data_dir / "backups")
    assert "The second place for backups is not there" not in client.get("/").text


def test_with_a_password_nobody_reads_the_stick_and_the_backups_here_stay_as_they_were(app, data_dir, plugged):
    with app.app_context():
        service.set_password(PASSWORD, PASSWORD)
    made = create(app)
    before = made.path.read_bytes()
    assert bring(app) == computer.OK
    there = plugged / made.path.name

    assert made.path.read_bytes() == before
    assert files.is_locked(there)
    assert b"Imran" not in there.read_bytes()
    assert files.look(there, "another") is None
    assert files.look(there, files.as_key(f" {PASSWORD} ")).customers == 1
    assert not list((data_dir / "work").glob("locked-*"))
    made.path.unlink()
    with app.app_context():
        assert service.content(service.find(made.path.name)).customers == 1, "this computer knows the password"


@pytest.mark.parametrize(
    ("typed", "again", "words"), [("short", "short", "longer"), ("long enough", "long enouhg", "not the same")]
)
def test_a_password_nobody_could_type_again_is_refused(app, typed, again, words):
    with app.app_context(), pytest.raises(LoyalAppError, match=words):
        service.set_password(typed, again)


def test_a_place_that_does_not_fit_is_refused_in_one_sentence(app, client, data_dir, tmp_path):
    for typed, words in (
        ("", "not there"),
        ("stick", "not there"),
        (str(tmp_path / "none"), "not there"),
        (str(data_dir / "backups"), "the folder of your data itself"),
    ):
        answer = client.post("/backups/place", data={"folder": typed, "csrf_token": token_of(client)})
        assert answer.status_code == 422
        assert words in answer.text, typed
    with app.app_context():
        assert computer.read(DataFolder(data_dir)).second == ""


def test_two_computers_keep_their_backups_apart_in_one_place(app, stick):
    with app.app_context():
        (stick / second.FOLDER).mkdir()
        (stick / second.FOLDER / second.MARK).write_text('{"id": "another computer"}')

        assert second.choose(app.extensions["loyalapp.data"], str(stick)).name == f"{second.FOLDER} 2"


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (28, computer.FULL, "is full"),
        (30, computer.READ_ONLY, "Nothing can be written"),
        (5, computer.FAULT, "damaged"),
    ],
)
def test_a_stick_that_takes_nothing_is_told(app, client, plugged, monkeypatch, number, kind, words):
    create(app)
    monkeypatch.setattr(second, "_copied", lambda *_more: (_ for _ in ()).throw(OSError(number, "a fault")))

    assert bring(app) == kind
    assert words in client.get("/backups/").text
    assert not list(plugged.glob("*.part")) + list(plugged.glob(f"*{SUFFIX}"))


def test_what_came_out_different_on_the_stick_never_gets_its_name(app, plugged, monkeypatch):
    create(app)
    monkeypatch.setattr(second, "_digest", lambda *_more: "something else")

    assert bring(app) == computer.FAULT
    assert names(plugged) == set()


def test_what_is_plugged_in_is_offered(client, stick, monkeypatch):
    monkeypatch.setattr(drives, "found", lambda: [drives.Drive(stick, "KINGSTON", 12_000_000_000)])
    page = client.get("/backups/place").text

    assert "KINGSTON" in page
    assert "12 GB" in page
    answer = client.post("/backups/place", data={"drive": str(stick), "csrf_token": token_of(client)})
    assert answer.status_code == 303
    assert (stick / second.FOLDER / second.MARK).is_file()
    away = client.post("/backups/place/leave", data={"csrf_token": token_of(client)}, follow_redirects=True)
    assert "There is no second place any more" in away.text


def test_mounted_sticks_and_shares_are_found_with_their_names(tmp_path, monkeypatch):
    there = tmp_path / "USB ڈسک"
    there.mkdir()
    named = str(there).replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {named} vfat rw 0 0\nproc {named}/x proc rw 0 0\nodd\n", "utf-8"
    )
    monkeypatch.setattr(drives, "MOUNTS", mounts)
    monkeypatch.setattr(drives, "PLACES", (str(tmp_path),))

    assert list(drives._of_linux()) == [there]


# ---- to another computer ----


def test_on_a_new_computer_the_backup_of_a_stick_comes_back_before_any_question(
    app, plugged, tmp_path, prepared, monkeypatch
):
    with app.app_context():
        service.set_password(PASSWORD, PASSWORD)
    create(app)
    bring(app)
    stick = plugged.parent
    with closing(connector(copied(prepared, tmp_path / "new") / "loyalapp.sqlite3")()) as link:
        link.execute("DELETE FROM setting")
    new = open_app(tmp_path / "new")
    monkeypatch.setattr(drives, "found", lambda: [drives.Drive(stick, "KINGSTON", 12_000_000_000)])
    browser = through_the_door(new)
    assert "/backups/from-file" in browser.get("/welcome/firm").text
    page = browser.get("/backups/from-file")
    found = copies.of(plugged)[0]
    assert found.path.name in page.text
    answer = browser.post(
        "/backups/from-file",
        data={"found": found.path.name, "csrf_token": filled(browser, "/backups/from-file")["csrf_token"]},
    )
    asked = answer.headers["Location"]
    locked = browser.get(asked).headers["Location"]
    assert "This is not the password" in browser.post(locked, data={**filled(browser, locked), "password": "no"}).text
    assert browser.post(locked, data={**filled(browser, locked), "password": PASSWORD}).headers["Location"] == asked
    assert "It holds" in browser.get(asked).text
    assert "starting again" in browser.post(asked, data=filled(browser, asked)).text
    close(new)
    new = open_app(tmp_path / "new")
    with new.app_context():
        assert [one.name for one in customers.find("Imran")] == ["Imran"]
        assert new.config["FIRM"] is not None
        assert computer.read(DataFolder(tmp_path / "new")).second == "", "the place of the other computer is not ours"
    close(new)


def test_a_file_can_be_given_and_waits_until_it_is_brought_back(app, client, data_dir):
    with app.app_context():
        made = service.create().path
    url = "/backups/from-file"
    assert "Please choose the file" in client.post(url, data=filled(client, url)).text
    given = {**filled(client, url), "file": (io.BytesIO(made.read_bytes()), "mine.loyalbackup")}
    answer = client.post(url, data=given)
    answer.request.environ["wsgi.input"].close()  # a file of the client's, since it is a large one
    asked = answer.headers["Location"]
    assert "It holds" in client.get(asked).text
    letter = {**filled(client, url), "file": (io.BytesIO(b"a letter"), "letter.loyalbackup")}
    refused = client.post(url, data=letter, follow_redirects=True)
    assert "not a whole backup" in refused.text
    assert len(list((data_dir / "work").glob("given-*"))) == 1, "the one before is gone"


def test_data_that_is_encrypted_keeps_its_key_whatever_comes_back(app, data_dir, tmp_path):
    """A backup of open data that comes back into sealed data is sealed; the recovery key opens one of sealed data."""
    data, secret = DataFolder(tmp_path / "sealed"), sealing.new_secret()
    with app.app_context():
        customers.add({"name": "Imran"})
        plain = service.create().path
    data.prepare()
    sealing.know(data.root, secret)
    data.database.touch()
    service.restoring.stage(data, plain)
    (data.root / service.waiting.WAITING).replace(data.database)
    assert not sealing.is_open(data.database)
    target = copies.new(data.backups, copies.DAILY)
    making.make(data, target, copies.DAILY)
    sealing.forget(data.root)

    assert files.is_locked(target)
    assert files.look(target) is None
    key = files.fitting_key(target, files.keys_of(sealing.on_paper(secret)))
    assert files.look(target, key).customers == 1


def test_encrypted_data_is_kept_as_a_whole_backup_and_who_was_erased_stays_erased(data_dir):
    secret, data = bytes(16), DataFolder(data_dir)
    sealing.write(data_dir, sealing.Seal(sealing.PASSWORD, sealing.mark_of(secret), wish=sealing.ON))
    sealing.know(data_dir, secret)
    path = with_backup(data_dir)
    app = open_app(data_dir)
    with app.app_context():
        privacy.erase(customers.find("Imran")[0].id)
        service.restore(path)
        restoring.settle(data)
        assert waiting.is_waiting(data), "it is open here"
    close(app)
    app = open_app(data_dir)
    (kept,) = (data_dir / "backups").glob("before-restore-*")
    with app.app_context():
        about = service.seen(next(one for one in service.copies_here() if one.path == kept)).content
    close(app)
    sealing.forget(data_dir)

    assert names_in(data.database, secret) == []
    assert about.why == "before-restore", "a backup that says what it is, not only a file that was put aside"


def names_in(database, secret: bytes) -> list[str]:
    """Who is left in encrypted data."""
    with files.opened(database, files.raw(sealing.key_of(secret))) as link:
        return [row[0] for row in link.execute("SELECT name FROM customer WHERE removed_at IS NULL")]
