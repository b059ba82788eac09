"""The pages of the encryption, and what has to go on working while the data is encrypted."""

import keyring
import pytest
from keyring.backend import KeyringBackend

from loyalapp.core import sealing, spare_seal
from loyalapp.core.db import db
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import files, restoring
from loyalapp.features.backups import service as backups
from loyalapp.features.customers import service as customers
from loyalapp.features.imports import service as imports
from loyalapp.features.safety import encryption, opening
from loyalapp.plugin_system.trying import try_out
from tests.conftest import close, copied, open_app, through_the_door
from tests.plugin_system.parcels import folder
from tests.walk import token_of

WORDS = "pankha baarish table"
NAME = "Kashif Secretsahab"


class Safe(KeyringBackend):
    """A computer's safe, in memory."""

    priority = 1
    kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def safe(monkeypatch):
    monkeypatch.setattr(Safe, "kept", {})
    monkeypatch.setattr(keyring.core, "_keyring_backend", Safe())
    return Safe.kept


@pytest.fixture(autouse=True)
def _forget(data_dir):
    yield
    sealing.forget(data_dir)


def begun(client, token, **fields) -> str:
    """Encryption is begun on its page; answers the recovery key."""
    answer = client.post("/safety/encrypt", data={**token, **fields})
    assert answer.location == "/safety/paper", answer.get_data(as_text=True)
    text = client.get("/safety/paper").get_data(as_text=True)
    return " ".join(one.split("</span>")[0] for one in text.split('dir="ltr" lang="en"')[1].split("<span>")[1:9])


def encrypted(client, token, **fields) -> str:
    paper = begun(client, token, **fields)
    assert "starting again" in client.post("/safety/paper", data={**token, "last": paper[-4:].lower()}).text
    return paper


def test_it_is_encrypted_by_its_page_and_opens_with_the_password_or_the_paper(app, client, csrf, data_dir):
    token = csrf()
    for fields, word in (
        ({"kept": "password", "password": "short", "again": "short"}, "8 letters or more"),
        ({"kept": "password", "password": WORDS, "again": WORDS + "!"}, "not the same"),
    ):
        assert word in client.post("/safety/encrypt", data={**token, **fields}).text
    paper = begun(client, token, kept="password", password=WORDS, again=WORDS)
    assert "not the last four" in client.post("/safety/paper", data={**token, "last": "0000"}).text
    assert sealing.read(data_dir) is None, "nothing happens before the key is on paper"
    client.post("/safety/paper", data={**token, "last": paper[-4:]})
    assert app.extensions["loyalapp"].restart_wanted.is_set()
    close(app)

    again = open_app(data_dir)
    page = through_the_door(again).get("/safety/").text
    assert ("Your data is encrypted." in page, "asks for the password" in page) == (True, True)
    close(again)
    for typed, is_right in ((WORDS, True), (paper, True), (WORDS.upper(), False)):
        sealing.forget(data_dir)
        assert opening.open_with(data_dir, typed) is is_right
        assert bool(sealing.secret_of(data_dir)) is is_right


def test_the_safe_of_the_computer_opens_it_and_another_password_takes_its_place(app, client, csrf, data_dir, safe):
    token = csrf()
    paper = encrypted(client, token, kept="safe")
    close(app)
    sealing.forget(data_dir)
    assert list(safe.values()) == [paper]

    again = open_app(data_dir)
    browser = through_the_door(again)
    assert "The safe of this computer" in browser.get("/safety/").text
    assert paper.split()[0] in browser.get("/safety/paper").text, "it can be printed again"
    token = {"csrf_token": token_of(browser)}
    fields = {"kept": "password", "password": WORDS, "again": WORDS}
    assert browser.post("/safety/key", data={**token, **fields}).status_code == 303
    assert safe == {}
    browser.post("/safety/decrypt", data=token)
    close(again)
    close(open_app(data_dir))
    assert (sealing.read(data_dir), sealing.is_open(DataFolder(data_dir).database)) == (None, True)


def test_without_a_safe_it_says_so(client, csrf):
    assert "has no safe" in client.post("/safety/encrypt", data={**csrf(), "kept": "safe"}).text


