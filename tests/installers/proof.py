"""What is proved of the packages, in order; each line that is printed was seen to be true."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.installers import clean_root
from tests.installers.clean_root import HOME, CleanRoot
from tests.installers.stranger import CITY, NAME, TITLES, URDU_DOOR, Stranger
from tests.window import x11
from tests.window.x11 import Screen

DATA = f"{HOME}/.local/share/LoyalApp"
BACKUPS = f"{DATA}/backups"
SPOOL = "/var/tmp"  # noqa: S108 -- of a root that is ours alone
LACKING = "find /opt/loyalapp -name '*.so*' -type f -exec ldd {} + 2>/dev/null | grep 'not found' | sort -u || true"
OPTIONAL = ("libgtk", "libgdk", "libatk", "libpango", "libcairo", "libharfbuzz", "libgobject", "libgio", "libcups")


def run(packages: Path, work: Path, mirror: str | None, pictures: Path | None) -> int:
    """Everything; answers the exit code."""
    began, base = time.monotonic(), work / "base"
    deb, tarball = (next(iter(sorted(packages.glob(one))), None) for one in ("*.deb", "*.tar.gz"))
    assert deb, f"there is no .deb in {packages}"
    told(f"{deb.name}: {deb.stat().st_size / 1e6:.0f} MB")
    clean_root.make(base, mirror)
    told("a clean Debian was made by debootstrap")
    (work / "screen").mkdir()
    with x11.screen(work / "screen") as screen:
        with clean_root.opened(base, work / "first", screen.display) as first:
            install_deb(first, deb)
            walk_through_first_start(first, screen, pictures)
            customers, backup = look_inside(first, work)
            remove_and_return(first, screen, deb, customers, pictures)
        if tarball:
            told(f"{tarball.name}: {tarball.stat().st_size / 1e6:.0f} MB")
            with clean_root.opened(base, work / "second", screen.display) as second:
                use_tarball(second, tarball, backup, customers)
    print(f"\nall is well, after {(time.monotonic() - began) / 60:.0f} minutes")
    return 0


def told(what: str) -> None:
    """One more thing that is so."""
    print(f"ok  {what}", flush=True)


def install_deb(root: CleanRoot, deb: Path) -> None:
    """As the software centre does it: what the package asks for comes along, nothing else."""
    root.run("apt-get", "update", as_root=True)
    said = root.run("apt-get", "install", "-y", "--no-install-recommends", root.give(deb, SPOOL), as_root=True)
    added = next((line for line in said.splitlines() if "disk space will be used" in line), "")
    told(f"installed without any Python on the computer. {added}")
    assert not root.inside("/usr/bin/python3").exists()
    loads = root.run("sh", "-c", LACKING)
    lacking = {line.split()[0] for line in loads.splitlines()}
    assert not {one for one in lacking if not one.startswith((*OPTIONAL, "libQt6", "libicu"))}, sorted(lacking)
    told("every library of the system that the program loads is there")
    for place in (
        "/usr/share/applications/loyalapp.desktop",
        "/usr/share/mime/packages/loyalapp.xml",
        "/usr/bin/loyalapp",
    ):
        assert root.inside(place).is_symlink() or root.inside(place).is_file(), place
    told("it stands in the menu, and .loyalplugin and .loyalbackup open with it")


def walk_through_first_start(root: CleanRoot, screen: Screen, pictures: Path | None) -> None:
    """Language, firm, the three ways to begin; then a second start, and the cross of the window."""
    icon = root.inside(f"{HOME}/Desktop/loyalapp.desktop")
    root.run("mkdir", str(Path(HOME, "Desktop")))
    with started(root, screen, pictures) as hand:
        seconds = hand.sees(begins(TITLES["language"]), "1-language")
        told(f"an ordinary user sees the first page in a window, {seconds:.0f} s after the very first start")
        hand.click(URDU_DOOR)
        hand.sees(begins(TITLES["firm"]), "2-firm")
        hand.type_into(NAME, "انمول")
        hand.type_into(CITY, "لاہور")
        hand.press("Return")
        hand.sees(lambda title: bool(title) and not title.startswith(TITLES["firm"]), "3-begin")
        told("language chosen, the firm named in Urdu, asked how to begin")
        assert 'Exec="/opt/loyalapp/loyalapp"' in icon.read_text("utf-8")
        assert not root.inside(f"{HOME}/.local/share/applications/loyalapp.desktop").exists()
        told("the first start has put an icon on the desktop; the menu has the package's own")
        icon.unlink()
        said = root.run("loyalapp")
        assert "پہلے سے چل رہی ہے" in said, said  # in the language that was chosen
        told("a second start brings the first to the front and ends")
        assert hand.close() == 0
    told("the cross of the window ends the program")
    assert not root.inside(f"{DATA}/loyalapp.sqlite3-wal").exists()
    told("the database was closed and its log folded back in")


def look_inside(root: CleanRoot, work: Path) -> tuple[int, Path]:
    """The commands of the installed program; answers how many customers there are, and a backup of them."""
    root.run("loyalapp", "demo")
    checked = root.run("loyalapp", "check")
    assert "BAD" not in checked
    told(f"loyalapp check: {len(checked.splitlines())} findings, all good")
    customers = customers_of(root, "loyalapp")
    assert customers > 0
    told(f"{customers} example customers were written, all four plugins ran")
    listed = root.give(a_list(work))
    root.run("loyalapp", "import", listed, "--yes")
    assert customers_of(root, "loyalapp") == customers + 1
    told("a list was read (in a process of its own) and taken in")
    root.run("loyalapp", "backup", "create")
    newest = max(root.inside(BACKUPS).iterdir(), key=lambda one: one.stat().st_mtime)
    kept = work / newest.name
    kept.write_bytes(newest.read_bytes())
    return customers + 1, kept


def remove_and_return(root: CleanRoot, screen: Screen, deb: Path, customers: int, pictures: Path | None) -> None:
    """Removed for good, the data is still there; installed again, it opens with it."""
    said = root.run("apt-get", "purge", "-y", "loyalapp", as_root=True)
    assert "data stays" in said
    assert not root.inside("/opt/loyalapp").exists()
    assert not root.inside("/usr/bin/loyalapp").is_symlink()
    assert root.inside(f"{DATA}/loyalapp.sqlite3").is_file()
    told("removed and purged: the program is gone, the data is where it was")
    root.run("apt-get", "install", "-y", "--no-install-recommends", f"{SPOOL}/{deb.name}", as_root=True)
    assert customers_of(root, "loyalapp") == customers
    with started(root, screen, pictures) as hand:
        seconds = hand.sees(lambda title: " · " in title, "4-again")
        assert not root.inside(f"{HOME}/Desktop/loyalapp.desktop").exists(), "it was thrown away"
        assert hand.close() == 0
    told(f"installed again: all {customers} customers are there; its window opened after {seconds:.0f} s")


def use_tarball(root: CleanRoot, tarball: Path, backup: Path, customers: int) -> None:
    """Another computer, without the system's parts for a window: the tarball, one user, and the backup of the first."""
    program = f"{HOME}/.local/opt/loyalapp/loyalapp"
    root.run("tar", "-xf", root.give(tarball), "-C", HOME)
    folder = next(one.name for one in root.inside(HOME).iterdir() if one.name.startswith("loyalapp-") and one.is_dir())
    said = root.run(f"{HOME}/{folder}/install.sh")
    assert "is installed" in said
    told("the tarball was installed by an ordinary user, without a password")
    root.run(program, "setup", "--firm", "x", "--country", "PK", "--city", "x")
    root.run(program, "backup", "restore", root.give(backup), "--yes")
    assert customers_of(root, program) == customers
    told(f"the first computer's backup was restored here: {customers} customers")
    said = root.run("timeout", "--preserve-status", "--signal=INT", "60", program)
    assert "apt install" in said
    assert "Ready: http://127.0.0.1:" in said
    told("without the system's parts for a window it says in one sentence what to install, and serves the browser")
    said = root.run(f"{HOME}/.local/opt/loyalapp/uninstall.sh", said="\n")
    assert "Your data is safe" in said
    assert root.inside(f"{DATA}/loyalapp.sqlite3").is_file()
    root.run(f"{HOME}/{folder}/install.sh")
    root.run(f"{HOME}/.local/opt/loyalapp/uninstall.sh", said="DELETE\n")
    assert not root.inside(DATA).exists()
    assert not root.inside(f"{HOME}/.local/opt/loyalapp").exists()
    told("removing asks: Enter keeps the data, the word DELETE takes it along")


def begins(words: str) -> Callable[[str], bool]:
    """Whether a title begins so."""
    return lambda title: title.startswith(words)


@contextmanager
def started(root: CleanRoot, screen: Screen, pictures: Path | None) -> Iterator[Stranger]:
    """The installed program, ended whatever happens."""
    hand = Stranger(root, screen, "loyalapp", pictures)
    try:
        yield hand
    finally:
        if hand.process.poll() is None:
            hand.process.terminate()
            hand.process.wait(30)


def customers_of(root: CleanRoot, program: str) -> int:
    """How many customers the program writes out."""
    file = root.run(program, "export", "--format", "json").strip().splitlines()[-1]
    return len(json.loads(root.inside(file).read_text("utf-8"))["customers"])


def a_list(work: Path) -> Path:
    """A list with one customer."""
    file = work / "list.csv"
    file.write_text("Name,Mobile\nMehreen of the clean root,0300 7654321\n", "utf-8")
    return file
