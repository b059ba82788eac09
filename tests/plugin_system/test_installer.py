"""The whole way of a plugin: put aside, looked at, tried, installed, updated, back again, out, and in again."""

import io
from types import SimpleNamespace

import pytest
from sqlalchemy import inspect

from loyalapp.core.db import db
from loyalapp.plugin_system import discovery, fitting, installer, leaving, leftovers, signatures, state
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.packing import pack
from tests.conftest import through_the_door
from tests.plugin_system.parcels import (
    add_migration,
    add_table,
    door,
    folder,
    look,
    parcel,
    put_in,
    refusal_of,
    rows,
    running,
)

# ---- in ----


def test_a_new_plugin_is_off_until_it_is_switched_on(house, tmp_path):
    app = house()
    assert put_in(app, parcel(tmp_path))
    assert running(app) == (discovery.OFF, "1.0.0")

    app = house()
    assert running(app) == (discovery.OFF, "1.0.0")
    registry(app).states.set_wish("stock", state.ON)

    app = house()
    assert running(app) == (discovery.RUNNING, "1.0.0")
    assert through_the_door(app).get("/plugins/stock/").text == "hello of 1.0.0"


def test_the_review_says_what_the_user_must_know(app, tmp_path):
    signatures.make_key(tmp_path / "key.pem")
    tables = '[access.customers]\nen = "Reads."\nur = "پڑھتا ہے"\nhi = "पढ़ता है"'

    seen = look(app, parcel(tmp_path, key=tmp_path / "key.pem", tables=tables))

    assert (seen.signer, seen.update_of, seen.newly_asked) == (signatures.NEW, None, frozenset())
    assert len(seen.signer_fingerprint) == len(seen.package.fingerprint) == 19
    assert seen.package.manifest.access["customers"]["en"] == "Reads."


def test_a_token_is_good_once_and_only_ours(app, tmp_path):
    seen = look(app, parcel(tmp_path))
    door(app).install(seen)

    for token in (seen.token, "0" * 24, "../../x", ""):
        assert refusal_of(door(app).examine, token) == "gone"


def test_an_upload_without_end_is_stopped(app, monkeypatch):
    monkeypatch.setattr(installer, "LARGEST_PACKED", 100_000)

    assert refusal_of(door(app).stage, io.BytesIO(bytes(200_000)), "x.loyalplugin") == "big"
    assert list(door(app).places.staged.iterdir()) == []


def test_what_was_put_aside_and_forgotten_is_cleared(app, tmp_path, monkeypatch):
    look(app, parcel(tmp_path))
    monkeypatch.setattr(installer, "KEPT_SECONDS", -1)
    door(app).stage(io.BytesIO(b"x"), "x")

    assert len(list(door(app).places.staged.iterdir())) == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"api": ">=2.0"}, "api"),
        ({"plugin_id": "static"}, "taken"),
        ({"tables": '[needs]\nnobody_here = ">=1.0"'}, "needs"),
        ({"tables": '[needs]\nissues = ">=9.0"'}, "needs"),
        ({"tables": '[conflicts]\nissues = ">=1.0"'}, "conflict"),
    ],
)
def test_what_does_not_fit_is_refusal_of(app, tmp_path, said, code):
    assert refusal_of(look, app, parcel(tmp_path, **said)) == code


def test_conflicts_count_from_both_sides(app, tmp_path):
    put_in(app, parcel(tmp_path, tables='[conflicts]\nother = ">=1.0"'))

    assert refusal_of(look, app, parcel(tmp_path, "other", "1.0.0")) == "conflict"
    assert look(app, parcel(tmp_path, "other", "0.9.0"))


def test_versions_only_rise(app, tmp_path):
    put_in(app, parcel(tmp_path, version="1.1.0"))

    assert refusal_of(look, app, parcel(tmp_path, version="1.1.0")) == "already_there"
    assert refusal_of(look, app, parcel(tmp_path, version="1.1.0", more='homepage = "x"')) == "other_content"
    assert refusal_of(look, app, parcel(tmp_path, version="1.0.9")) == "downgrade"
    assert look(app, parcel(tmp_path, version="1.1.1")).update_of == "1.1.0"


def test_another_signer_is_refusal_of(house, tmp_path):
    for name in ("mine", "theirs"):
        signatures.make_key(tmp_path / name)
    app = house()
    put_in(app, parcel(tmp_path, key=tmp_path / "mine"))

    assert look(app, parcel(tmp_path, version="1.0.1", key=tmp_path / "mine")).signer == signatures.KNOWN
    assert refusal_of(look, app, parcel(tmp_path, version="1.0.1", key=tmp_path / "theirs")) == "other_signer"
    assert refusal_of(look, app, parcel(tmp_path, version="1.0.1")) == "no_longer_signed"


def test_a_full_disk_is_noticed_before(app, tmp_path, monkeypatch):
    monkeypatch.setattr(fitting.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1_000_000))

    assert refusal_of(look, app, parcel(tmp_path)) == "full"


# ---- a newer version ----