@pytest.mark.parametrize("harm", ["damaged", "lost"])
def test_a_seal_that_is_damaged_or_lost_has_a_copy_that_the_password_still_opens(app, client, csrf, data_dir, harm):
    encrypted(client, csrf(), kept="password", password=WORDS, again=WORDS)
    close(app)
    close(open_app(data_dir))
    sealing.forget(data_dir)
    whole = (data_dir / sealing.FILE).read_bytes()
    (data_dir / sealing.FILE).unlink()
    if harm == "damaged":
        (data_dir / sealing.FILE).write_bytes(whole[: len(whole) // 2])

    assert not spare_seal.is_lost(data_dir), "the password is asked for as ever"
    assert not sealing.open_quietly(data_dir)
    assert not opening.open_with(data_dir, WORDS + "x")
    assert opening.open_with(data_dir, WORDS)
    assert (data_dir / sealing.FILE).read_bytes() == whole
    again = open_app(data_dir)
    assert through_the_door(again).get("/").status_code == 200
    close(again)


def test_the_safe_opens_by_the_copy_too_and_an_earlier_versions_data_gets_one(app, client, csrf, data_dir, safe):
    encrypted(client, csrf(), kept="safe")
    assert safe
    close(app)
    (data_dir / spare_seal.FILE).unlink()
    close(open_app(data_dir))
    assert (data_dir / spare_seal.FILE).stat().st_mode & 0o077 == 0
    sealing.forget(data_dir)
    (data_dir / sealing.FILE).write_text("", "utf-8")

    assert sealing.open_quietly(data_dir)
    assert sealing.read(data_dir) == spare_seal.read(data_dir)
    close(open_app(data_dir))


def test_a_copy_that_belongs_to_other_data_opens_nothing_and_ends_with_the_encryption(app, client, csrf, data_dir):
    paper = encrypted(client, csrf(), kept="password", password=WORDS, again=WORDS)
    close(app)
    close(open_app(data_dir))
    sealing.forget(data_dir)
    other = bytes(range(16))
    strange = sealing.Seal(sealing.PASSWORD, sealing.mark_of(other), sealing.lock(other, WORDS))
    sealing.write(data_dir, strange)
    (data_dir / sealing.FILE).write_text("{", "utf-8")

    assert not opening.open_with(data_dir, WORDS)
    assert (data_dir / sealing.FILE).read_text("utf-8") == "{"
    assert opening.open_with(data_dir, paper)
    app = open_app(data_dir)
    with app.app_context():
        encryption.turn_off()
    close(app)
    close(open_app(data_dir))
    assert [one.name for one in data_dir.glob("seal*.json*")] == []


def test_a_damaged_seal_without_its_copy_is_made_anew_by_the_recovery_key_alone(app, client, csrf, data_dir):
    paper = encrypted(client, csrf(), kept="password", password=WORDS, again=WORDS)
    close(app)
    close(open_app(data_dir))
    sealing.forget(data_dir)
    (data_dir / sealing.FILE).write_text("{", "utf-8")
    (data_dir / spare_seal.FILE).unlink()

    assert not opening.open_with(data_dir, WORDS)
    assert not opening.open_with(data_dir, sealing.on_paper(bytes(16)))
    assert opening.open_with(data_dir, paper)
    close(open_app(data_dir))


@pytest.mark.slow
def test_lists_plugins_and_backups_go_on_and_leave_nothing_open(app, client, csrf, data_dir, prepared, tmp_path):
    paper = encrypted(client, csrf(), kept="password", password=WORDS, again=WORDS)
    close(app)
    list_file = tmp_path / "list.csv"
    rows = (f"{NAME} {number},0300{number:07d},{'x' * 80}" for number in range(12_000))
    list_file.write_text("Name,Phone,Notes\n" + "\n".join(rows), "utf-8")
    assert list_file.stat().st_size > 1 << 20, "long enough for processes of its own"

    again = open_app(data_dir)
    with again.app_context():
        plan = imports.plan(list_file)
        assert not telling(data_dir), "on its way it is encrypted too"
        imports.carry_out(plan)
        try_out(folder(tmp_path), data_dir / "work", db.engine, None)
        made = backups.create().path
        db.session.remove()
    close(again)
    assert not telling(data_dir)
    sealing.forget(data_dir)

    # Another computer, with the recovery key alone.
    there = copied(prepared, tmp_path / "there")
    assert files.look(made) is None
    keys = files.keys_of(paper)
    key = files.fitting_key(made, keys)
    restoring.stage(DataFolder(there), made, key)
    other = open_app(there)
    with other.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(customers.Customer)) == 12_000
        db.session.remove()
    close(other)


def telling(data) -> list[str]:
    """The files in which the name can be read, but the copy that was brought in and the log."""
    return sorted(one.name for one in data.rglob("*") if one.is_file() and NAME.encode() in one.read_bytes())


@pytest.mark.postgres
def test_a_server_is_the_servers_matter(postgres_app):
    browser = through_the_door(postgres_app)
    assert "Your data lies on the office server." in browser.get("/safety/").text
    with postgres_app.app_context(), pytest.raises(Exception, match="office server"):
        encryption.begin("password", WORDS, WORDS)
