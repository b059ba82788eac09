"""Packing: the same folder gives the same bytes, on every machine and day, and only what belongs to the plugin."""

import os
import shutil
import zipfile

import pytest

from loyalapp.core.paths import shipped
from loyalapp.plugin_system import packing
from loyalapp.plugin_system.manifest import BadManifest
from loyalapp.plugin_system.package import open_package, unpack
from loyalapp.plugin_system.refusal import Refusal
from tests.plugin_system.parcels import folder

BUNDLED = sorted(one.parent.name for one in shipped("plugins").glob("*/plugin.toml"))


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_plugins_are_good_packages(tmp_path, name):
    file = packing.pack(shipped("plugins") / name, tmp_path)

    assert open_package(file, file.name).manifest.id == name


def test_the_same_folder_gives_the_same_bytes(tmp_path):
    first, second = folder(tmp_path / "a"), folder(tmp_path / "b")
    (first / "data").mkdir()
    for name in ("z.txt", "a.txt", "اردو.txt"):
        (first / "data" / name).write_text(name, "utf-8")
    (second / "data").mkdir()
    for name in ("اردو.txt", "a.txt", "z.txt"):
        (second / "data" / name).write_text(name, "utf-8")
        os.utime(second / "data" / name, (1, 1))
        (second / "data" / name).chmod(0o600)

    assert packing.pack(first).read_bytes() == packing.pack(second).read_bytes()


def test_what_only_developers_need_stays_out(tmp_path):
    place = folder(tmp_path)
    for name in (
        "tests/test_it.py",
        "__pycache__/plugin.cpython-311.pyc",
        ".git/config",
        "translations/ur/LC_MESSAGES/stock.mo",
    ):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("x", "utf-8")

    with zipfile.ZipFile(packing.pack(place)) as archive:
        assert archive.namelist() == ["checksums.json", "plugin.py", "plugin.toml"]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_packed_unpacked_and_packed_again_it_is_the_same(tmp_path):
    file = packing.pack(folder(tmp_path))
    place = tmp_path / "again" / "stock"
    unpack(open_package(file), place)

    assert packing.pack(place).read_bytes() == file.read_bytes()
    assert packing.content_of(place) == packing.content_of(tmp_path / "stock") == open_package(file).content


def test_a_bad_folder_leaves_nothing(tmp_path):
    place = folder(tmp_path)
    (place / "tool.exe").write_bytes(b"MZ")

    with pytest.raises(Refusal, match=r"stranger|program"):
        packing.pack(place)
    assert [one.name for one in tmp_path.iterdir()] == ["stock"]

    shutil.rmtree(place)
    place.mkdir()
    with pytest.raises(BadManifest):
        packing.pack(place)
