"""Plugins and languages go with a backup, to a second computer too, and nothing of it runs before somebody's yes."""

import io
import json
import os
import subprocess
import sys
from contextlib import closing

import pytest

from loyalapp.core import sealing
from loyalapp.core.db import db
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import files, folders, restoring, service
from loyalapp.features.customers import service as customers
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from loyalapp.plugin_system import state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.package import open_package
from tests.conftest import close, open_app, through_the_door
from tests.core.test_tongues import ENTRIES
from tests.plugin_system.parcels import add_table, folder, parcel, put_in
from tests.plugins.greetings.test_giving import LOGO
from tests.sources import ROOT
from tests.walk import token_of

PIN = "4812"
SECRET = bytes(range(16))


def speak_sindhi(data_dir) -> None:
    place = data_dir / "languages" / "sd"
    (place / "LC_MESSAGES").mkdir(parents=True)
    (place / "language.toml").write_text('name = "سنڌي"\nlike = "ur"\n', "utf-8")
    (place / "LC_MESSAGES" / "messages.po").write_text(ENTRIES, "utf-8")
    (place / "notes.txt").write_text("mine", "utf-8")


def stock(app, tmp_path):
    """A plugin that somebody installed, as its file."""
    add_table(folder(tmp_path / "source"))
    file = parcel(tmp_path)
    put_in(app, file)
    return file


@pytest.fixture
def furnished(app, data_dir, tmp_path):
    """A data folder with a plugin of its own, and a language."""
    with app.app_context():
        customers.add({"name": "Imran"})
        stock(app, tmp_path)
        db.session.remove()
    speak_sindhi(data_dir)
    return app


def made(app):
    with app.app_context():
        found = service.create().path
        db.session.remove()
    return found


def test_a_backup_holds_installed_plugins_as_they_came_and_languages(furnished, tmp_path):
    with files.opened(made(furnished)) as link:
        assert folders.broken(link) == []
        rows = {name: content for _kind, name, _digest, content in link.execute(folders.READ)}

    assert set(rows) == {"stock-1.0.0.loyalplugin", "sd/language.toml", "sd/LC_MESSAGES/messages.po"}
    again = tmp_path / "again.loyalplugin"
    again.write_bytes(rows["stock-1.0.0.loyalplugin"])
    assert open_package(again).content == open_package(tmp_path / "stock-1.0.0.loyalplugin").content


def test_what_is_no_longer_what_was_installed_or_too_large_is_left_out_and_named(furnished, data_dir, monkeypatch):
    code = data_dir / "plugins" / "stock" / "plugin.py"
    whole = code.read_text("utf-8")
    code.write_text(whole + "\n# somebody was here\n", "utf-8")
    content = files.look(made(furnished))
    assert (content.left_out, content.brought.plugins, content.brought.languages) == (["stock"], (), ("سنڌي",))

    code.write_text(whole, "utf-8")
    monkeypatch.setattr(folders, "MOST", 100)
    content = files.look(made(furnished))
    assert (content.left_out, content.brought) == (["stock", "sd"], folders.Brought())


def restored(app, path, data_dir):
    with app.app_context():
        service.restore(path)
    close(app)
    return open_app(data_dir)


def test_what_is_here_stays_and_what_has_no_business_here_stays_out(furnished, data_dir, tmp_path):
    """A backup may come from anybody: names in it lead nowhere, and nothing is written over."""
    path = made(furnished)
    with closing(service.making.connector(path)()) as link:
        link.execute("UPDATE loyalapp_file SET content = x'00' WHERE name LIKE '%.loyalplugin'")
        for name in ("../../evil/LC_MESSAGES/x.po", "xx/../../evil.po", "/etc/x.po", "xx/LC_MESSAGES/x.mo"):
            link.execute(folders.PUT, ("language", name, "{}", folders._digest(b"x"), b"x"))
        link.execute(folders.PUT, ("plugin", "../x-1.0.0.loyalplugin", "{}", folders._digest(b"x"), b"x"))
        link.execute("PRAGMA journal_mode = DELETE")
    content = files.look(path)
    assert (content.left_out, content.brought.plugins) == (["stock"], ())
    words = data_dir / "languages" / "sd" / "LC_MESSAGES" / "messages.po"
    words.write_text(ENTRIES.replace("گراهڪ", "گراهڪ ۲"), "utf-8")
    app = restored(furnished, path, data_dir)

    assert "گراهڪ ۲" in words.read_text("utf-8"), "what was translated since stays"
    assert [one.name for one in (data_dir / "languages").iterdir()] == ["sd"]
    assert folders.on_shelf(DataFolder(data_dir)) == [], "it is not what was put in"
    assert not list(tmp_path.rglob("*evil*"))
    close(app)


