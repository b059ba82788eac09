"""Sets the program up on its first start: makes its own Python and fetches the libraries; standard library only.

Each library is installed by itself, so that a start after a broken connection goes on where the last one stopped, and
an update fetches only what changed. The requirements alone are installed, never the project itself: the `.pth` file of
an editable install stops Python under `LC_ALL=C` when the path holds Urdu letters.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from loyalapp.core.locks import held
from loyalapp.desktop.words import sentence

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "loyalapp" / "constraints.txt"
PAUSES = (2, 5, 15, 30)  # seconds between tries; every try keeps what has arrived
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")

# Told to pip by its environment, since an old pip ignores there what it does not know (and refuses it as an option).
PATIENCE = {"PIP_DEFAULT_TIMEOUT": "60", "PIP_RETRIES": "4", "PIP_RESUME_RETRIES": "50"}

# Settings of the user's other work must not reach in here.
FIRM = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PYTHONUTF8": "1"}

# Answers which libraries are there; one without its RECORD was interrupted halfway and is forgotten.
LIST_INSTALLED = """
import json, re, shutil
from importlib.metadata import distributions
found = {}
for one in distributions():
    if one.read_text("RECORD") is None and str(one._path).endswith(".dist-info"):
        shutil.rmtree(one._path, ignore_errors=True)
    elif one.name:
        found[re.sub("[-_.]+", "-", one.name.lower())] = one.version
print(json.dumps(found))
"""


class SetUpError(Exception):
    """The set-up cannot go on; the text is one sentence in the user's language."""


def user_folder() -> Path:
    """Where this system wants a program's data (the same rule as platformdirs, which is not installed yet)."""
    if SYSTEM == "windows":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "LoyalApp"
    if SYSTEM == "macos":
        return Path.home() / "Library" / "Application Support" / "LoyalApp"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "LoyalApp"


def home_folder() -> Path:
    """Beside the program, or in the user's data folder where the program's own cannot be written."""
    try:
        tempfile.TemporaryFile(dir=ROOT).close()
        return ROOT / ".venv"
    except OSError:
        return user_folder() / ("program-" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:8])


def project() -> dict[str, Any]:
    """The project's own description, `pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def wanted(*extras: str, server: bool = True) -> list[str]:
    """The requirements of this system, in the order in which they are fetched."""
    described = project()["project"]
    lines = list(described["dependencies"]) if server else []
    for name in extras:
        lines += described["optional-dependencies"][name]
    return [line.partition(";")[0].strip() for line in lines if applies(line)]


def applies(line: str) -> bool:
    """Whether a requirement is meant for this system; the only condition in use is the platform."""
    condition = line.partition(";")[2].strip()
    return condition in ("", f"sys_platform == '{sys.platform}'")


def megabytes(part: str) -> int:
    """How much will be fetched, as written down in `pyproject.toml`."""
    table: dict[str, int] = project()["tool"]["loyalapp"]["megabytes"]
    return table[part] if part in table else table[f"{part}-{SYSTEM}"]


def name_of(line: str) -> str:
    """`psycopg[binary]==3.3.9` is called `psycopg`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line, maxsplit=1)[0].lower())


def say(text: str, end: str = "\n") -> None:
    """Tell the user something at once, on whatever console there is."""
    if sys.stdout is not None:
        print(text, end=end, flush=True)


def pins() -> list[str]:
    """The tested versions of what our requirements need in turn."""
    return [line for line in CONSTRAINTS.read_text("utf-8").splitlines() if line and not line.startswith("#")]


PIP = next(pin for pin in pins() if pin.startswith("pip=="))


