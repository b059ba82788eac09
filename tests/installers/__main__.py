"""`python3 -m tests.installers`: builds the packages, installs them in clean roots, walks through a first start there.

Needs Linux, the superuser, debootstrap, Xvfb and xdotool, and some 4 GB in the temporary folder; takes a quarter of an
hour. With `--packages DIR` the packages found there are tried, and nothing is built.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from loyalapp.desktop.first_start import Home, SetUpError, home_folder, wanted  # noqa: E402 -- after the path is set

TOOLS = ("debootstrap", "Xvfb", "xdotool", "chroot", "dpkg-deb")


def options(words: list[str]) -> argparse.Namespace:
    """What was wished on the command line."""
    reader = argparse.ArgumentParser(prog="python3 -m tests.installers", description=__doc__)
    reader.add_argument("--packages", type=Path, metavar="DIR", help="try these, build none")
    reader.add_argument("--work", type=Path, metavar="DIR", help="where the roots are made (a temporary folder)")
    reader.add_argument("--mirror", help="where debootstrap finds Debian (where it looks by itself)")
    reader.add_argument("--pictures", type=Path, metavar="DIR", help="keep a picture of each page that was walked")
    return reader.parse_args(words)


def packages(asked: argparse.Namespace, work: Path) -> Path:
    """The folder with the packages, built where none was given."""
    if asked.packages:
        return asked.packages.resolve()
    made = work / "packages"
    command = [sys.executable, "-X", "utf8", str(ROOT / "packaging" / "build.py")]
    subprocess.run([*command, "--out", str(made), "--work", str(work / "build")], check=True)
    return made


def main(words: list[str]) -> int:
    """Try everything here if this is the program's own Python, else in it."""
    asked = options(words)
    if missing := [one for one in TOOLS if not shutil.which(one)] or ["the rights of the superuser"] * (
        os.getuid() != 0
    ):
        print(f"This needs {', '.join(missing)}.")
        return 2
    home = Home(home_folder(), "en")
    if Path(sys.prefix) != home.folder:
        try:
            home.set_up("tests", wanted("desktop", "office", "test"))
        except SetUpError as error:
            print(error)
            return 2
        command = [str(home.python), "-X", "utf8", "-m", "tests.installers", *words]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    from tests.installers import proof

    with tempfile.TemporaryDirectory(dir=asked.work, prefix="installers-") as folder:
        work = Path(folder)
        return proof.run(packages(asked, work), work, asked.mirror, asked.pictures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
