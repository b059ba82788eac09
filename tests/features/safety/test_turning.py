"""The data is encrypted and opened again: whole, everywhere, and whatever happens in the middle."""

import json
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from loyalapp.app import Run
from loyalapp.core import damage, sealing, spare_seal
from loyalapp.core.config import Config
from loyalapp.core.errors import Damaged
from loyalapp.core.noise import seems_sealed
from loyalapp.core.paths import DataFolder
from loyalapp.core.sealing import OFF, ON, PASSWORD, Seal
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import service as backups
from loyalapp.features.customers import service as customers
from loyalapp.features.drafts import service as drafts
from loyalapp.features.first_aid.aid import first_aid_app
from loyalapp.features.safety import opening, turning
from loyalapp.features.safety.gate import Gate
from tests.conftest import close, open_app, through_the_door
from tests.walk import token_of

ROOT = Path(__file__).resolve().parents[3]
SECRET = bytes(range(16))
NAME = "Kashif Secretsahab"


def wish(data: Path, what: str) -> None:
    sealing.write(data, Seal(PASSWORD, sealing.mark_of(SECRET), wish=what))
    sealing.know(data, SECRET)


@pytest.fixture
def filled(data_dir):
    """A customer in the data, in a backup and in a draft."""
    app = open_app(data_dir)
    with app.app_context():
        customers.add({"name": NAME})
        backups.create()
    with app.test_request_context():
        drafts.keep("/customers/new", "", [["name", "", NAME]])
    close(app)
    yield data_dir
    sealing.forget(data_dir)


def telling(data: Path) -> list[str]:
    """The files in which the name can be read."""
    return sorted(one.name for one in data.rglob("*") if one.is_file() and NAME.encode() in one.read_bytes())


def names(file: Path) -> list[str]:
    with closing(connector(file)()) as link:
        return [row[0] for row in link.execute("SELECT name FROM customer")]


def test_nothing_can_be_read_afterwards_and_everything_again_at_the_end(filled):
    data = DataFolder(filled)
    before = telling(filled)
    assert {data.database.name, "drafts.sqlite3"} < set(before)
    (data.work / "list-left.csv").write_text(NAME, "utf-8")

    wish(filled, ON)
    app = open_app(filled)
    with app.app_context():
        customers.add({"name": f"{NAME} II"})
        made = backups.create().path
        assert backups.verify(made)
    close(app)
    assert telling(filled) == []
    assert sorted(names(data.database)) == [NAME, f"{NAME} II"]
    assert sealing.read(filled) == Seal(PASSWORD, sealing.mark_of(SECRET))

    wish(filled, OFF)
    turning.settle(data, is_guest=False)
    assert set(before) - {f"{data.database.name}-wal"} <= set(telling(filled))
    assert sealing.read(filled) is None
    assert sorted(names(data.database)) == [NAME, f"{NAME} II"]


def test_without_the_password_nothing_starts_and_nothing_is_touched(filled):
    wish(filled, ON)
    close(open_app(filled))
    sealing.forget(filled)
    before = DataFolder(filled).database.read_bytes()

    with pytest.raises(sealing.Sealed):
        open_app(filled)

    assert DataFolder(filled).database.read_bytes() == before


def test_who_has_the_data_open_is_not_disturbed_and_the_next_start_does_it(filled):
    data = DataFolder(filled)
    wish(filled, ON)
    with closing(connector(data.database)()) as other:
        other.execute("SELECT count(*) FROM customer").fetchone()
        turning.settle(data, is_guest=False)
        assert sealing.is_open(data.database)
        other.execute("UPDATE customer SET notes = 'meanwhile'")
    turning.settle(data, is_guest=True)
    assert sealing.is_open(data.database), "a guest leaves it to who runs the program"

    turning.settle(data, is_guest=False)
    assert not sealing.is_open(data.database)
    with closing(connector(data.database)()) as link:
        assert link.execute("SELECT notes FROM customer").fetchone()[0] == "meanwhile"


def test_a_damaged_backup_stays_and_holds_nothing_up(filled):
    data = DataFolder(filled)
    damaged = data.backups / "old.loyalbackup"
    damaged.write_bytes(sealing.OPEN + b"\1" * 9000)
    wish(filled, ON)

    turning.settle(data, is_guest=False)

    assert not sealing.is_open(data.database)
    assert damaged.read_bytes() == sealing.OPEN + b"\1" * 9000


# ---- cut off in the middle ----

