"""What can be read of a damaged database is saved, and nothing of what cannot be read hides it."""

import pytest
from sqlalchemy import text

from loyalapp.core import damage, sealing
from loyalapp.core.db import db
from loyalapp.core.errors import Damaged
from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector
from loyalapp.features.customers import service as customers
from loyalapp.features.first_aid import rescuing
from loyalapp.features.safety import turning
from tests.conftest import close, open_app
from tests.faults.harm import PAGE, overwrite_page, pages_of

PEOPLE = 400


@pytest.fixture
def shop(data_dir) -> DataFolder:
    """Many customers with a number each."""
    app = open_app(data_dir)
    with app.app_context():
        first = customers.add({"name": "Customer 1", "phones": ["0300 0000001"]}).id
        names = [one[1] for one in db.session.execute(text("PRAGMA table_info(customer)")) if one[1] != "id"]
        listed = ", ".join(names)
        for number in range(2, PEOPLE + 1):
            db.session.execute(
                text(f"INSERT INTO customer (id, {listed}) SELECT {number}, {listed} FROM customer WHERE id = {first}")
            )
            db.session.execute(text(f"UPDATE customer SET name = 'Customer {number}' WHERE id = {number}"))
        db.session.commit()
    close(app)
    return DataFolder(data_dir)


def names_in(file) -> list[str]:
    link = connector(file)()
    found = [row[0] for row in link.execute("SELECT name FROM customer ORDER BY id")]
    faults = damage.all_faults(link)
    link.execute("PRAGMA journal_mode = DELETE")
    link.close()
    assert faults == []
    return found


def test_sound_data_is_saved_whole(shop):
    target = shop.root / "saved.sqlite3"

    saved = rescuing.rescue(shop.database, target)

    assert saved.gaps == []
    assert saved.left == 0
    assert saved.rows["customer"] == PEOPLE
    assert names_in(target) == [f"Customer {number}" for number in range(1, PEOPLE + 1)]


def test_a_lost_page_takes_only_its_own_rows_along(shop):
    pages = pages_of(shop.database, "customer")
    assert len(pages) > 6
    overwrite_page(shop.database, pages[3], b"\x77")
    before = shop.database.read_bytes()
    target = shop.root / "saved.sqlite3"

    saved = rescuing.rescue(shop.database, target)

    kept = names_in(target)
    assert saved.gaps == ["customer"]
    assert PEOPLE * 0.8 < saved.rows["customer"] == len(kept) < PEOPLE
    assert kept[0] == "Customer 1"
    assert kept[-1] == f"Customer {PEOPLE}"
    assert shop.database.read_bytes() == before, "the damaged file stays as it is"


def test_of_an_encrypted_file_a_lost_page_takes_only_its_own_rows_along_too(shop):
    """SQLCipher answers nothing any more on a connection that met a page it cannot read."""
    secret, data = bytes(16), shop
    sealing.know(data.root, secret)
    try:
        turning.turn(data.database, sealing.key_of(secret), sealed=True)
        overwrite_page(data.database, data.database.stat().st_size // PAGE - 12, b"\x77")  # customers lie last
        with pytest.raises(Damaged) as found:
            damage.check_at_start(data)
        saved = rescuing.rescue(data.database, data.root / "saved.sqlite3")
        assert found.value.kind == damage.BROKEN
        assert not sealing.is_open(data.root / "saved.sqlite3")
        assert saved.gaps == ["customer"]
        assert PEOPLE * 0.9 < saved.rows["customer"] == len(names_in(data.root / "saved.sqlite3")) < PEOPLE
    finally:
        sealing.forget(data.root)


def test_several_lost_pages_leave_what_lies_between_them(shop):
    pages = pages_of(shop.database, "customer")
    for one in (2, 5, 9):
        overwrite_page(shop.database, pages[one], b"\0")
    target = shop.root / "saved.sqlite3"

    saved = rescuing.rescue(shop.database, target)

    whole = len(names_in(target))
    lost = PEOPLE - whole
    per_page = PEOPLE / (len(pages) - 1)
    assert saved.rows["customer"] == whole
    assert 2 * per_page < lost < 4.5 * per_page


def test_what_belonged_to_a_lost_customer_goes_with_them(shop):
    link = connector(shop.database)()
    link.execute("INSERT INTO customer_tag (customer_id, tag, tag_key) SELECT id, 'regular', 'regular' FROM customer")
    link.execute("PRAGMA journal_mode = DELETE")
    link.close()
    overwrite_page(shop.database, pages_of(shop.database, "customer")[3], b"\0")
    target = shop.root / "saved.sqlite3"

    saved = rescuing.rescue(shop.database, target)

    assert saved.left == PEOPLE - saved.rows["customer"]
    assert len(names_in(target)) == saved.rows["customer"]