def test_a_plugin_that_was_removed_since_waits_on_the_page_until_it_is_looked_at_or_put_away(furnished, data_dir):
    path = made(furnished)
    assert "Came with the backup" not in through_the_door(furnished).get("/plugins/").text
    folders_of = data_dir / "plugins" / "stock"
    folders_of.rename(data_dir / "stock")
    app = restored(furnished, path, data_dir)
    browser = through_the_door(app)

    assert "waits until you have looked at it" in browser.get("/").text
    assert "Came with the backup" in browser.get("/plugins/").text
    form = {"csrf_token": token_of(browser), "name": "stock-1.0.0.loyalplugin"}
    assert browser.post("/plugins/from-backup", data=form).location.startswith("/plugins/install/")
    assert browser.post("/plugins/from-backup", data={**form, "name": "../state.json"}).status_code == 404
    assert "stock" not in registry(app).plugins
    browser.post("/plugins/from-backup/no", data=form)
    assert "Came with the backup" not in browser.get("/plugins/").text
    assert browser.post("/plugins/from-backup", data=form).status_code == 404
    assert "waits until you have looked at it" not in browser.get("/").text
    close(app)


def test_cut_short_before_the_plugins_have_their_place_the_next_start_goes_on(furnished, data_dir, monkeypatch):
    path, data = made(furnished), DataFolder(data_dir)
    close(furnished)
    (data_dir / "plugins" / "stock").rename(data_dir / "stock")
    restoring.stage(data, path)
    with monkeypatch.context() as patch:
        patch.setattr(folders, "bring_back", lambda *_more: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restoring.settle(data)
    close(open_app(data_dir))

    assert [one.name for one in folders.on_shelf(data)] == ["stock-1.0.0.loyalplugin"]


# ---- the second computer ----


def first_computer(data_dir, tmp_path):
    """Everything somebody may have, encrypted; answers the file of its backup."""
    app = open_app(data_dir)
    with app.app_context():
        customers.add({"name": "Imran"})
        stock(app, tmp_path)
        registry().states.set_wish("stock", state.ON)
        registry().states.set_wish("reviews", state.OFF)
        db.session.remove()
    speak_sindhi(data_dir)
    browser = through_the_door(app)
    form = {"csrf_token": token_of(browser), "kind": "logo", "picture": (io.BytesIO(LOGO), "x.png")}
    assert browser.post("/plugins/greetings/firm", data=form).status_code == 303
    with app.app_context():
        pins.choose(staff.add("Asma", role="owner"), PIN, PIN)
        db.session.remove()
    close(app)
    sealing.write(data_dir, sealing.Seal(sealing.PASSWORD, sealing.mark_of(SECRET), wish=sealing.ON))
    sealing.know(data_dir, SECRET)
    app = open_app(data_dir)
    assert registry(app).plugins["stock"].status == "running"
    path = made(app)
    close(app)
    sealing.forget(data_dir)
    return path


@pytest.mark.slow
def test_on_another_computer_everything_is_there_again(data_dir, tmp_path):
    path = first_computer(data_dir, tmp_path)
    assert files.is_locked(path)
    home = tmp_path / "another home"
    home.mkdir()
    around = {key: one for key, one in os.environ.items() if not key.startswith(("XDG_", "LOYALAPP_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.new_computer", str(path), sealing.on_paper(SECRET), PIN],
        cwd=ROOT,
        env={**around, "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])

    assert list(home.rglob("loyalapp.sqlite3")), "the data lies in the home of that computer"
    assert (found["is offered"], found["refuses"], found["starts again"]) == (True, True, True)
    for words in ("Stock reminder 1.0.0", "سنڌي"):
        assert words in found["shown"]
    assert (found["customers"], found["left over"]) == (["Imran"], [])
    assert (found["wrong PIN"], found["right PIN"]) == (422, 303)
    assert (found["plugin ran at once"], found["switched off"]) == (False, "off")
    assert "waits until you have looked at it" in found["today"]
    assert (found["words"], found["logo"]) == (True, b"\x89PNG".hex())
    assert "Came with the backup" in found["plugins"]
    assert found["waits still"] is False
    assert (found["page"], found["rows"]) == ("hello of 1.0.0", ["rice", "آٹا"])
