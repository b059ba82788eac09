"""What `launcher.py` does: read its options, set the program up in two stages, start it; standard library only."""

import argparse
import io
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from loyalapp.desktop import shortcuts
from loyalapp.desktop.explaining import Reader
from loyalapp.desktop.first_start import ROOT, SYSTEM, Home, SetUpError, home_folder, megabytes, say, wanted
from loyalapp.desktop.outside import show_sentence
from loyalapp.desktop.words import LANGUAGES, WINDOW_COMES, chosen_language, sentence

PATIENCE = 45  # seconds: a window that arrives sooner is waited for; else the browser is offered meanwhile


def options(arguments: list[str]) -> argparse.Namespace:
    """The words after `python3 launcher.py`."""
    reader = Reader(
        arguments, "launcher.py", description="Start LoyalApp; the first start sets it up.", allow_abbrev=False
    )
    reader.explain("file", nargs="?", help="a list of customers or a .loyalplugin file to open")
    reader.explain("--browser", action="store_true", help="open in the browser instead of a window")
    reader.explain("--language", choices=LANGUAGES, help="Urdu, Hindi or English")
    reader.explain("--data-dir", metavar="DIR", help="where your data lies (else your own data folder)")
    reader.explain("--safe-mode", action="store_true", help="start without plugins")
    reader.explain(
        "--offline", metavar="DIR", type=Path, help="set up from this folder of wheels, without the internet"
    )
    reader.explain("--fetch", metavar="DIR", type=Path, help="only make the folder of wheels for --offline, then end")
    return reader.parse_args(arguments)


def passed_on(asked: argparse.Namespace) -> list[str]:
    """The options that the program itself understands."""
    words = ["desktop"]
    words += ["--browser"] * asked.browser + ["--safe-mode"] * asked.safe_mode
    words += ["--language", asked.language] if asked.language else []
    words += ["--data-dir", asked.data_dir] if asked.data_dir else []
    return words + (["--", asked.file] if asked.file else [])


def has_display() -> bool:
    """Whether a window could be shown at all, as far as can be told without its libraries."""
    return SYSTEM != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def icon_command(asked: argparse.Namespace) -> list[str]:
    """What the icon starts: this launcher with the Python that runs it, on the same data."""
    python = Path(sys.executable)
    quiet = python.with_name("pythonw.exe")  # without a black window of its own
    words = ["--data-dir", str(Path(asked.data_dir).absolute())] if asked.data_dir else []
    return [str(quiet if quiet.is_file() else python), str(ROOT / "launcher.py"), *words]


@dataclass
class Launch:
    """One start, from the options to the running program."""

    asked: argparse.Namespace
    language: str
    home: Home
    child: subprocess.Popen[bytes] | None = field(default=None)

    def prepare_server(self) -> None:
        """The first stage: everything that serves the pages."""
        if not self.home.is_ready("server", wanted()):
            self._announce("setting_up", "server")
            self.home.set_up("server", wanted())

    def needs_window(self) -> bool:
        """Whether the second stage is still to be done, and of any use here."""
        return (
            not self.asked.browser
            and has_display()
            and not self.home.is_ready("window", wanted("desktop", server=False))
        )

    def prepare_window(self) -> None:
        """The second stage, with the program in the browser meanwhile where it takes long."""
        self._announce("window_comes", "window")
        failures: list[SetUpError] = []
        fetching = threading.Thread(target=self._fetch_window, args=[failures], daemon=True)
        fetching.start()
        fetching.join(PATIENCE)
        if fetching.is_alive():
            say(sentence("meanwhile", self.language))
            self.child = subprocess.Popen(self._command(), env=self._surroundings() | {WINDOW_COMES: "1"})
        fetching.join()
        for failure in failures:
            say(f"{failure}\n{sentence('no_window_parts', self.language)}")

    def _fetch_window(self, failures: list[SetUpError]) -> None:
        try:
            self.home.set_up("window", wanted("desktop", server=False))
        except SetUpError as failure:
            failures.append(failure)

    def _announce(self, key: str, part: str) -> None:
        if self.asked.offline is None:
            say(sentence(key, self.language, megabytes=megabytes(part)))
        elif part == "server":
            size = sum(file.stat().st_size for file in self.asked.offline.iterdir() if file.is_file())
            say(sentence("setting_up_offline", self.language, folder=self.asked.offline, megabytes=round(size / 1e6)))

    def run(self) -> int:  # noqa: RET503 -- exec does not come back
        """Become the program; where it already runs in the browser, tell it that the window can come."""
        if self.child is not None:
            if self.child.poll() is None:
                subprocess.run(self._command(), env=self._surroundings(), stdout=subprocess.DEVNULL, check=False)
            return self.child.wait()
        if SYSTEM == "windows":  # where exec would leave the console behind
            self.child = subprocess.Popen(self._command(), env=self._surroundings())
            return self.child.wait()
        os.execve(self.home.python, self._command(), self._surroundings())  # noqa: S606 -- our own Python, our own program

    def _command(self) -> list[str]:
        return [str(self.home.python), "-X", "utf8", "-m", "loyalapp", *passed_on(self.asked)]

    def _surroundings(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(ROOT)}  # not the working folder: a file argument may be relative to that


def launch(asked: argparse.Namespace, language: str) -> int:
    """All of it, in order.

    :raises SetUpError: with the sentence for the user.
    """
    for folder in (asked.offline, asked.fetch):
        if folder is not None and not folder.is_dir():
            raise SetUpError(sentence("no_such_folder", language, folder=folder))
    home = Home(home_folder(), language, asked.offline and asked.offline.resolve())
    if asked.fetch:
        home.fetch(wanted("desktop", "office"), asked.fetch.resolve())
        say(sentence("fetched", language, folder=asked.fetch))
        return 0
    start = Launch(asked, language, home)
    signal.signal(signal.SIGTERM, lambda *_: _end(start))
    start.prepare_server()
    if has_display():
        shortcuts.put(home.folder, icon_command(asked))
    if start.needs_window():
        start.prepare_window()
    return start.run()


def _end(start: Launch) -> None:
    if start.child is not None:
        start.child.terminate()
    sys.exit(143)


def main(arguments: list[str]) -> int:
    """Answers the exit code; every foreseeable fault is one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    asked = options(arguments)
    language = chosen_language(asked.language)
    try:
        return launch(asked, language)
    except SetUpError as failure:
        say(str(failure))
        show_sentence(str(failure), language)
        return 2
    except KeyboardInterrupt:
        return 130
