"""`python3 launcher.py` for real, from a wheels folder of its own and an awkward place."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loyalapp.desktop import first_start
from loyalapp.desktop.first_start import wanted

ROOT = Path(__file__).resolve().parents[1]
READY = re.compile(r"^Ready: http://127\.0\.0\.1:\d+/boot/\S+$", re.MULTILINE)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of wheels of the first stage, made by pip itself."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]
    made = subprocess.run(
        [*command, "--dest", str(folder), "-c", str(first_start.CONSTRAINTS), *wanted()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        pytest.skip(f"the wheels cannot be fetched here: {made.stderr[-300:]}")
    return folder


def copy_of_program(target: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in ("loyalapp", "plugins", "translations"):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for name in ("launcher.py", "pyproject.toml"):
        shutil.copy(ROOT / name, target / name)
    return target


# As for a program folder that cannot be written; said to the launcher, since no right of a folder stops root.
AS_READ_ONLY = """
import runpy, sys, tempfile
def refuse(dir):
    raise PermissionError(13, "read-only", dir)
tempfile.TemporaryFile = refuse
sys.argv[:] = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def files_in(folder: Path) -> set[Path]:
    return {file for file in folder.rglob("*") if file.suffix != ".mo"}


def told_until_ready(command: list[str], surroundings: dict[str, str]) -> str:
    with subprocess.Popen(
        command,
        env=surroundings,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as made:
        assert made.stdout is not None
        told = ""
        for line in made.stdout:
            told += line
            if READY.match(line):
                made.terminate()
    assert READY.search(told), told
    return told


@pytest.mark.slow
def test_first_start_from_a_read_only_path_with_urdu_letters_in_the_c_locale(wheels: Path, tmp_path: Path) -> None:
    place = copy_of_program(tmp_path / "ص دکان x")
    before = files_in(place)
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "گھر"),
        "LC_ALL": "C",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    python = shutil.which("python3", path=f"{sys.base_prefix}/bin") or sys.executable
    command = [python, "-c", AS_READ_ONLY, str(place / "launcher.py"), "--language", "ur", "--offline", str(wheels)]

    first = told_until_ready(command, surroundings).splitlines()
    assert "تیار ہو رہی ہے" in first[0]
    assert "کوئی اسکرین نہیں" in first[1]
    assert "کوئی براؤزر نہیں" in first[2]
    assert len(first) == 4

    again = told_until_ready(command, surroundings).splitlines()
    assert again[:2] == first[1:3], "the second start sets nothing up"
    assert files_in(place) == before, "nothing is written beside the program"
    assert list((tmp_path / "گھر/.local/share/LoyalApp").glob("program-*/ready-server"))


@pytest.mark.slow
def test_the_megabytes_told_are_about_true(wheels: Path) -> None:
    size = sum(file.stat().st_size for file in wheels.iterdir()) / 1e6
    assert size * 0.9 < first_start.megabytes("server") < size * 1.3
