"""The command line does with plugins what the pages do, with the same sentences, and helps those who make them."""

import pytest

from loyalapp.plugin_system.package import open_package
from tests.plugin_system.parcels import folder, parcel


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("loyalapp.plugin_system.trying.try_out", lambda *_more: None)


def test_key_pack_and_sign(run, tmp_path):
    made = run("keygen", tmp_path / "key.pem")
    assert (made.exit_code, run("keygen", tmp_path / "key.pem").exit_code) == (0, 1)

    place = folder(tmp_path / "source")
    assert run("pack", place).output.strip() == str(tmp_path / "source" / "stock-1.0.0.loyalplugin")
    file = tmp_path / "out.loyalplugin"
    assert run("pack", place, "--out", file).exit_code == 0
    assert open_package(file).signature is None
    assert run("sign", file, "--key", tmp_path / "key.pem").exit_code == 0
    assert open_package(file).signature


def test_what_cannot_be_packed_is_said(run, tmp_path):
    place = folder(tmp_path)
    (place / "tool.exe").write_bytes(b"MZ")
    assert "could harm your computer" in run("pack", place).output
    (place / "plugin.toml").unlink()
    assert "plugin.toml cannot be read" in run("pack", place).output


@pytest.mark.usefixtures("quick")
def test_installed_after_a_yes_and_removed(run, tmp_path, data_dir):
    file = parcel(tmp_path)

    asked = run("install", file, answer="n\n")
    assert "Made by Meera Joshi" in asked.output
    assert not (data_dir / "plugins" / "stock").exists()
    assert run("install", file, "--yes").exit_code == 0
    assert "stock        Off" in run("list").output
    again = run("install", file, "--yes")
    assert (again.exit_code, "already" in again.output) == (1, True)
    assert run("remove", "stock").exit_code == 0
    assert not (data_dir / "plugins" / "stock").exists()
    assert run("remove", "stock").exit_code == 1


@pytest.mark.usefixtures("quick")
def test_what_another_one_needs_is_not_removed_as_in_the_window(run, tmp_path, data_dir):
    leaner = parcel(tmp_path, "leaner", tables='[needs]\nstock = ">=1.0"')
    for file in (parcel(tmp_path), leaner):
        assert run("install", file, "--yes").exit_code == 0
    assert run("enable", "leaner").exit_code == 0

    told = run("remove", "stock")
    assert told.exit_code == 1
    assert "needs this one. Please switch that one off or remove it first." in told.output
    assert (data_dir / "plugins" / "stock").is_dir()
    assert run("disable", "leaner").exit_code == 0
    assert run("remove", "stock").exit_code == 0


@pytest.mark.usefixtures("quick")
def test_a_file_by_another_maker_is_refused_in_a_sentence(run, tmp_path):
    mine, theirs = tmp_path / "mine.pem", tmp_path / "theirs.pem"
    assert (run("keygen", mine).exit_code, run("keygen", theirs).exit_code) == (0, 0)
    assert run("install", parcel(tmp_path, key=mine), "--yes").exit_code == 0

    for key, sentence in (
        (theirs, "comes from somebody else than the plugin you have"),
        (None, "and this file is not"),
    ):
        told = run("install", parcel(tmp_path, version="1.0.1", key=key), "--yes")
        assert told.exit_code == 1
        assert sentence in told.output
    assert run("install", parcel(tmp_path, version="1.0.1", key=mine), "--yes").exit_code == 0


@pytest.mark.slow
def test_check_says_what_an_installation_would_say(run, tmp_path):
    place = folder(tmp_path)
    assert run("check", place).output.startswith("ok stock 1.0.0 ")
    assert run("check", parcel(tmp_path)).exit_code == 0

    (place / "plugin.py").write_text('"""Bad."""\nraise RuntimeError("no good")\n', "utf-8")
    answer = run("check", place)
    assert answer.exit_code == 1
    assert "RuntimeError: no good" in answer.output
