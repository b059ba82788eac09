"""Files that cannot be taken are refused for a reason, and the program lives on."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from loyalapp.features.imports import reading
from loyalapp.features.imports.reading import open_list
from loyalapp.features.imports.refusals import UnreadableList
from tests.features.imports import made

ROOT = Path(__file__).resolve().parents[3]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableList) as caught:
        list(open_list(path).rows())
    return caught.value.reason


def test_locked_workbook(tmp_path):
    for name in ("a.xlsx", "a.xls", "a"):
        assert refusal(made.locked_workbook(tmp_path / name)) == "password"


def test_cell_far_away_ends_the_child_and_not_the_program(tmp_path):
    assert refusal(made.workbook(tmp_path / "a.xlsx", made.PEOPLE, far=(1_048_576, 16_384))) == "far"


def test_damaged_workbooks(tmp_path):
    whole = made.LAHORE.read_bytes()
    for number, content in enumerate(
        (whole[:9000], whole[:40], b"PK\x03\x04" + bytes(500), made.OLD.read_bytes()[:700])
    ):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        assert refusal(path) == "damaged"


def test_sheet_cut_in_the_middle(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made.LAHORE) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)

    assert refusal(path) == "damaged"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Name,Phone\r\n", "empty"),
        (b"\r\n\r\n,,,\r\n", "empty"),
        (b"%PDF-1.7 ...", "type"),
        (b"\x89PNG\r\n\x1a\n", "type"),
        (b"MZ\x90\x00", "type"),
        (bytes(range(256)) * 20, "type"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "web_page"),
        (b"BEGIN:VCARD\r\n", "damaged"),
    ],
)
def test_what_is_no_list(tmp_path, content, reason):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    assert refusal(path) == reason


def test_zip_that_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("word/document.xml", "<w/>")

    assert refusal(path) == "type"


def test_empty_workbook(tmp_path):
    assert refusal(made.workbook(tmp_path / "a.xlsx", [])) == "empty"
    assert refusal(made.workbook(tmp_path / "b.xlsx", [made.PEOPLE[0]])) == "empty"


def test_file_that_is_gone_or_too_large(tmp_path):
    assert refusal(tmp_path / "gone.csv") == "missing"
    with (tmp_path / "big.csv").open("wb") as stream:
        stream.truncate(reading.LARGEST + 1)
    assert refusal(tmp_path / "big.csv") == "big"


# ---- the child process ----


def test_child_works_from_a_path_with_spaces_and_urdu_letters_without_a_locale(tmp_path):
    home = tmp_path / "میرا پروگرام ہے"
    home.mkdir()
    shutil.copytree(
        ROOT / "loyalapp", home / "loyalapp", ignore=shutil.ignore_patterns("__pycache__", "static", "*.po")
    )
    shutil.copy(made.LAHORE, home / "گاہک کی فہرست.xlsx")
    script = (
        "import json; from pathlib import Path; from loyalapp.features.imports.sheets import Sheet\n"
        "with Sheet(Path('گاہک کی فہرست.xlsx'), None) as sheet:\n"
        "    print(json.dumps([sheet.names, sum(1 for _ in sheet.rows())]))\n"
    )
    environment = {"LC_ALL": "C", "PATH": os.environ["PATH"], "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], cwd=home, env=environment, capture_output=True, check=True
    )

    assert json.loads(done.stdout) == [["گاہک", "پرانی"], 186]


def test_child_ends_when_only_the_first_rows_are_read(tmp_path):
    path = made.workbook(
        tmp_path / "a.xlsx", [["Name", "Phone"], *([f"Person {n}", f"0300{n:07}"] for n in range(3000))]
    )
    source = open_list(path)

    rows = source.rows()
    next(rows)
    rows.close()

    assert len(list(source.rows())) == 3000


def test_the_user_can_choose_another_sheet():
    source = open_list(made.LAHORE, sheet=1)

    assert (source.sheet, [cells for _, cells in source.rows()]) == (1, [["کچھ نہیں"]])
    with pytest.raises(UnreadableList) as caught:
        open_list(made.LAHORE, sheet=7)
    assert caught.value.reason == "sheet"
