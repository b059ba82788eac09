"""The icon on the desktop and in the menu, put there by the first start; standard library only.

An icon that the user has thrown away does not come back. Where the program was moved, the icons that are still there
are led to its new place.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAME = "loyalapp"  # also what the window calls itself, so that both are one icon in the taskbar
MARK = Path(__file__).resolve().parents[1] / "web" / "static" / "mark.svg"
SECONDS = 20
ENTRY = """[Desktop Entry]
Type=Application
Version=1.5
Name=LoyalApp
GenericName=Customers to contact today
GenericName[ur]=آج کن گاہکوں سے بات کرنی ہے
GenericName[hi]=आज किन ग्राहकों से बात करनी है
Comment=Whom to contact today and why
Comment[ur]=آج کس سے بات کرنی ہے اور کیوں
Comment[hi]=आज किससे बात करनी है और क्यों
Exec={command} %f
TryExec={program}
Icon={icon}
Terminal=false
Categories=Office;ContactManagement;
StartupNotify=true
StartupWMClass=loyalapp
"""
LINK = """
$shell = New-Object -ComObject WScript.Shell
foreach ($place in $env:LOYALAPP_PLACES -split '\\|') {
  $folder = [Environment]::GetFolderPath($place)
  if (-not $folder) { continue }
  $file = Join-Path $folder 'LoyalApp.lnk'
  $link = $shell.CreateShortcut($file)
  $link.TargetPath = $env:LOYALAPP_TARGET
  $link.Arguments = $env:LOYALAPP_ARGUMENTS
  $link.WorkingDirectory = $env:LOYALAPP_FOLDER
  $link.Save()
  Write-Output $file
}
"""


def put(notes: Path, command: Sequence[str]) -> list[Path]:
    """Put the icons there, once; answers those that were made or led to a new place.

    Whatever fails here keeps nobody from working: the program starts without an icon.

    :param notes: a folder of our own, where it is written down what was put where.
    :param command: what an icon starts: the program and its words.
    """
    file = notes / "icons.json"
    try:
        known = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    if known.get("command") == list(command):
        return []
    earlier = [Path(one) for one in known.get("files", [])]
    made: list[Path] = []
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        made = _put(command, [one for one in earlier if one.exists()] if known else None)
    with contextlib.suppress(OSError):
        notes.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(json.dumps({"command": list(command), "files": [str(one) for one in made]}), "utf-8")
    return made


def put_installed() -> list[Path]:
    """The same for the built program, which a package has installed; answers what was made or led to a new place.

    On Windows and macOS that is the set-up program's part. The data folder is no place for the note of what was put:
    it may be carried to another computer, which has no icon yet.
    """
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform != "linux" or not has_display:
        return []
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return put(state / "LoyalApp", [str(Path(sys.executable).resolve()), "desktop", "--"])


def _put(command: Sequence[str], still_there: list[Path] | None) -> list[Path]:
    """`still_there` is None at the first time, when all are made."""
    if sys.platform == "win32":
        return _on_windows(command) if still_there is None or still_there else []
    wanted = _mac_places() if sys.platform == "darwin" else _linux_places(command, still_there or [])
    places = wanted if still_there is None else [one for one in wanted if one in still_there]
    return [one for one in places if (_make_app if sys.platform == "darwin" else _make_entry)(one, command)]


# ---- Linux ----


def _linux_places(command: Sequence[str], ours: list[Path]) -> list[Path]:
    """The menu's folder, unless a package stands in the menu already; and the desktop where there is one."""
    menu, desktop = _data_home() / "applications" / f"{NAME}.desktop", desktop_folder()
    of_package = [one for one in _menu_entries() if _starts(one, command)]
    if of_package and menu in ours and menu not in of_package:
        menu.unlink(missing_ok=True)  # of an earlier place; it would hide the one of the package
    return [menu] * (not of_package) + ([desktop / f"{NAME}.desktop"] if desktop else [])


