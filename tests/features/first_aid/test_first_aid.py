"""Damaged data: the program opens with help instead, and whatever is chosen, nothing of the damaged file is lost."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from loyalapp.app import Run
from loyalapp.cli import main
from loyalapp.core import damage, sealing
from loyalapp.core.config import Config
from loyalapp.core.db import db
from loyalapp.core.errors import Damaged
from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector
from loyalapp.desktop.house import House
from loyalapp.desktop.words import sentence
from loyalapp.features.backups import service as backups
from loyalapp.features.customers import service as customers
from loyalapp.features.first_aid.aid import first_aid_app
from loyalapp.features.safety import turning
from tests.conftest import close, open_app, through_the_door
from tests.faults.harm import overwrite_page, pages_of
from tests.walk import token_of


@pytest.fixture
def shop(data_dir) -> DataFolder:
    """Imran is in the backup; Sunita came after it; then the contacts are damaged."""
    app = open_app(data_dir)
    with app.app_context():
        customers.add({"name": "Imran"})
        backups.create()
        customers.add({"name": "Sunita"})
    close(app)
    return DataFolder(data_dir)


def damaged(data: DataFolder) -> DataFolder:
    overwrite_page(data.database, pages_of(data.database, "saved_list")[0], b"\0")
    return data


def helped(data: DataFolder, language: str = "en"):
    """A browser on the app that helps, and that app."""
    with pytest.raises(Damaged) as found:
        open_app(data.root)
    app = first_aid_app(data, language, Run(Config(data.root), data), found.value)
    return through_the_door(app), app


def click(browser, address: str, page: str = "/") -> str:
    token = token_of(browser, page)
    return browser.post(address, data={"csrf_token": token}, follow_redirects=True).get_data(as_text=True)


def names(data: DataFolder) -> list[str]:
    app = open_app(data.root)
    with app.app_context():
        found = sorted(db.session.scalars(text("SELECT name FROM customer")))
        db.session.remove()
    close(app)
    return found


def test_every_page_tells_what_happened_in_three_languages(shop):
    for language, word in (("en", "damaged"), ("ur", "خراب"), ("hi", "ख़राब")):
        browser, app = helped(damaged(shop), language)
        for address in ("/", "/customers/", "/today/anything"):
            page = browser.get(address)
            assert page.status_code == 200
            assert word in page.get_data(as_text=True)
        assert 'action="/first-aid/bring-back"' in browser.get("/").get_data(as_text=True)
        close_help(app)


def close_help(app) -> None:
    assert "sqlalchemy" not in app.extensions, "it has no database to close"


def test_saving_what_can_be_read_keeps_what_came_after_the_backup(shop):
    browser, app = helped(damaged(shop))
    before = shop.database.read_bytes()

    page = click(browser, "/first-aid/save")

    assert shop.database.read_bytes() == before
    assert app.extensions["loyalapp.first_aid"]["outcome"].lines[0] == ("customer", 2, 1, 1, 0)
    assert "only in the backup" in page
    assert "Problems" in page, "what plugins have written down is compared too"
    click(browser, "/first-aid/use")
    assert app.extensions["loyalapp"].restart_wanted.is_set()
    assert names(shop) == ["Imran", "Sunita"]
    assert is_kept(shop, before)
    assert customers_are_found(shop, "Sunita")


def customers_are_found(data: DataFolder, name: str) -> bool:
    app = open_app(data.root)
    with app.app_context():
        found = bool(customers.find(name))
        db.session.remove()
    close(app)
    return found


def is_kept(data: DataFolder, damaged_file: bytes) -> bool:
    """Whether the damaged file is among the backups; its head tells that its log was folded in."""
    return any(one.read_bytes()[100:] == damaged_file[100:] for one in data.backups.iterdir())


def test_the_last_good_backup_comes_back(shop):
    (shop.backups / "loyalapp-20991122-101010-000000.loyalbackup").write_bytes(b"half a backup")
    browser, _app = helped(damaged(shop))
    before = shop.database.read_bytes()

    click(browser, "/first-aid/bring-back")

    assert names(shop) == ["Imran"]
    assert is_kept(shop, before)


def test_what_is_no_database_any_more_offers_the_backup_only(shop):
    shop.database.write_bytes(b"My own notes\n" * 999)
    browser, _app = helped(shop)

    page = browser.get("/").get_data(as_text=True)
    assert "/first-aid/bring-back" in page
    assert "/first-aid/save" not in page
    assert "<h1>Your data cannot be read any more</h1>" in page
    assert "Nothing of it can be read any more. Please bring back a backup." in page
    assert "Nothing of it can be read" in click(browser, "/first-aid/save")
    click(browser, "/first-aid/bring-back")
    assert names(shop) == ["Imran"]


@pytest.mark.parametrize("harm", ["first page", "shifted"])
def test_of_encrypted_data_whose_beginning_is_lost_only_the_backup_is_left_and_that_is_said(shop, harm):
    """Each page is locked with what stands on the first; without it the key opens none of them."""
    sealing.know(shop.root, bytes(16))
    try:
        turning.turn(shop.database, sealing.key_of(bytes(16)), sealed=True)
        whole = shop.database.read_bytes()
        shop.database.write_bytes(bytes(4096) + whole[4096:] if harm == "first page" else whole[4096:])
        browser, _app = helped(shop)
        page = browser.get("/").get_data(as_text=True)
        assert "Nothing of it can be read any more. Please bring back a backup." in page
        assert ("/first-aid/bring-back" in page, "/first-aid/save" in page) == (True, False)
        click(browser, "/first-aid/bring-back")
        assert names(shop) == ["Imran"]
    finally:
        sealing.forget(shop.root)


def test_of_data_whose_beginning_is_lost_the_rest_is_saved_and_compared_with_the_backup(shop):
    overwrite_page(shop.database, 1, b"\0")
    browser, app = helped(shop)
    before = shop.database.read_bytes()

    page = browser.get("/").get_data(as_text=True)
    assert "/first-aid/save" in page
    assert "<h1>Part of your data cannot be read</h1>" in page
    page = click(browser, "/first-aid/save")
    assert app.extensions["loyalapp.first_aid"]["outcome"].lines[0] == ("customer", 2, 1, 1, 0)
    assert "Everything could be read." in page
    assert shop.database.read_bytes() == before
    click(browser, "/first-aid/use")
    assert names(shop) == ["Imran", "Sunita"]
    assert customers_are_found(shop, "Sunita")


def test_data_that_is_gone_comes_back_or_begins_anew(shop):
    shop.database.unlink()
    browser, _app = helped(shop)
    click(browser, "/first-aid/anew")

    assert names(shop) == []
    assert names(shop) == [], "at the start after it too"
    shop.database.unlink()
    browser, _app = helped(shop)
    click(browser, "/first-aid/bring-back")
    assert names(shop) == ["Imran"]


def test_without_a_backup_the_folder_is_named(shop):
    for one in shop.backups.iterdir():
        one.unlink()
    browser, _app = helped(damaged(shop))

    assert str(shop.backups) in browser.get("/").get_data(as_text=True)
    assert "There is no whole backup" in click(browser, "/first-aid/bring-back")
    assert "Please save first" in click(browser, "/first-aid/use")


def test_a_page_that_meets_damage_says_so_and_the_next_start_looks_closely(shop):
    app = open_app(shop.root)
    app.config["PROPAGATE_BUGS"] = False
    browser = through_the_door(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # the log is folded back into the file
    overwrite_page(shop.database, pages_of(shop.database, "customer")[0], b"\0")

    page = browser.get("/customers/")

    assert page.status_code == 500
    assert "cannot be read" in page.get_data(as_text=True)
    assert (shop.root / damage.DOUBT).is_file()
    close(app)


def test_everything_is_looked_through_on_demand(client, app, data_dir):
    assert "All is well" in click(client, "/data-check/", "/data-check/")
    link = connector(data_dir / "loyalapp.sqlite3")()
    link.execute("PRAGMA foreign_keys = OFF")
    link.execute("INSERT INTO customer_tag (customer_id, tag, tag_key) VALUES (77, 'lost', 'lost')")
    link.close()

    page = click(client, "/data-check/", "/data-check/")

    assert "is damaged" in page
    assert "customer_tag" in page
    assert (data_dir / damage.DOUBT).is_file()
    click(client, "/data-check/restart", "/data-check/")
    assert app.extensions["loyalapp"].restart_wanted.is_set()


@pytest.mark.slow
def test_the_window_shows_the_help_and_a_command_says_it_in_a_sentence(shop):
    house = House(Config(damaged(shop).root, is_seated=True), "ur")
    house.decide(safe_mode=False)
    assert house.stands(30)
    assert house.address().startswith("http://127.0.0.1:")
    house.tear_down()
    assert (shop.plugins / "starting").exists() is False, "it was no death of the program"

    done = CliRunner().invoke(main, ["check", "--data-dir", str(shop.root)])

    assert done.exit_code == 2
    assert any(sentence("data_damaged", one) in done.output for one in ("en", "ur", "hi"))


def test_data_of_a_newer_program_is_refused_kindly(shop):
    app = open_app(shop.root)
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '2099_01_01_later'"))
        db.session.commit()
    close(app)
    before = shop.database.read_bytes()

    house = House(Config(shop.root, is_seated=True), "en")
    house.decide(safe_mode=False)

    assert not house.stands(30)
    assert house.fault == sentence("newer_data", "en")
    house.tear_down()
    assert shop.database.read_bytes() == before


def test_a_refusal_is_spoken_in_the_language_in_which_the_page_is_read(shop):
    browser, _app = helped(damaged(shop))
    click(browser, "/first-aid/use")

    for language, said in (("ur", "پہلے"), ("hi", "पहले"), ("en", "Please save first")):
        click_language(browser, language)
        page = browser.get("/").get_data(as_text=True)
        assert said in page
        assert ("Please save first" in page) == (language == "en")


def click_language(browser, language: str) -> None:
    browser.post("/language", data={"csrf_token": token_of(browser, "/"), "language": language, "next": "/"})
