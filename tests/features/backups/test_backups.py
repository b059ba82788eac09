"""Copies of the data: made while it is in use, checked, listed, thinned, and refused in one sentence."""

import pytest

from loyalapp.core import db as database
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.backups import service
from loyalapp.features.customers import service as customers
from tests.walk import token_of


def test_a_copy_holds_everything_and_opens(app, data_dir):
    with app.app_context():
        customers.add({"name": "عمران صدیقی"})
        made = service.create()

    assert made.path.parent == data_dir / "backups"
    assert made.path.stat().st_mode & 0o777 == 0o600
    link = database.connector(made.path)()
    assert link.execute("SELECT name FROM customer").fetchall() == [("عمران صدیقی",)]
    link.close()


def test_copies_are_listed_the_newest_first(app):
    with app.app_context():
        made = [service.create().path for _ in range(3)]

        assert [one.path for one in service.copies()][::-1] == made


def test_old_copies_go_but_never_those_before_an_update(app, data_dir, monkeypatch):
    monkeypatch.setattr(service, "KEPT", 3)
    kept = data_dir / "backups" / f"before-update-x{service.SUFFIX}"
    kept.write_bytes(b"x")
    with app.app_context():
        made = [service.create().path for _ in range(5)]

    there = set((data_dir / "backups").iterdir())
    assert there == {kept, *made[2:]}


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")])
def test_a_full_disk_is_told_in_one_sentence_and_leaves_nothing(app, client, data_dir, monkeypatch, fault):
    def failing(*_more):
        raise fault

    monkeypatch.setattr(service, "copy_database", failing)
    answer = client.post("/backups/", data={"csrf_token": token_of(client)})

    assert answer.status_code == 400
    assert "The copy could not be written." in answer.get_data(as_text=True)
    assert list((data_dir / "backups").iterdir()) == []


def test_a_damaged_copy_never_gets_its_name(app, data_dir, monkeypatch):
    """What the check finds counts, not that the file was written."""
    monkeypatch.setattr(
        "loyalapp.core.db._flush_to_disk", lambda _file: (_ for _ in ()).throw(OSError(5, "Input/output error"))
    )
    with app.app_context(), pytest.raises(LoyalAppError):
        service.create()

    assert list((data_dir / "backups").glob(f"*{service.SUFFIX}")) == []


def test_the_page_makes_one_and_shows_it(client):
    assert "No backup yet" in client.get("/backups/").get_data(as_text=True)
    page = client.post("/backups/", data={"csrf_token": token_of(client)}, follow_redirects=True).get_data(as_text=True)

    assert "The copy is made and checked." in page
    assert service.SUFFIX in page


def test_on_the_office_server_the_page_says_who_makes_copies(postgres_app):
    from tests.conftest import through_the_door

    browser = through_the_door(postgres_app)
    answer = browser.post("/backups/", data={"csrf_token": token_of(browser)})

    assert answer.status_code == 400
    assert "office server" in answer.get_data(as_text=True)


test_on_the_office_server_the_page_says_who_makes_copies = pytest.mark.postgres(
    test_on_the_office_server_the_page_says_who_makes_copies
)
