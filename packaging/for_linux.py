"""The packages of Linux: a `.deb` for Debian, Ubuntu and Mint, and a tarball for one user of any other."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from contents import ROOT, VERSION

PARTS = ROOT / "packaging" / "linux"
MARK = ROOT / "loyalapp" / "web" / "static" / "mark.svg"
PROGRAM = "/opt/loyalapp"
GLIBC = re.compile(rb"GLIBC_2\.(\d+)\b")
DEBIANS = {"x86_64": "amd64", "aarch64": "arm64"}
TOLD = """LoyalApp, {version}

Licence: MIT, see LICENSE beside this file. The libraries in {program}/_internal have licences of their own: Qt and
PySide6 under the LGPL 3 (as separate shared libraries, which may be replaced), the others under MIT, BSD, Apache 2.0,
MPL 2.0 and the like. The fonts are under the SIL Open Font License; its text lies beside them.
"""


def filled(name: str, **values: object) -> str:
    """A file of `packaging/linux`, with its gaps filled."""
    text = (PARTS / name).read_text("utf-8")
    for gap, value in values.items():
        text = text.replace(f"@{gap}@", str(value))
    return text


def write(file: Path, text: str, *, is_program: bool = False) -> None:
    """Write one small file of a package."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")
    file.chmod(0o755 if is_program else 0o644)


def needed_glibc(folder: Path) -> str:
    """The oldest C library of the system with which every shared library in the bundle can be loaded."""
    found = [int(one) for file in folder.rglob("*.so*") if file.is_file() for one in GLIBC.findall(file.read_bytes())]
    return f"2.{max(found, default=31)}"


def deb(folder: Path, out: Path, work: Path) -> Path:
    """Pack the bundle as `loyalapp_VERSION_ARCHITECTURE.deb`; answers the file."""
    tree, architecture = work / "deb", DEBIANS[os.uname().machine]
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / PROGRAM[1:], symlinks=True)
    write(tree / "usr/share/applications/loyalapp.desktop", filled("loyalapp.desktop", PROGRAM=f"{PROGRAM}/loyalapp"))
    write(tree / "usr/share/mime/packages/loyalapp.xml", filled("loyalapp.xml"))
    write(tree / "usr/share/icons/hicolor/scalable/apps/loyalapp.svg", MARK.read_text("utf-8"))
    write(tree / "usr/share/doc/loyalapp/copyright", TOLD.format(version=VERSION, program=PROGRAM))
    write(tree / "usr/share/doc/loyalapp/LICENSE", (ROOT / "LICENSE").read_text("utf-8"))
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/loyalapp").symlink_to(f"{PROGRAM}/loyalapp")
    make_readable(tree)
    size = sum(one.lstat().st_size for one in tree.rglob("*")) // 1024
    about = filled("control", VERSION=VERSION, ARCHITECTURE=architecture, KILOBYTES=size, GLIBC=needed_glibc(folder))
    write(tree / "DEBIAN/control", about)
    write(tree / "DEBIAN/postrm", filled("postrm"), is_program=True)
    made = out / f"loyalapp_{VERSION}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build", str(tree), str(made)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return made


def make_readable(tree: Path) -> None:
    """Whoever uses the computer may run the program; nobody but the superuser may change it."""
    for one in (tree, *tree.rglob("*")):
        if not one.is_symlink():
            one.chmod(0o755 if one.is_dir() or one.stat().st_mode & 0o100 else 0o644)


def tarball(folder: Path, out: Path, work: Path) -> Path:
    """Pack the bundle as `loyalapp-VERSION-linux-MACHINE.tar.gz`, with a script that installs it for one user."""
    tree = work / "tarball" / f"loyalapp-{VERSION}"
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(folder, tree / "program", symlinks=True)
    for name in ("install.sh", "uninstall.sh", "said.sh", "loyalapp.desktop", "loyalapp.xml"):
        write(tree / name, filled(name), is_program=name.endswith("install.sh"))
    write(tree / "loyalapp.svg", MARK.read_text("utf-8"))
    write(tree / "LICENSE", (ROOT / "LICENSE").read_text("utf-8"))
    write(tree / "README", (PARTS / "README").read_text("utf-8"))
    make_readable(tree)
    made = out / f"loyalapp-{VERSION}-linux-{os.uname().machine}.tar.gz"
    order = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    command = ["tar", *order, "-C", str(tree.parent), "-czf", str(made), tree.name]
    subprocess.run(command, check=True)
    shutil.rmtree(tree.parent)
    return made
