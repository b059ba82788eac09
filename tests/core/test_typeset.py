"""Cards and sheets come out of typst with our own fonts, and what people type never becomes markup."""

import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from loyalapp.core.typeset import FONTS, TemplateError, typeset

PAGE = """#let d = json(bytes(sys.inputs.data))
#set page(width: 200pt, height: 50pt, margin: 4pt)
#set text(font: ("Noto Nastaliq Urdu", "Noto Sans Devanagari", "Noto Sans", "Noto Emoji"))
#d.name"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "page.typ"
    file.write_text(PAGE, "utf-8")
    return file


def size_of(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def test_png_and_pdf_of_the_size_asked_for(template):
    assert size_of(typeset(template, {"name": "عائشہ"}, ppi=144)) == (400, 100)
    assert typeset(template, {"name": "आइशा"}, "pdf").startswith(b"%PDF-")


def test_typed_markup_is_printed_letter_for_letter(template):
    assert typeset(template, {"name": '#panic("x") *no* $ ] _a_'})


def test_narrow_space_is_drawn_as_a_plain_one(template):
    assert typeset(template, {"name": "5:04\u202fPM"}) == typeset(template, {"name": "5:04\u00a0PM"})


@pytest.mark.parametrize(
    "line",
    [
        '#import "@preview/cetz:0.3.1": *',
        '#import ("@pre" + "view/cetz:0.3.1"): *',
        '#let a = "@local/x:1.0.0"\n#import a: *',
        '#eval("1")',
    ],
)
def test_a_template_that_could_reach_the_network_is_refused(template, line):
    template.write_text(line + "\n" + PAGE, "utf-8")
    with pytest.raises(TemplateError, match="quotes"):
        typeset(template, {"name": "x"})


def test_a_template_reads_nothing_outside_its_folder(template):
    template.write_text('#read("/etc/hostname") #read("../x")', "utf-8")
    with pytest.raises(TemplateError):
        typeset(template, {})


def test_an_edited_template_is_read_again(template):
    before = typeset(template, {"name": "x"})
    template.write_text(PAGE.replace("200pt", "300pt"), "utf-8")
    assert size_of(typeset(template, {"name": "x"})) != size_of(before)


def test_a_mistake_in_a_template_names_the_file(template):
    template.write_text("#nothing", "utf-8")
    with pytest.raises(TemplateError, match=r"page\.typ"):
        typeset(template, {})


def test_many_threads_at_once(template):
    names = [f"گنگا رام {k}" for k in range(24)]
    with ThreadPoolExecutor(6) as pool:
        drawn = list(pool.map(lambda name: typeset(template, {"name": name}), names))
    assert drawn == [typeset(template, {"name": name}) for name in names]


def test_every_font_file_has_its_licence():
    for folder in (FONTS, FONTS.parent):
        licences = {file.stem.removeprefix("OFL-").replace("-", "") for file in folder.glob("OFL-*.txt")}
        for file in [*folder.glob("*.ttf"), *folder.glob("*.woff2")]:
            name = file.stem.lower().replace("-", "").split("_")[0]
            assert any(name.startswith(known) for known in licences), file.name
