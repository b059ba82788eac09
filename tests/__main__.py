"""`python3 -m tests`: sets up the test environment and runs everything; standard library only.

What is said after the command goes on to pytest: `python3 -m tests -m "not slow"`, `python3 -m tests tests/core`.
With LOYALAPP_TEST_ALL=1, as in the automatic check, a test that was skipped counts as failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 -- said in one sentence instead of a traceback
    sys.exit("The tests of LoyalApp need Python 3.11 or newer.")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from loyalapp.desktop.first_start import Home, SetUpError, home_folder, megabytes, wanted  # noqa: E402 -- after the version check
from tests.postgres import binaries  # noqa: E402 -- as above

ALL = os.environ.get("LOYALAPP_TEST_ALL") == "1"
# A process for each core, each with whole files of tests, since a file may share a window or a server.
SIDE_BY_SIDE = ["--numprocesses=auto", "--dist=loadfile"]
# Debian packages, and how to see without dpkg that each is there.
TOOLS = {"xvfb": "Xvfb", "xdotool": "xdotool", "chromium": "chromium", "poppler-utils": "pdftotext"}
LIBRARIES = """
    libegl1 libgl1 libnss3 libasound2 libdbus-1-3 libgbm1 libxkbcommon-x11-0 libxkbfile1 libxcb-cursor0 libxcb-icccm4
    libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxcomposite1 libxdamage1 libxrandr2
    libxtst6
""".split()  # noqa: SIM905 -- a list of names is easier to read and to copy this way


def missing_packages() -> list[str]:
    """The Debian packages that the window, browser and PostgreSQL tests need and that are not there."""
    missing = [package for package, tool in TOOLS.items() if shutil.which(tool) is None]
    if shutil.which("dpkg-query"):
        missing += [name for name in LIBRARIES if not is_installed(name)]
    return missing if binaries() else [*missing, "postgresql"]


def is_installed(package: str) -> bool:
    """Also under its newer name: libasound2 became libasound2t64."""
    asked = [["dpkg-query", "-W", "-f", "${Status}\n", name] for name in (package, f"{package}t64")]
    return any(b"ok installed" in subprocess.run(one, capture_output=True, check=False).stdout for one in asked)


def install_packages(missing: list[str]) -> None:
    """By apt-get where that is allowed; says first what is missing."""
    print(f"These system packages are missing: {' '.join(missing)}", flush=True)
    allowed = shutil.which("apt-get") and os.name == "posix" and os.getuid() == 0
    if not allowed:
        print(f"They are not installed by this user. Please run: sudo apt-get install {' '.join(missing)}", flush=True)
        return
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
        subprocess.run(["apt-get", "--quiet", *words], env=surroundings, check=False)


def checks(home: Home, report: Path, words: list[str]) -> list[tuple[str, list[str]]]:
    """What is run, one after the other."""
    python = [str(home.python), "-X", "utf8"]
    imports = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return [
        ("style (ruff)", [*python, "-m", "ruff", "check", "."]),
        ("types (mypy)", [*python, "-m", "mypy"]),
        ("who may import whom (import-linter)", [*python, "-c", imports]),
        (
            "tests (pytest)",
            [*python, "-m", "pytest", *SIDE_BY_SIDE, "-p", "tests.telling", f"--report-skips-to={report}", *words],
        ),
    ]


def run_checks(home: Home, words: list[str]) -> list[str]:
    """Run all, whatever fails; answers the names of what failed."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "skipped"
        failed = []
        for name, command in checks(home, report, words):
            print(f"\n== {name}", flush=True)
            if subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode != 0:
                failed.append(name)
        skipped = report.read_text("utf-8").splitlines() if report.is_file() else []
    return failed + judge_skips(skipped)


def judge_skips(skipped: list[str]) -> list[str]:
    """Say what was skipped and why; a failure where everything is to be run."""
    if not skipped:
        return []
    print(f"\n== skipped: {len(skipped)}", *skipped, sep="\n  ", flush=True)
    return ["skipped tests, where LOYALAPP_TEST_ALL=1 allows none"] if ALL else []


def main(words: list[str]) -> int:
    """Answers the exit code."""
    if missing := missing_packages():
        install_packages(missing)
    home = Home(home_folder(), "en")
    lines = wanted("desktop", "office", "test")
    if not home.is_ready("tests", lines):
        print(
            f"The test environment is being set up in {home.folder} (about {megabytes('tests')} megabytes).", flush=True
        )
    try:
        home.set_up("tests", lines)
    except SetUpError as error:
        print(error)
        return 2
    failed = run_checks(home, words)
    print(f"\n== failed: {', '.join(failed)}" if failed else "\n== all is well", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
