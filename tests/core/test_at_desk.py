"""A picture on the clipboard and a folder that opens, by the tools this computer has, or plainly not."""

import sys
import time

import pytest

from loyalapp.core import at_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tools of Linux")


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A computer with a screen and without a window of ours, whose tools write down what they were given."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("PySide6.QtCore", "PySide6.QtGui"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    def make(name, script):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o700)

    return make


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "سالگرہ $(x) 'y'.png"
    file.write_bytes(b"\x89PNG")
    return file


def test_a_tool_of_the_system_takes_the_picture(tools, picture, tmp_path):
    tools("xclip", f'printf "%s\\n" "$@" > "{tmp_path}/given"')
    assert at_desk.copy_picture(picture) is True
    assert (tmp_path / "given").read_text("utf-8").splitlines()[-1] == str(picture)


def test_a_tool_that_fails_hangs_or_is_missing_says_no(tools, picture, monkeypatch):
    tools("xclip", "exit 1")
    assert at_desk.copy_picture(picture) is False
    monkeypatch.setattr(at_desk, "PATIENCE", 0.2)
    tools("xclip", "exec sleep 5")
    assert at_desk.copy_picture(picture) is False
    monkeypatch.delenv("DISPLAY")
    assert at_desk.copy_picture(picture) is False
    assert at_desk.show_folder(picture) is False


def test_the_folder_opens_and_nobody_waits_for_it(tools, picture, tmp_path):
    tools("xdg-open", f'printf "%s" "$1" > "{tmp_path}/opened"')
    assert at_desk.show_folder(picture) is True
    for _turn in range(100):
        if (tmp_path / "opened").exists():
            break
        time.sleep(0.05)
    assert (tmp_path / "opened").read_text("utf-8") == str(tmp_path)