CUT = '''
import json, os, shutil, sys
from pathlib import Path
from loyalapp.app import Run
from loyalapp.core import damage, sealing
from loyalapp.core.config import Config
from loyalapp.core.errors import Damaged
from loyalapp.core.noise import seems_sealed
from loyalapp.core.paths import DataFolder
from loyalapp.core.sqlite import connector
from loyalapp.features.backups import second  # loaded before anything is counted
from loyalapp.features.safety import turning

SECRET, steps = bytes(range(16)), {"open", "os.rename", "os.remove", "os.utime"}
start, place, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def settle(cut):
    """In a process of its own, which dies at the step of that number."""
    child = os.fork()
    if not child:
        left = [cut]
        def count(event, arguments):
            if event in steps and str(arguments[0]).startswith(str(place)):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)
        if cut:
            sys.addaudithook(count)
        turning.settle(DataFolder(place), is_guest=False)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def rows():
    found = []
    for file in [place / "loyalapp.sqlite3", *sorted((place / "backups").iterdir()), place / "work" / "drafts.sqlite3"]:
        if file.suffix in (".sqlite3", ".loyalbackup"):
            link = connector(file)()
            found.append([sealing.is_open(file), link.execute("SELECT sum(n), count(*) FROM t").fetchone()])
            link.close()
    return found

sealing.know(place, SECRET)
cut = 0
while True:
    cut += 1
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(start, place)
    code = settle(cut)
    middle = [one[1] for one in rows()]
    last = settle(0)
    print(json.dumps([cut, code, last, middle, rows(), sorted(one.name for one in place.rglob("*") if one.is_file())]))
    if code == 0:
        break
'''


@pytest.mark.slow
@pytest.mark.parametrize("what", [ON, OFF])
def test_cut_off_at_every_step_on_files_nothing_is_lost_and_the_next_start_ends_it(tmp_path, what):
    start, place = tmp_path / "start", tmp_path / "place"
    for file in ("loyalapp.sqlite3", "backups/a.loyalbackup", "work/drafts.sqlite3"):
        (start / file).parent.mkdir(parents=True, exist_ok=True)
        with closing(connector(start / file)()) as link:
            link.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
            link.executemany("INSERT INTO t VALUES (?)", [(one,) for one in range(1000)])
    wish(start, ON)
    if what == OFF:
        turning.settle(DataFolder(start), is_guest=False)
        wish(start, OFF)
    sealing.forget(start)

    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CUT, str(start), str(place), what],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    runs = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(runs) > 20, "it was cut off at many places"
    for cut, code, last, middle, after, there in runs:
        assert (code, last) == (9 if cut < len(runs) else 0, 0), cut
        assert middle == [[499500, 1000]] * 3, f"lost at step {cut}"
        assert after == [[what == OFF, [499500, 1000]]] * 3, f"not done after step {cut}"
        assert not any(one.endswith((".turning", ".part")) for one in there), there
        assert ("seal.json" in there) is (what == ON)


# ---- the file with the key is lost ----


def test_a_lost_seal_is_told_from_damage_and_made_anew_by_the_recovery_key(filled):
    data = DataFolder(filled)
    wish(filled, ON)
    close(open_app(filled))
    sealing.forget(filled)
    (filled / sealing.FILE).unlink()
    (filled / spare_seal.FILE).unlink()
    before = data.database.read_bytes()

    assert not sealing.open_quietly(filled), "nobody begins with empty data, or takes it for damaged"
    gate = Gate(data, "en", Run(Config(filled), data), lambda: None)
    browser = through_the_door(gate.app)
    page = browser.get("/customers/").text
    assert "makes that file anew" in page
    assert "The paper is not at hand" in page
    form = {"csrf_token": token_of(browser, "/")}
    assert "This is not the recovery key of this data." in browser.post("/", data={**form, "password": NAME}).text
    assert not gate.is_open.is_set()
    with pytest.raises(Damaged) as found:
        open_app(filled)
    assert found.value.kind == damage.LOCKED
    help_page = through_the_door(first_aid_app(data, "en", Run(Config(filled), data), found.value)).get("/").text
    assert "Your data is locked" in help_page
    assert "opens without the recovery key" in help_page
    assert data.database.read_bytes() == before

    assert opening.open_with(filled, sealing.on_paper(SECRET))
    assert sealing.read(filled) == Seal(PASSWORD, sealing.mark_of(SECRET))
    close(open_app(filled))
    assert names(data.database) == [NAME]


def test_without_the_paper_there_is_a_way_on_and_a_damaged_seal_has_none(filled):
    data = DataFolder(filled)
    wish(filled, ON)
    turning.settle(data, is_guest=False)
    sealing.forget(filled)
    (filled / sealing.FILE).write_text("{", "utf-8")
    (filled / spare_seal.FILE).unlink()
    gate = Gate(data, "en", Run(Config(filled), data), lambda: None)
    browser = through_the_door(gate.app)
    page = browser.get("/").text
    assert ("makes that file anew" in page, "not at hand" in page) == (True, False)
    form = {"csrf_token": token_of(browser, "/")}
    browser.post("/", data={**form, "without": "1"})
    assert not gate.is_open.is_set()

    (filled / sealing.FILE).unlink()
    browser.post("/", data={**form, "without": "1"})
    assert gate.is_open.is_set()


def test_only_noise_counts_as_encrypted(tmp_path, prepared):
    file = tmp_path / "file"
    plain = (prepared / "loyalapp.sqlite3").read_bytes()
    noise = random.Random(7).randbytes(len(plain))
    lost_beginning, one_page = bytes(4096) + plain[4096:], noise[:4096] + plain[4096:]
    for content, is_noise in (
        *((plain, False), (lost_beginning, False), (one_page, False), (b"My own notes\n" * 4096, False)),
        *((b"", False), (noise[:-1], False), (noise, True)),
    ):
        file.write_bytes(content)
        assert seems_sealed(file) is is_noise
