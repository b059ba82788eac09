"""The data folder: private, whole files or none, and one clear refusal where it cannot be used."""

import os
import sys

import pytest

from loyalapp.core.paths import PACKAGE, DataFolder, UnusableDataFolder, shipped, write_private


def test_folders_are_made_and_readable_by_this_user_alone(tmp_path):
    data = DataFolder(tmp_path / "ڈیٹا فولڈر" / "LoyalApp")
    data.prepare()
    data.prepare()

    folders = (data.root, data.plugins, data.backups, data.logs, data.exports, data.work)
    assert {oct(one.stat().st_mode & 0o777) for one in folders} == {"0o700"}
    assert list(data.root.glob(".probe*")) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_a_folder_of_ours_that_stood_open_is_shut_and_no_other_one(tmp_path):
    ours, empty, others = (tmp_path / one for one in ("ours", "empty", "others"))
    for one in (ours, empty, others):
        one.mkdir()
        one.chmod(0o755)
    (ours / "secret.key").write_bytes(b"x" * 32)
    (others / "letter.txt").write_text("of somebody", "utf-8")
    for one in (ours, empty, others):
        DataFolder(one).prepare()

    assert [oct(one.stat().st_mode & 0o777) for one in (ours, empty, others)] == ["0o700", "0o700", "0o755"]


def test_a_file_in_the_way_is_refused_by_name(tmp_path):
    (tmp_path / "data").write_text("a file", "utf-8")

    with pytest.raises(UnusableDataFolder) as refusal:
        DataFolder(tmp_path / "data").prepare()
    assert refusal.value.filename == str(tmp_path / "data")


def test_a_full_disk_is_refused(tmp_path, monkeypatch):
    def full(*_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(UnusableDataFolder):
        DataFolder(tmp_path / "data").prepare()


def test_the_secret_is_random_kept_and_private(tmp_path):
    first, second = DataFolder(tmp_path / "a"), DataFolder(tmp_path / "b")
    first.prepare()
    second.prepare()

    assert first.secret_key() == first.secret_key() != second.secret_key()
    assert len(first.secret_key()) == 32
    assert (tmp_path / "a" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "state.json"
    write_private(file, b"old")
    assert file.stat().st_mode & 0o777 == 0o600

    def failing(_handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="Input"):
        write_private(file, b"new")
    assert file.read_bytes() == b"old"


def test_what_is_shipped_lies_beside_the_package_or_inside_a_wheel(tmp_path, monkeypatch):
    assert shipped("plugins") == PACKAGE.parent / "plugins"

    (tmp_path / "_bundled" / "plugins").mkdir(parents=True)
    monkeypatch.setattr(sys.modules["loyalapp.core.paths"], "PACKAGE", tmp_path)
    assert shipped("plugins") == tmp_path / "_bundled" / "plugins"
