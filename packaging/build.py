"""`python3 packaging/build.py`: builds the program that needs no Python, and packs it for the system it runs on.

Linux gets a `.deb` and a tarball, Windows a set-up program (where Inno Setup is there), macOS a disk image. All follow
one recipe, `loyalapp.spec`; each system builds its own. Everything is fetched at fixed versions, as by the first start.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

import for_linux  # noqa: E402 -- after the path is set
import for_others  # noqa: E402 -- the same

from loyalapp.desktop.first_start import Home, SetUpError, wanted  # noqa: E402 -- the same

MADE = ROOT / "dist"


def options(words: list[str]) -> argparse.Namespace:
    """What was wished on the command line."""
    reader = argparse.ArgumentParser(prog="python3 packaging/build.py", description=__doc__)
    reader.add_argument("--out", type=Path, default=MADE, metavar="DIR", help="where the packages go (dist/)")
    reader.add_argument(
        "--work", type=Path, default=ROOT / "build", metavar="DIR", help="what may be deleted afterwards (build/)"
    )
    reader.add_argument(
        "--offline", type=Path, metavar="DIR", help="libraries from this folder of wheels, without the internet"
    )
    reader.add_argument("--only-bundle", action="store_true", help="the folder alone, nothing packed")
    return reader.parse_args(words)


def bundle(work: Path, offline: Path | None) -> Path:
    """Build the folder of the program; answers where it lies.

    :raises SetUpError: where the libraries cannot be fetched.
    """
    home = Home(work / "python", "en", offline)
    home.set_up("build", wanted("desktop", "office", "build"))
    command = [str(home.python), "-X", "utf8", "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(work / "made"), "--workpath", str(work / "steps")]
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [*command, *places, str(HERE / "loyalapp.spec")], check=True, env={**surroundings, "PYTHONHASHSEED": "1"}
    )
    return work / "made" / ("LoyalApp.app" if sys.platform == "darwin" else "loyalapp")


def packed(folder: Path, out: Path, work: Path) -> list[Path]:
    """The packages of this system."""
    if sys.platform == "win32":
        return for_others.windows(folder, out)
    if sys.platform == "darwin":
        return for_others.macos(folder, out)
    return [for_linux.deb(folder, out, work), for_linux.tarball(folder, out, work)]


def megabytes(place: Path) -> str:
    """The size of a file or folder, for people."""
    files = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file() and not one.is_symlink()]
    return f"{sum(one.stat().st_size for one in files) / 1e6:.0f} MB"


def main(words: list[str]) -> int:
    """Build, pack, tell the sizes."""
    asked = options(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    try:
        folder = bundle(asked.work.resolve(), asked.offline and asked.offline.resolve())
    except SetUpError as fault:
        print(fault)
        return 2
    print(f"{folder.name}/  {megabytes(folder)}", flush=True)
    if not asked.only_bundle:
        for file in packed(folder, asked.out.resolve(), asked.work.resolve()):
            print(f"{file}  {megabytes(file)}", flush=True)
    shutil.rmtree(asked.work / "steps", ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
