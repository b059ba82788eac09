"""`python3 -m tests.faults`: sets up the test environment, kills the program 500 times, and fails each of its steps.

Prints the counts for the note, and ends with 1 where anything acknowledged was lost or anything half done was left.
`--kills N` and `--steps N` make it shorter (0: none); `--seed N` repeats a run as far as the computer lets it.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from loyalapp.desktop.first_start import Home, SetUpError, home_folder, wanted  # noqa: E402 -- after the path is set


def options(words: list[str]) -> argparse.Namespace:
    """What was wished on the command line."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, metavar="N", help="so many deaths at random moments")
    parser.add_argument("--steps", type=int, default=40, metavar="N", help="at most so many steps of a deed and way")
    parser.add_argument("--seed", type=int, default=None, metavar="N", help="else another one each time; it is printed")
    parser.add_argument(
        "--server", default=None, metavar="URL", help="also kill it at work on this PostgreSQL database"
    )
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Do it here if this is the program's own Python, else in it."""
    chosen = options(words)
    home = Home(home_folder(), "en")
    if Path(sys.prefix) in (home.folder, ROOT / ".venv"):
        from tests.faults import run

        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            return run.run(Path(folder), chosen)
    try:
        home.set_up("tests", wanted("desktop", "office", "test"))
    except SetUpError as error:
        print(error)
        return 2
    command = [str(home.python), "-X", "utf8", "-m", "tests.faults", *words]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