def _menu_entries() -> list[Path]:
    """Where an entry of this program may stand in the menu, for this user or for everybody."""
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [_data_home(), *(Path(one) for one in shared.split(":") if one)]
    return [one / "applications" / f"{NAME}.desktop" for one in folders]


def _starts(entry: Path, command: Sequence[str]) -> bool:
    """Whether an entry starts this very program, however its words are quoted."""
    try:
        lines = entry.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return f"Exec={as_exec(command)} %f".replace('"', "") in (line.replace('"', "") for line in lines)


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def desktop_folder() -> Path | None:
    """The user's desktop, which has another name in each language; None where there is none."""
    file = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "user-dirs.dirs"
    named = Path.home() / "Desktop"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("XDG_DESKTOP_DIR="):
                named = Path(line.partition("=")[2].strip().strip('"').replace("$HOME", str(Path.home())))
    return named if named.is_dir() and named != Path.home() else None


def _make_entry(file: Path, command: Sequence[str]) -> bool:
    picture = _data_home() / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(MARK, picture)
    file.parent.mkdir(parents=True, exist_ok=True)
    program = command[0].replace("\\", "\\\\")
    file.write_text(ENTRY.format(command=as_exec(command), program=program, icon=picture), "utf-8")
    file.chmod(0o755)
    _trust(file)
    return True


def _trust(file: Path) -> None:
    """GNOME and Xfce start no icon of the desktop that nobody has declared to be trusted, each in a way of its own."""
    if not (tool := shutil.which("gio")):
        return
    signs = {"trusted": "true", "xfce-exe-checksum": hashlib.sha256(file.read_bytes()).hexdigest()}
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        for name, value in signs.items():
            words = [tool, "set", str(file), f"metadata::{name}", value]
            subprocess.run(words, check=False, capture_output=True, timeout=SECONDS)


def as_exec(command: Sequence[str]) -> str:
    """A command as the line `Exec=` of a desktop entry wants it."""

    def quoted(word: str) -> str:
        inner = "".join(f"\\{one}" if one in '"`$\\' else one for one in word)
        return f'"{inner}"'.replace("\\", "\\\\").replace("%", "%%")

    return " ".join(quoted(word) for word in command)


# ---- macOS and Windows (not tried on a machine of theirs) ----


def _mac_places() -> list[Path]:
    return [Path.home() / "Applications" / "LoyalApp.app", Path.home() / "Desktop" / "LoyalApp.app"]


def _make_app(folder: Path, command: Sequence[str]) -> bool:
    """A program of the Finder that does nothing but start ours."""
    import plistlib
    import shlex

    inside = folder / "Contents" / "MacOS"
    inside.mkdir(parents=True, exist_ok=True)
    told = {"CFBundleName": "LoyalApp", "CFBundleIdentifier": "app.loyalapp.start", "CFBundleExecutable": "LoyalApp"}
    (folder / "Contents" / "Info.plist").write_bytes(plistlib.dumps({**told, "CFBundlePackageType": "APPL"}))
    (inside / "LoyalApp").write_text(f"#!/bin/sh\nexec {shlex.join(command)}\n", "utf-8")
    (inside / "LoyalApp").chmod(0o755)
    return True


def _on_windows(command: Sequence[str]) -> list[Path]:
    """Links, made by Windows's own scripting; every value goes in by the environment, so that none is read as code."""
    words = {
        "LOYALAPP_PLACES": "Desktop|Programs",
        "LOYALAPP_TARGET": command[0],
        "LOYALAPP_ARGUMENTS": subprocess.list2cmdline(command[1:]),
        "LOYALAPP_FOLDER": str(Path.home()),
    }
    asked = ["powershell", "-NoProfile", "-NonInteractive", "-Command", LINK]
    done = subprocess.run(asked, env={**os.environ, **words}, check=True, capture_output=True, text=True, timeout=60)
    return [Path(line) for line in done.stdout.splitlines() if line]
