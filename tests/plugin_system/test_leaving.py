"""Out of the house: with the data kept, saved or deleted; and what stays behind is listed and can be deleted later."""

import json

import pytest
from sqlalchemy import inspect

from loyalapp.core.db import db
from loyalapp.plugin_system import discovery, leaving, leftovers, state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.packing import pack
from tests.conftest import through_the_door
from tests.plugin_system.parcels import add_table, door, folder, parcel, put_in, refusal_of, rows, running


def with_data(house, tmp_path, plugin_id="stock"):
    """The app with a plugin that runs and has two rows."""
    place = folder(tmp_path / "source", plugin_id)
    add_table(place)
    app = house()
    put_in(app, pack(place, tmp_path))
    registry(app).states.set_wish(plugin_id, state.ON)
    return house()


def tables() -> list[str]:
    return [one for one in inspect(db.engine).get_table_names() if one.startswith("plg_stock")]


def test_removed_and_its_data_kept_it_finds_everything_again(house, tmp_path):
    app = with_data(house, tmp_path)
    leaving.remove(door(app), "stock", leftovers.KEEP, db.engine)

    assert through_the_door(app).get("/plugins/stock/").status_code == 404
    assert "stock" not in registry(app).plugins
    app = house()
    assert "stock" not in registry(app).plugins
    (kept,) = leftovers.kept_data(db.engine, registry(app).plugins)
    assert (kept.plugin_id, kept.rows) == ("stock", 2)
    assert kept.size > 5
    assert leaving.names_of_kept(door(app))["stock"]["en"] == "Stock reminder"

    put_in(app, pack(tmp_path / "source" / "stock", tmp_path))
    assert running(app) == (discovery.OFF, "1.0.0"), "a plugin that comes back is off again"
    registry(app).states.set_wish("stock", state.ON)
    app = house()
    assert rows(app) == ["rice", "آٹا"]
    assert leftovers.kept_data(db.engine, registry(app).plugins) == []


def test_a_copy_is_saved_before_the_data_goes(house, tmp_path):
    app = with_data(house, tmp_path)
    file = leaving.remove(door(app), "stock", leftovers.SAVE, db.engine)

    saved = json.loads(file.read_text("utf-8"))
    assert file.parent == house.data / "exports"
    assert [one["what"] for one in saved["tables"]["plg_stock_item"]] == ["rice", "آٹا"]
    assert tables() == []


def test_deleted_it_leaves_nothing_but_the_others_alone(house, tmp_path):
    with_data(house, tmp_path, "stock_list")
    app = with_data(house, tmp_path)
    leaving.remove(door(app), "stock", leftovers.DELETE, db.engine)

    assert tables() == ["plg_stock_list_item", "plg_stock_list_version"]
    app = house()
    assert running(app, "stock_list") == (discovery.RUNNING, "1.0.0")
    assert not (house.data / "plugins" / "stock").exists()
    assert leftovers.kept_data(db.engine, registry(app).plugins) == []


def test_kept_data_can_be_saved_and_deleted_later(house, tmp_path):
    app = with_data(house, tmp_path)
    leaving.remove(door(app), "stock", leftovers.KEEP, db.engine)
    present = set(registry(app).plugins)

    assert "rice" in leaving.save_copy(door(app), "stock", db.engine, present).read_text("utf-8")
    leaving.delete_data(door(app), "stock", db.engine, present)
    assert tables() == []
    assert leaving.names_of_kept(door(app)) == {}


def test_what_is_needed_or_shipped_stays(house, tmp_path):
    app = with_data(house, tmp_path)
    put_in(app, parcel(tmp_path, "leaner", tables='[needs]\nstock = ">=1.0"'))
    registry(app).states.set_wish("leaner", state.ON)
    app = house()

    assert refusal_of(leaving.remove, door(app), "stock", leftovers.KEEP, db.engine) == "needed_by"
    registry(app).states.set_wish("stock", state.OFF)
    app = house()
    assert running(app, "leaner") == (discovery.MISSING_NEED, "1.0.0")
    assert refusal_of(leaving.remove, door(app), "stock", leftovers.KEEP, db.engine) == "needed_by", "it is to run"
    assert refusal_of(leaving.remove, door(app), "greetings", leftovers.KEEP, db.engine) == "shipped"
    assert refusal_of(leaving.remove, door(app), "nobody", leftovers.KEEP, db.engine) == "gone"
    assert refusal_of(leaving.go_back, door(app), "stock", db.engine) == "no_previous"


def test_a_full_disk_leaves_plugin_and_data(house, tmp_path, monkeypatch):
    app = with_data(house, tmp_path)

    def full(*_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(leftovers, "write_private", full)

    assert refusal_of(leaving.remove, door(app), "stock", leftovers.SAVE, db.engine) == "full"
    assert running(app) == (discovery.RUNNING, "1.0.0")
    assert rows(app) == ["rice", "آٹا"]


@pytest.mark.postgres
def test_data_goes_on_postgresql_too(postgres_app, tmp_path):
    with postgres_app.app_context():
        with db.engine.begin() as link:
            link.exec_driver_sql("CREATE TABLE plg_stock_version (version_num VARCHAR(32))")
            link.exec_driver_sql("CREATE TABLE plg_stock_item (id INT PRIMARY KEY, owner INT REFERENCES customer (id))")
            link.exec_driver_sql("CREATE TABLE plg_stock_part (id INT, item INT REFERENCES plg_stock_item (id))")
            link.exec_driver_sql("INSERT INTO plg_stock_item (id) VALUES (1)")
        present = set(registry(postgres_app).plugins)
        assert [(one.plugin_id, one.rows) for one in leftovers.kept_data(db.engine, present)] == [("stock", 1)]
        leaving.delete_data(door(postgres_app), "stock", db.engine, present)
        assert tables() == []
        assert inspect(db.engine).has_table("customer")
