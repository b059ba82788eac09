"""Names inside a `.loyalplugin` file: those that lead elsewhere, or mean something else on some system, are refused."""

import io
import unicodedata
import zipfile

import pytest

from tests.plugin_system.parcels import contents, entry, hostile, refused, renamed, zipped

LONG = "templates/stock/" + "/".join("abcdefghij" for _ in range(7)) + "/" + "x" * 120 + ".html"
DEEP = "data/" + "d/" * 12 + "x.txt"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "data/../../evil.py",
        "/evil.py",
        "//server/share/evil.py",
        "data//x.txt",
        "./evil.py",
        "data/./x.txt",
        "C:/evil.py",
        "C:evil.py",
        "data/a:b.txt",
        "data/CON",
        "data/con.txt",
        "data/AUX.tar.txt",
        "data/nul .txt",
        "data/LPT1.md",
        "data/COM¹.md",
        "data/PRN/x.txt",
        "data/dot.",
        "data/space ",
        "data/ space.txt",
        "data./x.txt",
        "data/what?.txt",
        'data/"x".txt',
        "data/a|b.txt",
        "data/a<b.txt",
        "data/tab\tb.txt",
        "data/line\nb.txt",
        "data/bidi\u202etxt.py",
        "data/zero\u200bwidth.txt",
    ],
)
def test_a_name_that_leads_elsewhere_or_means_something_else_is_refused(tmp_path, name):
    assert hostile(tmp_path, name).code == "name"


@pytest.mark.parametrize("new", [b"data\\evil.txt", b"data/\x00vil.txt", b"..\\/evill.txt", b"data/ev\xe9l.txt"])
def test_raw_bytes_of_a_name_that_zipfile_would_mend_are_refused(tmp_path, new):
    file = zipped(tmp_path / "bad.loyalplugin", {**contents(), "data/evil.txt": b"x"})

    assert refused(renamed(file, b"data/evil.txt", new)).code == "name"


@pytest.mark.parametrize("name", [LONG, DEEP])
def test_long_and_deep_names_are_refused(tmp_path, name):
    assert hostile(tmp_path, name).code == "long_name"


@pytest.mark.parametrize(
    "ending", ["exe", "dll", "so", "so.6", "pyd", "bat", "ps1", "cmd", "sh", "com", "msi", "scr", "EXE", "lnk"]
)
def test_programs_are_refused(tmp_path, ending):
    assert hostile(tmp_path, f"data/tool.{ending}").code == "program"


@pytest.mark.parametrize("beginning", [b"MZ\x90", b"\x7fELF\x02", b"\xcf\xfa\xed\xfe"])
def test_a_program_under_another_name_is_refused(tmp_path, beginning):
    assert hostile(tmp_path, "data/picture.png", beginning + b"x" * 99).code == "program"


@pytest.mark.parametrize(
    "ending", ["zip", "whl", "egg", "loyalplugin", "tar", "tar.gz", "tgz", "7z", "rar", "xz", "ZIP"]
)
def test_archives_inside_are_refused(tmp_path, ending):
    assert hostile(tmp_path, f"vendor/more.{ending}").code == "archive"


def test_an_archive_under_another_name_is_refused(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x", "x")

    assert hostile(tmp_path, "data/notes.txt", inner.getvalue()).code == "archive"


@pytest.mark.parametrize("name", ["notes/x.txt", "page.html", "setup.cfg", ".hidden", "__MACOSX/x.txt", "plugin"])
def test_what_does_not_belong_is_refused(tmp_path, name):
    assert hostile(tmp_path, name).code == "stranger"


def test_the_folder_itself_packed_is_told_apart(tmp_path):
    wrapped = {f"stock/{name}": raw for name, raw in contents().items()}
    with zipfile.ZipFile(tmp_path / "x.loyalplugin", "w") as archive:
        for name, raw in wrapped.items():
            archive.writestr(name, raw)

    assert refused(tmp_path / "x.loyalplugin").code == "folder_inside"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name",
    ["plugin.toml", "Plugin.TOML", "PLUGIN.PY", "data/é.txt", "data/ﬁx/STRASSE.txt", "Data/other.txt", "data"],
)
def test_names_that_some_system_takes_for_one_are_refused(tmp_path, name):
    files = {
        **contents(),
        f"data/{unicodedata.normalize('NFD', 'é')}.txt": b"1",
        "data/ﬁx/straße.txt": b"2",
        "data/x.txt": b"3",
    }

    file = zipped(tmp_path / "bad.loyalplugin", files, entries=[(entry(name), b"x")])

    assert refused(file).code == "twice"