@dataclass
class Home:
    """The program's own Python and its libraries."""

    folder: Path
    language: str
    offline: Path | None = None

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if SYSTEM == "windows" else "bin/python")

    def is_ready(self, stage: str, lines: list[str]) -> bool:
        """Whether this stage was finished for exactly these requirements and this Python: two small files are read."""
        mark = self.folder / f"ready-{stage}"
        return self.python.is_file() and mark.is_file() and mark.read_text("utf-8") == self._stamp(lines)

    def set_up(self, stage: str, lines: list[str]) -> None:
        """Bring the libraries of one stage in; does nothing where that was done before.

        :raises SetUpError: with the sentence for the user.
        """
        if self.is_ready(stage, lines):
            return
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with held(self.folder.with_suffix(".lock"), waiting=lambda: self._tell("waiting")):
                self._make()
                self._bring(self._missing(lines))
                (self.folder / f"ready-{stage}").write_text(self._stamp(lines), "utf-8")
        except OSError as error:
            raise SetUpError(sentence("folder_not_writable", self.language, folder=self.folder)) from error

    def fetch(self, lines: list[str], folder: Path) -> None:
        """Make the folder of wheels that `--offline` takes, for computers like this one.

        :raises SetUpError: with the sentence for the user.
        """
        self._make()
        self._bring([PIP, *lines], "wheel", "--wheel-dir", str(folder), "--find-links", str(folder))

    @cached_property
    def _pip(self) -> list[str]:
        """The command of pip: its own, or the system's lent to it (Debian without python3-venv)."""
        own = [str(self.python), "-X", "utf8", "-m", "pip"]
        lent = [sys.executable, "-m", "pip", "--python", str(self.python)]
        for command in (own, lent):
            if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
                return command
        raise SetUpError(sentence("no_venv", self.language))

    def _tell(self, key: str, **values: object) -> None:
        say(sentence(key, self.language, **values))

    def _stamp(self, lines: list[str]) -> str:
        python = (self.folder / "pyvenv.cfg").read_text("utf-8")
        return hashlib.sha256("\n".join([python, CONSTRAINTS.read_text("utf-8"), *lines]).encode()).hexdigest()

    def _make(self) -> None:
        """The folder with its Python; one that does not run any more (the system's Python is gone) is made anew."""
        if self.python.is_file() and self._asks("print(1)") is not None:
            return
        for options in (["--clear"], ["--clear", "--without-pip"]):
            made = subprocess.run(
                [sys.executable, "-m", "venv", *options, str(self.folder)], capture_output=True, check=False
            )
            if made.returncode == 0:
                break
        else:
            raise SetUpError(sentence("no_venv", self.language))
        self._run_pip([PIP])  # an old pip shows no progress and cannot go on within a file; it would do, though
        self.__dict__.pop("_pip", None)
        self.__dict__.pop("_pip_is_new", None)

    def _asks(self, code: str) -> str | None:
        command = [str(self.python), "-I", "-X", "utf8", "-c", code]
        try:
            return subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
        except (OSError, subprocess.CalledProcessError):
            return None

    def _missing(self, lines: Iterable[str]) -> list[str]:
        """What is not there yet, and what is there in another version than the one that was tested."""
        there = json.loads(self._asks(LIST_INSTALLED) or "{}")
        stale = [pin for pin in pins() if pin != PIP and name_of(pin) in there]
        return [line for line in (*stale, *lines) if there.get(name_of(line)) != line.partition("==")[2]]

    def _bring(self, lines: list[str], *verb: str) -> None:
        """One by one, so that each that has arrived stays; from a folder all at once, which is quicker."""
        if self.offline and lines and (reason := self._run_pip(lines, *verb)):
            raise SetUpError(self._why(reason, "LoyalApp"))
        for number, line in enumerate([] if self.offline else lines, 1):
            self._tell("step", number=number, total=len(lines), name=line.replace("==", " "))
            self._bring_one(line, *verb)

    def _bring_one(self, line: str, *verb: str) -> None:
        for pause in (*PAUSES, None):
            reason = self._run_pip([line], *verb)
            if not reason:
                return
            if reason != "connection":
                raise SetUpError(self._why(reason, line))
            if pause is not None:
                self._tell("trying_again", seconds=pause)
                time.sleep(pause)
        raise SetUpError(sentence("gave_up", self.language))

    def _why(self, reason: str, name: str) -> str:
        if reason == "full":
            return sentence("folder_full", self.language, folder=self.folder)
        return sentence("no_fitting_file", self.language, name=name, file=self.folder / "set-up.log")

    def _run_pip(self, lines: list[str], *verb: str) -> str:
        """Let pip bring requirements with what they need; "" when done, else what kind of fault it was."""
        source = ["--no-index", "--find-links", str(self.offline)] if self.offline else []
        bar = ["--progress-bar", "raw" if self._pip_is_new and not self.offline else "off"]
        command = [*self._pip, *(verb or ["install"]), "--no-input", *bar, *source, "-c", str(CONSTRAINTS), *lines]
        with (self.folder / "set-up.log").open("a", encoding="utf-8") as log:
            told = watch([*command, "--disable-pip-version-check"], {**PATIENCE, **os.environ, **FIRM}, log.write)
        if told is None:
            return ""
        if "No space left" in told or "Disk quota" in told:
            return "full"
        connected = "No matching distribution" in told and "Retrying" not in told
        return "missing" if connected else "connection"

    @cached_property
    def _pip_is_new(self) -> bool:
        """Whether pip can report its progress in a form that a program reads (since 24.1)."""
        version = self._asks("import pip; print(pip.__version__)") or "0.0"
        return tuple(int(part) for part in version.split(".")[:2]) >= (24, 1)


def watch(command: list[str], surroundings: dict[str, str], keep: Callable[[str], object]) -> str | None:
    """Run pip and show how far a large file has come; None when it went well, else everything it said."""
    told = []
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        for raw in pip.stdout or ():
            line = raw.decode("utf-8", "replace")
            if progress := re.match(r"Progress (\d+) of (\d+)", line):
                show_progress(int(progress[1]), int(progress[2]))
            else:
                told.append(line)
                keep(line)
    return None if pip.returncode == 0 else "".join(told)


def show_progress(done: int, whole: int) -> None:
    """One line that counts up, on a terminal and for files that take a while."""
    if whole > 1_000_000 and sys.stdout is not None and sys.stdout.isatty():
        say(f"\r      {done / 1e6:.1f} / {whole / 1e6:.1f} MB   ", end="\r" if done >= whole else "")
