"""The icon of the first start: made once, not put back against the user's will, led to where the program has moved."""

import configparser
import os
import re
import shlex
import threading
from pathlib import Path

import pytest

from loyalapp.core.config import Config
from loyalapp.desktop import shortcuts
from loyalapp.desktop.start import Start
from tests.sources import ROOT

PACKAGED = (ROOT / "packaging/linux/loyalapp.desktop").read_text("utf-8")
HOSTILE = ["/opt/a b/python3", '/srv/علی/100% "x" $HOME `id` \\n/launcher.py']


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(shortcuts.sys, "platform", "linux")
    (tmp_path / ".config").mkdir()
    (tmp_path / "ڈیسک ٹاپ").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text('# x\nXDG_DESKTOP_DIR="$HOME/ڈیسک ٹاپ"\n', "utf-8")
    return tmp_path


def entry(file):
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str
    read.read(file, "utf-8")
    return read["Desktop Entry"]


def test_the_first_start_puts_one_in_the_menu_and_one_on_the_desktop(home):
    made = shortcuts.put(home, HOSTILE)

    assert made == [home / "share/applications/loyalapp.desktop", home / "ڈیسک ٹاپ/loyalapp.desktop"]
    for file in made:
        assert os.access(file, os.X_OK)
        assert Path(entry(file)["Icon"]).is_file()
        assert {"GenericName[ur]", "GenericName[hi]", "GenericName"} <= set(entry(file))


def test_the_command_reaches_the_system_as_it_was_meant(home):
    """Read as the specification of desktop entries says: first the value, then the words, then the field codes."""
    line = entry(shortcuts.put(home, HOSTILE)[0])["Exec"].removesuffix(" %f").replace("\\\\", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)

    assert [re.sub(r"\\(.)", r"\1", one).replace("%%", "%") for one in words] == HOSTILE


def test_an_icon_that_was_thrown_away_does_not_come_back(home):
    menu, desktop = shortcuts.put(home, ["/a", "b"])
    desktop.unlink()

    assert shortcuts.put(home, ["/a", "b"]) == []
    assert shortcuts.put(home, ["/moved", "b"]) == [menu]
    assert not desktop.exists()
    assert "/moved" in entry(menu)["Exec"]


@pytest.fixture
def installed(home, monkeypatch):
    """The built program at a place where a package has put it; answers what its start does."""
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(home / "usr/share"))
    monkeypatch.setenv("DISPLAY", ":0")

    def start(program, *entries):
        monkeypatch.setattr(shortcuts.sys, "executable", str(program))
        for entry in entries:
            entry.parent.mkdir(parents=True, exist_ok=True)
            entry.write_text(PACKAGED.replace("@PROGRAM@", f'"{program}"'), "utf-8")
        return shortcuts.put_installed()

    return start


def test_an_installed_program_puts_its_icon_on_the_desktop_once_and_never_back(home, installed):
    program, packages = home / "opt/loyalapp/loyalapp", home / "usr/share/applications/loyalapp.desktop"
    (icon,) = installed(program, packages)

    assert icon == home / "ڈیسک ٹاپ/loyalapp.desktop"
    assert entry(icon)["Exec"] == f'"{program}" "desktop" "--" %f'
    assert entry(icon)["TryExec"] == str(program)
    assert os.access(icon, os.X_OK)
    assert Path(entry(icon)["Icon"]).read_bytes() == shortcuts.MARK.read_bytes()
    assert not (home / "share/applications/loyalapp.desktop").exists(), "the package stands in the menu already"
    icon.unlink()
    assert installed(program) == []
    assert installed(home / "elsewhere/loyalapp") == []
    assert not icon.exists()


def test_a_program_that_was_tried_first_stands_in_the_menu_until_a_package_does(home, installed):
    menu, icon = home / "share/applications/loyalapp.desktop", home / "ڈیسک ٹاپ/loyalapp.desktop"
    assert installed(home / "unpacked/program/loyalapp") == [menu, icon]

    assert installed(home / "opt/loyalapp", home / "usr/share/applications/loyalapp.desktop") == [icon]
    assert not menu.exists(), "it would hide that of the package"
    assert str(home / "opt/loyalapp") in entry(icon)["Exec"]


def test_what_the_tarball_has_put_into_the_menu_is_left_as_it_is(home, installed):
    menu, icon = home / "share/applications/loyalapp.desktop", home / "ڈیسک ٹاپ/loyalapp.desktop"
    installed(home / "unpacked/program/loyalapp")

    assert installed(home / ".local/opt/loyalapp/loyalapp", menu) == [icon]
    assert entry(menu)["MimeType"]


@pytest.mark.parametrize(("is_built", "serve"), [(True, False), (True, True), (False, False)])
def test_only_the_start_of_a_built_program_with_a_face_puts_it(home, installed, monkeypatch, is_built, serve):
    monkeypatch.setattr(shortcuts.sys, "executable", str(home / "loyalapp"))
    monkeypatch.setattr(shortcuts.sys, "frozen", is_built, raising=False)

    Start(Config(home / "data"), serve=serve)._put_icon()
    for one in threading.enumerate():
        if one.name == "icon":
            one.join(20)

    assert (home / "ڈیسک ٹاپ/loyalapp.desktop").exists() is (is_built and not serve)


def test_where_nothing_is_shown_an_installed_program_puts_no_icon(home, installed, monkeypatch):
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert installed(home / "loyalapp") == []
    assert not (home / "state").exists(), "the first start that shows something still puts it"


@pytest.mark.parametrize("where", ["$HOME", "$HOME/gone"])
def test_without_a_desktop_there_is_the_menu_alone(home, where):
    (home / ".config" / "user-dirs.dirs").write_text(f'XDG_DESKTOP_DIR="{where}"\n', "utf-8")

    assert shortcuts.put(home, ["/a"]) == [home / "share/applications/loyalapp.desktop"]


def test_a_home_that_cannot_be_written_keeps_nobody_from_working(home, monkeypatch):
    (home / "share").write_text("a file", "utf-8")

    assert shortcuts.put(home / "nowhere", ["/a"]) == []


def test_a_program_of_the_finder_starts_ours(home):
    folder = home / "LoyalApp.app"
    shortcuts._make_app(folder, HOSTILE)

    told = (folder / "Contents/MacOS/LoyalApp").read_text("utf-8").splitlines()[-1]
    assert shlex.split(told) == ["exec", *HOSTILE]
