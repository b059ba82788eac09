"""A clean Debian in a folder: nothing in it but what debootstrap brings, and what a package asks for."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "bano"
HOME = f"/srv/{USER}"
SCREENS = "/tmp/.X11-unix"  # noqa: S108 -- where X servers listen, on every Linux
PLACES = (
    ("-t", "proc", "proc", "proc"),
    ("--bind", "/dev", "dev"),
    ("-t", "tmpfs", "-o", "mode=1777", "tmpfs", "dev/shm"),
    ("--bind", SCREENS, SCREENS[1:]),
)
CHROOT = shutil.which("chroot") or "/usr/sbin/chroot"


def make(folder: Path, mirror: str | None) -> None:
    """The smallest Debian there is, with one user who may do nothing special."""
    command = ["debootstrap", "--variant=minbase", "bookworm", str(folder), *([mirror] if mirror else [])]
    with (folder.parent / "debootstrap.log").open("w", encoding="utf-8") as log:
        subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT)
    subprocess.run(
        [CHROOT, str(folder), "useradd", "--create-home", "--home-dir", HOME, "--shell", "/bin/bash", USER], check=True
    )


class CleanRoot:
    """One root that is mounted and can run programs."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.display = display

    def command(self, *words: str, as_root: bool = False) -> list[str]:
        """How a program in there is started."""
        who = [] if as_root else [f"--userspec={USER}:{USER}"]
        return [CHROOT, *who, str(self.folder), *words]

    def surroundings(self, language: str = "C", *, as_root: bool = False) -> dict[str, str]:
        """What a program in there finds in its environment."""
        home = {"HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"} if as_root else {"HOME": HOME}
        return {
            **home,
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8",
            "LANG": language,
            "DISPLAY": self.display,
        }

    def run(self, *words: str, as_root: bool = False, said: str = "", patience: float = 900) -> str:
        """Run a program to its end; answers what it said.

        :raises AssertionError: if it failed.
        """
        done = subprocess.run(
            self.command(*words, as_root=as_root),
            env=self.surroundings(as_root=as_root),
            cwd="/",
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            input=said.encode(),
            timeout=patience,
        )
        told = done.stdout.decode("utf-8", "replace")
        assert done.returncode == 0, f"{' '.join(words)}: {told[-3000:]}"
        return told

    def inside(self, path: str) -> Path:
        """A file in there, seen from outside."""
        return self.folder / path.lstrip("/")

    def give(self, file: Path, place: str = HOME) -> str:
        """Put a file in there; answers its path, as seen from inside."""
        target = f"{place}/{file.name}"
        shutil.copy(file, self.inside(target))
        self.run("chown", f"{USER}:{USER}", target, as_root=True)
        return target


@contextmanager
def opened(base: Path, folder: Path, display: str) -> Iterator[CleanRoot]:
    """A copy of a clean root, in which programs find a kernel and a screen; gone at the end."""
    subprocess.run(["cp", "-a", str(base), str(folder)], check=True)
    mounted: list[Path] = []
    try:
        for *how, place in PLACES:
            (folder / place).mkdir(parents=True, exist_ok=True)
            subprocess.run(["mount", *how, str(folder / place)], check=True)
            subprocess.run(["mount", "--make-private", str(folder / place)], check=True)
            mounted.append(folder / place)
        yield CleanRoot(folder, display)
    finally:
        for place in reversed(mounted):
            subprocess.run(["umount", "--lazy", str(place)], check=False)
        if not any(os.path.ismount(place) for place in mounted):
            shutil.rmtree(folder, ignore_errors=True)
