"""`python3 -m tests.bench`: sets up the test environment, then measures; prints a table of ratios and passes always.

Judge ratios inside one run, never times: two cores that others use too make every time differ by a third.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from loyalapp.desktop.first_start import Home, SetUpError, home_folder, wanted  # noqa: E402 -- after the path is set


def options(words: list[str]) -> argparse.Namespace:
    """What was wished on the command line."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.bench", description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000, metavar="N", help="five times as many interactions")
    parser.add_argument(
        "--rounds", type=int, default=7, metavar="N", help="interleaved rounds, of which medians are taken"
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds and requests: for a look, not for the record"
    )
    parser.add_argument(
        "--only",
        default="",
        metavar="WORDS",
        help="pages, clients, long, problems, papers, start, memory, idle, weight, imports (with commas)",
    )
    parser.add_argument(
        "--growth", action="store_true", help="also from 10,000 to 1,000,000 customers (needs 3 GB and minutes)"
    )
    parser.add_argument("--import", action="store_true", dest="imports", help="also an import of 100,000 rows")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Measure here if this is the program's own Python, else in it."""
    chosen = options(words)
    home = Home(home_folder(), "en")
    if Path(sys.prefix) == home.folder:
        from tests.bench import run

        run.measure(chosen)
        return 0
    try:
        home.set_up("tests", wanted("desktop", "office", "test"))
    except SetUpError as error:
        print(error)
        return 2
    return subprocess.run(
        [str(home.python), "-X", "utf8", "-m", "tests.bench", *words], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
