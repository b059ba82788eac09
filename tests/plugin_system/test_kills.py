"""Killed between any two file operations, a plugin is afterwards wholly the old one or wholly the new one."""

import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from loyalapp.core.db import engine_options
from loyalapp.core.paths import DataFolder, shipped
from loyalapp.plugin_system import discovery, leaving, leftovers, packing
from loyalapp.plugin_system.calls import Registry
from loyalapp.plugin_system.installer import Installer
from loyalapp.plugin_system.state import States
from tests.plugin_system.parcels import parcel

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")]
TOUCHING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.rmtree"}
MOST = 200
KILLED = 77


def door(data: Path) -> Installer:
    """What a new process has: everything read from the disk again, after the settling of a start."""
    home = DataFolder(data)
    home.prepare()
    plugins = Registry(States.read(home.plugins / "state.json"))
    installer = Installer(home, plugins)
    installer.places.settle()
    plugins.plugins = discovery.discover(shipped("plugins"), home.plugins)
    return installer


def put_in(installer: Installer, file: Path) -> None:
    with file.open("rb") as stream:
        installer.install(installer.examine(installer.stage(stream, file.name)))


def killed_at(count: int, deed) -> bool:
    """Do it in a child that dies at its nth touch of a file; False where it came to its end before."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        left = [count]

        def look(event, words):
            is_writing = event == "open" and isinstance(words[1], str) and set(words[1]) & set("wxa+")
            if event in TOUCHING or is_writing:
                left[0] -= 1
                if left[0] < 0:
                    os._exit(KILLED)

        sys.addaudithook(look)
        try:
            deed()
        except BaseException:  # noqa: BLE001 -- nothing of a child may come back into the tests
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


def each_kill(make, deed, look):
    """Make it anew, do it with a death at the first, second, third … touch, and look at what is there afterwards."""
    for count in range(MOST):
        place = make(count)
        died = killed_at(count, lambda: deed(place))  # noqa: B023 -- called at once
        look(door(place))
        if not died:
            assert count > 5, "it touches files"
            return
    pytest.fail("it never came to an end")


def files(place: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in packing.contents(place).items()}


def whole(installer: Installer, *versions: Path | None) -> None:
    """What is there is one of these, byte for byte."""
    there = installer.places.installed("stock")
    found = files(there) if there.exists() else None
    assert found in [one and files(one) for one in versions]
    if found is not None:
        assert installer.plugins.plugins["stock"].status == discovery.OFF
    assert list(installer.places.coming("x").parent.iterdir()) == []


def test_installing(tmp_path):
    file = parcel(tmp_path)

    def look(installer):
        whole(installer, None, tmp_path / "source" / "stock")
        assert not installer.places.installed("stock").exists() or installer.plugins.states.of("stock").wish == "off"

    each_kill(lambda count: tmp_path / str(count), lambda data: put_in(door(data), file), look)


@pytest.fixture
def versions(tmp_path):
    """Two versions as files and as folders."""
    files = [parcel(tmp_path / one, version=one) for one in ("1.0.0", "1.1.0")]
    return files, [one.parent / "source" / "stock" for one in files]


@pytest.mark.parametrize("is_running", [False, True])
def test_updating(tmp_path, versions, is_running):
    (first, second), folders = versions

    def make(count):
        put_in(door(tmp_path / str(count)), first)
        return tmp_path / str(count)

    def update(data):
        installer = door(data)
        if is_running:
            installer.plugins.states.set_wish("stock", "on")
        put_in(installer, second)
        installer.places.settle()

    each_kill(make, update, lambda installer: whole(installer, *folders))


def test_undoing_an_update(tmp_path, versions):
    (first, second), folders = versions

    def make(count):
        for file in (first, second):
            put_in(door(tmp_path / str(count)), file)
        return tmp_path / str(count)

    each_kill(make, lambda data: door(data).places.put_back("stock"), lambda installer: whole(installer, *folders))


def test_going_back(tmp_path, versions):
    (first, second), folders = versions

    def make(count):
        for file in (first, second):
            put_in(door(tmp_path / str(count)), file)
        return tmp_path / str(count)

    def go_back(data):
        installer = door(data)
        installer.places.announce("stock", installer.places.previous("stock"))
        installer.places.arrive("stock")

    each_kill(make, go_back, lambda installer: whole(installer, *folders))


@pytest.mark.parametrize("how", [leftovers.KEEP, leftovers.SAVE, leftovers.DELETE])
def test_removing(tmp_path, how):
    file = parcel(tmp_path)

    def engine(data):
        address, options = engine_options(None, data / "loyalapp.sqlite3")
        return create_engine(address, **options)

    def make(count):
        data = tmp_path / str(count)
        put_in(door(data), file)
        with engine(data).begin() as link:
            link.exec_driver_sql("CREATE TABLE plg_stock_version (version_num TEXT)")
            link.exec_driver_sql("CREATE TABLE plg_stock_item (what TEXT)")
        return data

    def look(installer):
        whole(installer, None, tmp_path / "source" / "stock")
        left = inspect(engine(installer.data.root)).get_table_names()
        assert left in ([], ["plg_stock_item", "plg_stock_version"])
        assert left or not installer.places.installed("stock").exists()

    each_kill(make, lambda data: leaving.remove(door(data), "stock", how, engine(data)), look)


def test_a_signer_is_trusted_whole_or_not_at_all(tmp_path):
    from loyalapp.plugin_system.signatures import Trusted, make_key

    make_key(tmp_path / "key.pem")
    file = parcel(tmp_path, key=tmp_path / "key.pem")

    def look(installer):
        keys = Trusted.read(installer.places.trusted).keys
        assert keys or not installer.places.installed("stock").exists()

    each_kill(lambda count: tmp_path / str(count), lambda data: put_in(door(data), file), look)
