"""What the program does on the computer it runs on for the person before it: a picture to paste, a folder to open.

A server in the office does none of this for another desk: who asks must sit at this computer (the caller looks).
Where nothing of the kind is there, the answer is False and the page says how it goes by hand.
"""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

PATIENCE = 8  # seconds
PICTURE = "LOYALAPP_PICTURE"
# The file's name goes in beside the words of the command, so that no letter in it can be read as a part of them.
WINDOWS = (
    "Add-Type -AssemblyName System.Windows.Forms,System.Drawing;"
    f"[Windows.Forms.Clipboard]::SetImage([Drawing.Image]::FromFile($env:{PICTURE}))"
)
MACOS = f'set the clipboard to (read (POSIX file (system attribute "{PICTURE}")) as «class PNGf»)'


def copy_picture(file: Path) -> bool:
    """Put a PNG on the clipboard; whether that worked."""
    if sys.platform == "win32":
        return _runs(["powershell", "-NoProfile", "-STA", "-Command", WINDOWS], file)
    if sys.platform == "darwin":
        return _runs(["osascript", "-e", MACOS], file)
    if _by_window(file):
        return True
    if os.environ.get("WAYLAND_DISPLAY") and _runs(["wl-copy", "--type", "image/png"], file, is_read=True):
        return True
    return bool(os.environ.get("DISPLAY")) and _runs(
        ["xclip", "-selection", "clipboard", "-t", "image/png", "-i", str(file)], file
    )


def show_folder(file: Path) -> bool:
    """Open the folder in which a file lies; whether there is something that opens folders."""
    if sys.platform == "win32":
        os.startfile(file.parent)  # noqa: S606 -- our own folder, and there is nothing else to open it with
        return True
    opener = ["open", "-R", str(file)] if sys.platform == "darwin" else ["xdg-open", str(file.parent)]
    if shutil.which(opener[0]) is None or not (sys.platform == "darwin" or _has_screen()):
        return False
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    threading.Thread(target=subprocess.run, args=[opener], kwargs=quiet, daemon=True).start()
    return True


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _runs(command: list[str], file: Path, *, is_read: bool = False) -> bool:
    """Whether a tool of the system took the picture; it need not be there."""
    try:
        with file.open("rb") as content:
            done = subprocess.run(
                command,
                stdin=content if is_read else subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # what holds the clipboard lives on and would keep a pipe open
                stderr=subprocess.DEVNULL,
                env=os.environ | {PICTURE: str(file)},
                timeout=PATIENCE,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _by_window(file: Path) -> bool:
    """Our own window on Linux has a clipboard; it is asked in its thread. False where there is no window."""
    parts = [sys.modules.get(f"PySide6.{one}") for one in ("QtCore", "QtGui")]
    if None in parts:
        return False
    core, gui = parts
    window: Any = gui.QGuiApplication.instance()  # type: ignore[union-attr]  # -- None was looked for above
    if window is None:
        return False
    is_done = threading.Event()

    def copy() -> None:
        window.clipboard().setImage(gui.QImage(str(file)))  # type: ignore[union-attr]  # -- as above
        is_done.set()

    core.QTimer.singleShot(0, window, copy)  # type: ignore[union-attr]  # -- as above
    return is_done.wait(PATIENCE)
