"""Data of every released version is opened by this one with nothing lost."""

import pytest
from sqlalchemy import text

from loyalapp.app import MIGRATIONS, VERSION_TABLE
from loyalapp.core.db import db
from loyalapp.core.migrations import newest, stored
from loyalapp.features.customers import service as customers
from loyalapp.plugin_system import discovery
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app, through_the_door
from tests.faults import places, shop, works

PAGES = ("/", "/customers/", "/customers/1")  # with what every plugin says there


def test_no_released_version_is_forgotten():
    """Where a migration comes on top, keep what the version before it made, in tests/faults/released."""
    there = sorted(one.stem for one in (MIGRATIONS / "versions").glob("[0-9]*.py"))

    assert set(there[:-1]) <= {one.stem for one in places.released()}


@pytest.mark.slow
@pytest.mark.parametrize("release", places.released(), ids=lambda one: one.stem)
def test_its_data_is_all_there(release, tmp_path):
    data = places.unpacked(release, tmp_path / "data")
    before = works.counted(data)
    assert before["customer"] == 12
    app = open_app(data)

    with app.app_context():
        assert stored(db.engine, VERSION_TABLE) == newest(MIGRATIONS)
        assert shop.faults_of_file(data) == []
        assert customers.find("Imran") or customers.find("Fatima")
        name = db.session.scalar(text("SELECT name FROM customer ORDER BY id"))
        db.session.remove()
    assert {one.status for one in registry(app).plugins.values()} == {discovery.RUNNING}
    browser = through_the_door(app)
    for page in PAGES:
        assert browser.get(page).status_code == 200, page
    assert name in browser.get("/customers/").get_data(as_text=True)
    close(app)
    assert works.less_than(before, works.counted(data)) == []
    assert len(list((data / "backups").glob("before-update-*"))) == 1, "it was copied before its tables were changed"
