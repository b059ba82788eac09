"""What can be known of a `.loyalplugin` file before any of its code runs: each hostile file is refused by name."""

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from loyalapp.plugin_system import package
from loyalapp.plugin_system.package import open_package, unpack
from loyalapp.plugin_system.refusal import Refusal
from tests.plugin_system.parcels import contents, entry, hostile, manifest, parcel, refused, with_flag, zipped


def test_a_good_file_says_what_it_is(tmp_path):
    file = parcel(tmp_path)

    found = open_package(file, file.name)

    assert (found.manifest.id, found.manifest.version, found.signature) == ("stock", "1.0.0", None)
    assert found.packed == file.stat().st_size
    assert len(found.fingerprint) == 19
    unpack(found, tmp_path / "out")
    assert (tmp_path / "out" / "plugin.py").read_bytes() == (tmp_path / "source" / "stock" / "plugin.py").read_bytes()


# ---- kinds ----


@pytest.mark.parametrize(
    "mode",
    [0o120777, 0o020600, 0o060600, 0o010600, 0o140600, 0o104755, 0o040755],
    ids=oct,
)
def test_links_devices_and_odd_modes_are_refused(tmp_path, mode):
    file = zipped(tmp_path / "bad.loyalplugin", contents(), entries=[(entry("data/link", mode), b"/etc/passwd")])

    assert refused(file).code == "special"


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000])
def test_encrypted_files_are_refused(tmp_path, flag):
    assert refused(with_flag(zipped(tmp_path / "bad.loyalplugin", contents()), flag)).code == "locked"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_ordinary_ways_of_packing_are_taken(tmp_path, method):
    info = entry("data/x.txt")
    info.compress_type = method
    with zipfile.ZipFile(zipped(tmp_path / "bad.loyalplugin", contents()), "a") as archive:
        archive.writestr(info, b"x" * 999, compress_type=method)

    assert refused(tmp_path / "bad.loyalplugin").code == "damaged"


# ---- sizes ----


def test_a_large_file_is_refused(tmp_path, monkeypatch):
    file = parcel(tmp_path)
    monkeypatch.setattr(package, "LARGEST_PACKED", 100)

    assert refused(file).code == "big"


def test_much_when_unpacked_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 1000)

    assert hostile(tmp_path, "data/x.txt", b"abc" * 300).code == "big_unpacked"


def test_the_limits_are_those_of_the_design():
    assert (package.LARGEST_PACKED, package.LARGEST_UNPACKED) == (20_000_000, 100_000_000)
    assert (package.MOST_ENTRIES, package.HIGHEST_RATIO) == (2_000, 100)


def test_many_entries_are_refused(tmp_path):
    many = {f"data/{number}.txt": b"" for number in range(2_000)}

    assert refused(zipped(tmp_path / "bad.loyalplugin", {**contents(), **many})).code == "many"


def test_a_bomb_is_refused(tmp_path):
    assert hostile(tmp_path, "data/x.txt", bytes(50_000_000)).code == "bomb"


def test_an_entry_that_lies_about_its_size_is_refused(tmp_path):
    raw = b"0123456789abcdef" * 40
    file = zipped(
        tmp_path / "bad.loyalplugin", {**contents(), "data/x.txt": raw}, entries=[(entry("data/y.txt"), b"y")]
    )
    lying = file.read_bytes().replace(len(raw).to_bytes(4, "little"), (len(raw) - 300).to_bytes(4, "little"))
    file.write_bytes(lying)

    assert refused(file).code in {"damaged", "changed"}


# ---- what is in it ----


@pytest.mark.parametrize("raw", [b"", b"hello", b"MZ", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_refused(tmp_path, raw):
    (tmp_path / "x").write_bytes(raw)

    assert refused(tmp_path / "x").code in {"not_a_plugin", "damaged"}


def test_a_zip_behind_a_program_is_refused(tmp_path):
    file = parcel(tmp_path)
    file.write_bytes(b"MZ" + bytes(100) + file.read_bytes())

    assert refused(file).code == "not_a_plugin"


def test_a_manifest_is_needed(tmp_path):
    assert refused(zipped(tmp_path / "x", {"plugin.py": b""})).code == "no_manifest"


@pytest.mark.parametrize(
    "text", ["", "id =", "id = 5", manifest(plugin_id="Stock"), manifest(version="1"), "x" * 70_000]
)
def test_a_manifest_that_cannot_be_used_is_refused(tmp_path, text):
    assert refused(zipped(tmp_path / "x", {**contents(), "plugin.toml": text.encode()})).code == "bad_manifest"


def test_a_newer_format_is_refused_as_such(tmp_path):
    assert refused(zipped(tmp_path / "x", contents(more="format = 2"))).code == "newer_format"


@pytest.mark.parametrize(
    "called", ["other-1.0.0.loyalplugin", "stock-1.0.1.loyalplugin", "stock-1.0.1 (1).loyalplugin"]
)
def test_a_name_that_promises_another_plugin_is_refused(tmp_path, called):
    assert refused(parcel(tmp_path), called).code == "other_name"


@pytest.mark.parametrize("called", ["stock-1.0.0 (1).loyalplugin", "from Meera.loyalplugin", "اسٹاک.loyalplugin", ""])
def test_a_file_that_was_renamed_by_its_way_is_taken(tmp_path, called):
    assert open_package(parcel(tmp_path), called).manifest.id == "stock"


@pytest.mark.parametrize(
    "name", ["templates/customers/show.html", "templates/base.html", "translations/ur/LC_MESSAGES/messages.po"]
)
def test_templates_and_words_stand_under_its_own_id(tmp_path, name):
    assert hostile(tmp_path, name).code == "other_folder"


def test_checksums_are_needed(tmp_path):
    with zipfile.ZipFile(tmp_path / "x", "w") as archive:
        for name, raw in contents().items():
            archive.writestr(name, raw)

    assert refused(tmp_path / "x").code == "no_checksums"


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"sha256": 5}', b"\xff", b"[" * 100_000])
def test_checksums_that_cannot_be_read_are_refused(tmp_path, raw):
    with zipfile.ZipFile(tmp_path / "x", "w") as archive:
        for name, one in {**contents(), "checksums.json": raw}.items():
            archive.writestr(name, one)

    assert refused(tmp_path / "x").code == "no_checksums"


@pytest.mark.parametrize("listed", [{"plugin.py": b"other"}, {"data/gone.txt": b""}])
def test_a_file_that_was_changed_added_or_taken_out_is_noticed(tmp_path, listed):
    file = zipped(tmp_path / "x", contents(), listed={**contents(), **listed})

    assert refused(file).code == "changed"
    assert hostile(tmp_path, "data/added.txt", listed=contents()).code == "changed"


def test_a_file_swapped_after_it_was_checked_is_noticed(tmp_path):
    file = parcel(tmp_path)
    found = open_package(file)
    zipped(file, {**contents(), "data/x.txt": b"x"})

    with pytest.raises(Refusal):
        unpack(found, tmp_path / "out")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=some.floats(0, 1, exclude_max=True), bit=some.integers(0, 7))
def test_a_flipped_bit_anywhere_is_refused_or_does_no_harm(tmp_path, where, bit):
    file = parcel(tmp_path)
    raw = bytearray(file.read_bytes())
    good = open_package(file).content
    raw[int(where * len(raw))] ^= 1 << bit
    (tmp_path / "flipped").write_bytes(raw)

    try:
        assert open_package(tmp_path / "flipped").content == good
    except Refusal as refusal:
        assert refusal.code  # noqa: PT017 -- either outcome is right
