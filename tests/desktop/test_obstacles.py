"""What keeps a window from opening: each is told in one sentence, and what helps once is remembered."""

import os
import sys
import types
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from loyalapp.desktop import obstacles
from loyalapp.desktop.words import LANGUAGES

# In place of PySide6 in the process that tries a window out: it works with what is named, and else says its last words.
LIBRARY = """
import os, pathlib, sys
tries = pathlib.Path({tries!r})
tries.write_text((tries.read_text() if tries.exists() else "") + "x")
if {works}:
    os._exit(0)
print({words!r}, file=sys.stderr)
os._exit(1)
"""
ROOT = Path(__file__).resolve().parents[2]
NO_LIBRARY = "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory"
NO_SANDBOX = "FATAL: No usable sandbox! Update your kernel or see the manual."
SOFTWARE = 'os.environ.get("QT_QUICK_BACKEND") == "software"'


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A screen is there, and the parts of the window are."""
    monkeypatch.setattr(obstacles, "display_answers", lambda: True)
    monkeypatch.setattr(obstacles, "parts", lambda: "parts 1")
    monkeypatch.setattr(obstacles.sys, "platform", "linux")
    for name in ("QT_QUICK_BACKEND", "QTWEBENGINE_DISABLE_SANDBOX", "QTWEBENGINE_CHROMIUM_FLAGS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def library(work, monkeypatch):
    """Answers how often a window was tried out with a library that works only under a condition."""

    def made(works: str, words: str = ""):
        folder = work / "library" / "PySide6"
        folder.mkdir(parents=True, exist_ok=True)
        tries = work / "tries"
        (folder / "__init__.py").write_text(LIBRARY.format(tries=str(tries), works=works, words=words), "utf-8")
        path = [str(work / "library"), os.environ.get("PYTHONPATH", ""), str(ROOT)]
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))
        return lambda: len(tries.read_text()) if tries.exists() else 0

    return made


def told(work, language="en"):
    return obstacles.obstacle(work, language)


def test_a_computer_that_can_is_tried_out_once(work, library):
    tries = library("True")

    assert (told(work), told(work), tries()) == (None, None, 1)
    assert obstacles.recall(work).remedy == obstacles.PLAIN


def test_a_missing_library_is_named_in_every_language_and_looked_for_again_at_the_next_start(work, library):
    tries = library("False", NO_LIBRARY)

    said = [told(work, language) for language in LANGUAGES]
    assert all("libEGL.so.1" in one and "sudo apt install" in one for one in said)
    assert len(set(said)) == tries() == 3


def test_where_the_graphics_fail_the_processor_draws_and_that_is_remembered(work, library, monkeypatch):
    tries = library(SOFTWARE, "GL: driver gave up")

    assert (told(work), told(work), tries()) == (None, None, 2)
    monkeypatch.setattr(obstacles.os, "environ", dict(os.environ))
    obstacles.prepare_surroundings(work)
    assert os.environ["QT_QUICK_BACKEND"] == "software"
    assert "--disable-gpu" in os.environ["QTWEBENGINE_CHROMIUM_FLAGS"].split()


def test_only_where_the_system_forbids_the_sandbox_it_is_left_out(work, library):
    tries = library("False", "GL: driver gave up")
    assert "Qt" in told(work)
    assert tries() == 2, "with the processor, and then no more"

    library("False", NO_SANDBOX)
    assert "Qt" in told(work)
    assert tries() == 2 + 3
    assert obstacles.surroundings(obstacles.UNBOXED)["QTWEBENGINE_DISABLE_SANDBOX"] == "1"


def test_an_opening_that_killed_the_program_is_followed_by_the_processor(work, library):
    library("True")
    told(work)
    obstacles.opening_marker(work).touch()

    assert told(work) is None
    assert obstacles.recall(work).remedy == obstacles.SOFTWARE


def test_a_window_that_stays_blank_ends_in_the_browser_until_the_parts_are_new(work, library, monkeypatch):
    library("True")
    told(work)
    obstacles.blank(work)
    assert (told(work), obstacles.recall(work).remedy) == (None, obstacles.SOFTWARE)
    obstacles.blank(work)
    assert "stays blank" in told(work)

    monkeypatch.setattr(obstacles, "parts", lambda: "parts 2")
    assert told(work) is None


@pytest.mark.parametrize("content", [b"pywebview 6", b"{}", b"[1]", b"\xff"])
def test_a_note_that_cannot_be_read_is_no_note(work, content):
    (work / "window-works").write_bytes(content)

    assert obstacles.recall(work).stamp == ""


SCREENS = [
    {},
    {"WAYLAND_DISPLAY": "wayland-9"},
    {"DISPLAY": "nothing"},
    {"DISPLAY": ":65000"},
    {"DISPLAY": "127.0.0.1:60000"},
    {"WAYLAND_DISPLAY": "x" * 300, "DISPLAY": "localhost:99999"},
]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_a_screen_that_does_not_answer_is_none(tmp_path, monkeypatch, screen):
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(obstacles.sys, "platform", "linux")

    assert "there is no screen here" in told(tmp_path)


def test_missing_parts_are_told(work, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(obstacles, "display_answers", lambda: True)
    monkeypatch.setattr(obstacles, "version", lambda name: (_ for _ in ()).throw(PackageNotFoundError(name)))

    assert "its parts are not installed" in told(work)


REMOVED = "0.0.0.0"  # noqa: S104 -- a version number, not an address


@pytest.mark.parametrize(("number", "is_there"), [("120.0.2210.91", True), (REMOVED, False), (None, False)])
def test_webview2_is_looked_for_where_windows_writes_it_down(work, monkeypatch, number, is_there):
    monkeypatch.setattr(obstacles.sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", registry(number))

    assert (told(work) is None) == is_there
    assert is_there or "WebView2" in told(work, "ur")


def registry(number):
    """Windows's own, with one entry of the user; the key stays behind when the web view is removed."""

    class Key:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    def opened(root, _name):
        if root != "user" or number is None:
            raise FileNotFoundError
        return Key()

    roots = {"HKEY_LOCAL_MACHINE": "machine", "HKEY_CURRENT_USER": "user"}
    return types.SimpleNamespace(**roots, OpenKey=opened, QueryValueEx=lambda _key, _name: (number, 1))