def test_an_update_waits_for_the_start_and_keeps_state_and_data(house, tmp_path):
    place = folder(tmp_path / "source")
    add_table(place)
    app = house()
    put_in(app, pack(place, tmp_path))
    registry(app).states.set_wish("stock", state.ON)
    app = house()
    assert rows(app) == ["rice", "آٹا"]

    folder(tmp_path / "source", version="1.1.0")
    assert put_in(app, pack(place, tmp_path)) is False
    assert running(app) == (discovery.RUNNING, "1.0.0")
    assert through_the_door(app).get("/plugins/stock/").text == "hello of 1.0.0"

    app = house()
    assert running(app) == (discovery.RUNNING, "1.1.0")
    assert through_the_door(app).get("/plugins/stock/").text == "hello of 1.1.0"
    assert rows(app) == ["rice", "آٹا"]
    assert door(app).places.version_before("stock") == "1.0.0"

    assert leaving.go_back(door(app), "stock", db.engine) is False
    app = house()
    assert running(app) == (discovery.RUNNING, "1.0.0")
    assert door(app).places.version_before("stock") is None


def test_an_update_can_be_called_off(house, tmp_path):
    app = house()
    put_in(app, parcel(tmp_path))
    registry(app).states.set_wish("stock", state.ON)
    app = house()
    put_in(app, parcel(tmp_path, version="1.1.0"))
    door(app).places.take_back("stock")

    assert running(house()) == (discovery.RUNNING, "1.0.0")


def test_going_back_takes_the_tables_back_or_is_refused_beforehand(house, tmp_path):
    place = folder(tmp_path / "source")
    add_table(place)
    app = house()
    put_in(app, pack(place, tmp_path))
    registry(app).states.set_wish("stock", state.ON)
    app = house()
    for version, down in (
        ("1.1.0", "op.drop_column('plg_stock_item', 'more')"),
        ("1.2.0", "raise RuntimeError('no way')"),
    ):
        folder(tmp_path / "source", version=version)
        revision = f"2026_12_0{version[2]}_more"
        before = "2026_11_21_first" if version == "1.1.0" else "2026_12_01_more"
        up = f"op.add_column('plg_stock_item', sa.Column('{'more' if version == '1.1.0' else 'most'}', sa.Text()))"
        add_migration(place, revision, before, up, down)
        put_in(app, pack(place, tmp_path))
        app = house()
        assert running(app) == (discovery.RUNNING, version)
        if version == "1.1.0":
            leaving.go_back(door(app), "stock", db.engine)
            app = house()
            assert running(app) == (discovery.RUNNING, "1.0.0")
            assert [one["name"] for one in inspect(db.engine).get_columns("plg_stock_item")] == ["id", "what"]
            put_in(app, pack(place, tmp_path))
            app = house()

    assert refusal_of(leaving.go_back, door(app), "stock", db.engine) == "cannot_go_back"
    assert running(house()) == (discovery.RUNNING, "1.2.0")


@pytest.mark.parametrize("fault", ["raise RuntimeError('new')", "raise SystemExit"])
def test_an_update_that_does_not_start_gives_way_by_itself(house, tmp_path, fault):
    app = house()
    put_in(app, parcel(tmp_path))
    registry(app).states.set_wish("stock", state.ON)
    app = house()
    bad = folder(tmp_path / "source", version="1.1.0")
    (bad / "plugin.py").write_text(f'"""Bad."""\n{fault}\n', "utf-8")
    put_in(app, pack(bad, tmp_path))

    assert running(house())[0] == discovery.FAILED
    assert running(house()) == (discovery.RUNNING, "1.0.0")


def test_an_update_that_killed_the_start_gives_way_by_itself(house, tmp_path):
    app = house()
    put_in(app, parcel(tmp_path))
    registry(app).states.set_wish("stock", state.ON)
    app = house()
    put_in(app, parcel(tmp_path, version="1.1.0"))
    door(app).places.settle()
    (house.data / "plugins" / "starting").write_text("stock", "utf-8")  # as a start leaves it that died

    assert running(house()) == (discovery.RUNNING, "1.0.0")


def test_a_shipped_plugin_can_be_updated_and_comes_back(house, tmp_path):
    app = house()
    newer = folder(tmp_path / "source", "greetings", "9.0.0")
    put_in(app, pack(newer, tmp_path))
    app = house()
    assert running(app, "greetings") == (discovery.RUNNING, "9.0.0")
    assert door(app).places.version_before("greetings") == "1.0.0"

    leaving.go_back(door(app), "greetings", db.engine)
    app = house()
    assert running(app, "greetings") == (discovery.RUNNING, "1.0.0")
    assert refusal_of(leaving.remove, door(app), "greetings", leftovers.KEEP, db.engine) == "shipped"


def test_only_one_version_before_is_kept_and_none_of_a_plugin_that_went(house, tmp_path):
    shelf = house.data / "plugins" / ".previous"
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        app = house()
        put_in(app, parcel(tmp_path, version=version))
        registry(app).states.set_wish("stock", state.ON)
    house()  # the newest starts well
    app = house()
    assert running(app) == (discovery.RUNNING, "1.2.0")
    assert [one.name for one in shelf.iterdir()] == ["stock-1.1.0"]

    leaving.go_back(door(app), "stock", db.engine)
    house()
    app = house()
    assert running(app) == (discovery.RUNNING, "1.1.0")
    assert list(shelf.iterdir()) == [], "nobody goes forward again without the file"

    put_in(app, parcel(tmp_path, version="1.3.0"))
    app = house()
    leaving.remove(door(app), "stock", leftovers.KEEP, db.engine)
    assert list(shelf.iterdir()) == []
