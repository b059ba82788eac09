"""The recipe of the packages: what goes in, what stays out, and scripts that do what they say; nothing is built."""

import importlib
import re
import subprocess
from collections.abc import Iterator
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from babel.core import get_global

from loyalapp.app import open_file
from loyalapp.features.backups import files
from loyalapp.features.backups import service as backups
from loyalapp.features.plugin_page import installing
from tests.sources import ROOT

HOME = ROOT / "packaging"
LANGUAGES = ("en", "ur", "hi")


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Loads a module of the recipe as its scripts do, by its bare name."""
    monkeypatch.syspath_prepend(str(HOME))
    return importlib.import_module


def test_our_code_goes_in_as_files_that_a_start_can_read(part):
    places = {place for _file, place in part("contents").own_files()}

    assert {"loyalapp/features/today/views.py", "loyalapp/_bundled/plugins/issues/plugin.toml"} <= places
    assert "loyalapp/_bundled/translations/ur/LC_MESSAGES/messages.po" in places
    assert not [one for one in places if one.endswith((".pyc", ".mo", ".sqlite3")) or "__pycache__" in one]


def test_every_library_that_is_named_somewhere_goes_in(part):
    contents = part("contents")

    assert {"flask", "typst", "sqlcipher3", "PySide6.QtWidgets", "vobject"} <= contents.imported()
    assert {"colorsys", "zoneinfo", "email"} <= contents.of_python()
    assert not {"sqlite3", "tkinter"} & contents.of_python()
    assert [one for one in contents.imported() if not contents.is_wanted(one)] == []


@pytest.mark.parametrize(
    ("place", "stays_out"),
    [
        ("babel/locale-data/fr_CA.dat", True),
        ("babel/locale-data/ur_PK.dat", False),
        ("babel/locale-data/hi.dat", False),
        ("PySide6/Qt/translations/qtwebengine_locales/de.pak", True),
        ("PySide6/Qt/translations/qtwebengine_locales/en-US.pak", False),
        ("PySide6/Qt/resources/qtwebengine_devtools_resources.pak", True),
        ("PySide6/Qt/resources/qtwebengine_resources.pak", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", True),
        ("loyalapp/web/static/fonts/x.woff2", False),
    ],
)
def test_what_nobody_here_uses_stays_out(part, place, stays_out):
    assert part("contents").stays_out(place) is stays_out


def test_of_qt_only_what_is_loaded_goes_in(part):
    loads = {"window.so": ["libQt6Core.so.6"], "core.so": ["libicuuc.so.73"], "other.so": ["libQt63D.so.6"]}
    binaries = [
        ("PySide6/QtWidgets.abi3.so", "window.so", "EXTENSION"),
        ("PySide6/QtCharts.abi3.so", "other.so", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "core.so", "BINARY"),
        ("PySide6/Qt/lib/libicuuc.so.73", "icu.so", "BINARY"),
        ("PySide6/Qt/lib/libQt63D.so.6", "3d.so", "BINARY"),
    ]

    left = part("contents").unreached(binaries, lambda file: loads.get(file, []))

    assert left == {"PySide6/QtCharts.abi3.so", "PySide6/Qt/lib/libQt63D.so.6"}


def test_the_built_program_becomes_the_part_that_another_part_asks_for(part):
    wanted = part("entry").wanted_module

    assert wanted(["-X", "utf8", "-B", "-m", "loyalapp.core.typeset_apart"]) == ("loyalapp.core.typeset_apart", [])
    assert wanted(["-X", "utf8", "-m", "a.b", "-m", "x"]) == ("a.b", ["-m", "x"])
    assert wanted(["desktop", "--", "-m.xlsx"]) is None
    assert wanted(["--help"]) is None


def test_icons_hold_their_pictures(part):
    icons, pictures = part("for_others"), [b"one", b"three"]

    made = icons.ico(pictures, (16, 256))
    assert made[:6] == bytes([0, 0, 1, 0, 2, 0])
    assert made.endswith(b"onethree")
    assert int.from_bytes(made[18:22], "little") == made.index(b"one")
    assert icons.icns(pictures, (16, 256)) == b"icns\0\0\0\x20icp4\0\0\0\x0bone" + b"ic08\0\0\0\x0dthree"


def test_plugins_and_backups_open_with_the_program_on_every_system():
    menu = (HOME / "linux/loyalapp.desktop").read_text("utf-8")
    kinds = ET.parse(HOME / "linux/loyalapp.xml").getroot()  # noqa: S314 -- our own file
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    patterns = {one.get("pattern"): kind.get("type") for kind in kinds for one in kind.iter(f"{space}glob")}

    assert set(patterns) == {f"*{installing.SUFFIX}", f"*{files.SUFFIX}"}
    assert set(re.search(r"MimeType=(.*);", menu)[1].split(";")) == set(patterns.values())
    for place in ("windows/loyalapp.iss", "loyalapp.spec"):
        text = (HOME / place).read_text("utf-8")
        assert all(one.removeprefix(".") in text for one in (installing.SUFFIX, files.SUFFIX))


def test_the_set_up_program_says_everything_in_three_languages():
    said = {one: (HOME / f"windows/{one}.isl").read_text("utf-8-sig") for one in LANGUAGES}
    parts = {one: text.partition("[CustomMessages]")[2] for one, text in said.items()}
    ours = {one: set(re.findall(r"^(\w+)=", text, re.MULTILINE)) for one, text in parts.items()}
    script = (HOME / "windows/loyalapp.iss").read_text("utf-8")

    assert ours["en"] == ours["ur"] == ours["hi"]
    assert set(re.findall(r"\{cm:(\w+)\}|CustomMessage\('(\w+)'\)", script)) <= {(one, "") for one in ours["en"]} | {
        ("", one) for one in ours["en"]
    }
    buttons = {one: set(re.findall(r"^(Button\w+)=", text, re.MULTILINE)) for one, text in said.items()}
    assert buttons["ur"] == buttons["hi"] != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tarball_installs_and_removes_and_asks_before_it_takes_the_data(part, tmp_path, language):
    linux = part("for_linux")
    tree, home = tmp_path / "unpacked", tmp_path / "my home"
    for name in ("install.sh", "uninstall.sh", "said.sh", "loyalapp.desktop", "loyalapp.xml"):
        linux.write(tree / name, linux.filled(name), is_program=name.endswith("install.sh"))
    linux.write(tree / "loyalapp.svg", "<svg/>")
    linux.write(tree / "program/loyalapp", "#!/bin/sh\n", is_program=True)
    data, program = home / ".local/share/LoyalApp", home / ".local/opt/loyalapp"
    linux.write(data / "loyalapp.sqlite3", "the data")
    surroundings = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": {"en": "C"}.get(language, f"{language}_XX")}

    def run(file: object, answer: str = "") -> str:
        command = ["sh", "-eu", str(file)]
        done = subprocess.run(command, env=surroundings, input=answer.encode(), capture_output=True, check=True)
        return done.stdout.decode()

    for _twice in range(2):
        run(tree / "install.sh")
        assert f'Exec="{program}/loyalapp" desktop' in (home / ".local/share/applications/loyalapp.desktop").read_text()
    said = run(program / "uninstall.sh", "\n")
    assert str(data) in said
    assert (data / "loyalapp.sqlite3").read_text("utf-8") == "the data"
    assert not program.exists()
    run(tree / "install.sh")
    icon, note = home / "Desktop/loyalapp.desktop", home / ".local/state/LoyalApp/icons.json"
    linux.write(icon, f'[Desktop Entry]\nExec="{program}/loyalapp" "desktop"\n')
    linux.write(note, "{}")
    run(program / "uninstall.sh", "DELETE\n")
    assert not data.exists()
    assert not icon.exists()
    assert not note.exists()


@pytest.mark.parametrize("why", ["remove", "purge", "upgrade"])
def test_removing_the_package_touches_no_folder_of_a_user_and_says_what_stays(tmp_path, why):
    icon = tmp_path / "Desktop/loyalapp.desktop"
    icon.parent.mkdir()
    icon.write_text("[Desktop Entry]", "utf-8")
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", str(HOME / "linux/postrm"), why], env=home, capture_output=True, check=True, text=True, encoding="utf-8"
    )

    assert icon.is_file()
    for words in ("data stays", "can be thrown away", "ڈیسک ٹاپ", "डेस्कटॉप"):
        assert (words in done.stdout) is (why != "upgrade")


def test_the_package_asks_the_system_for_what_the_window_needs(part):
    control = part("for_linux").filled("control", VERSION="1", ARCHITECTURE="amd64", KILOBYTES=1, GLIBC="2.36")
    window = (ROOT / "loyalapp/desktop/obstacles.py").read_text("utf-8")
    needed = set(re.findall(r"\blib[a-z0-9.+-]+", window.partition("PACKAGES = (")[2].partition(")\n")[0]))

    assert needed
    assert sorted(one for one in needed if not re.search(rf"\b{re.escape(one)}\b", control)) == []
    assert "@" not in control.replace("@localhost", "")


def test_a_backup_that_is_opened_from_its_folder_leads_to_the_page_that_brings_it_back(client, app, tmp_path):
    with app.app_context():
        made = backups.create().path
        given = tmp_path / f"from a stick{files.SUFFIX}"
        given.write_bytes(made.read_bytes())
        page = open_file(given)

    assert page.startswith("/backups/")
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("language", ["en_PK", "en_IN", "ur_PK", "ur_IN", "hi_IN"])
def test_what_babel_knows_of_our_languages_goes_in_with_all_that_it_stands_on(part, language):
    """English in Pakistan and India stands on the English of the world ("en_001")."""
    chain = [language]
    while chain[-1] != "root":
        plain = chain[-1].rpartition("_")[0] or "root"
        chain.append(get_global("parent_exceptions").get(chain[-1]) or plain)

    assert not [one for one in chain if part("contents").stays_out(f"babel/locale-data/{one}.dat")]
    assert part("contents").stays_out("babel/locale-data/de.dat")
