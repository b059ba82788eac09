"""Sets cards and sheets with typst: Nastaliq and Devanagari shaped right, with our own fonts, without the network.

What people typed reaches a template as JSON values only and is never read as markup:
`#panic("x") *bold* $ #` comes out letter for letter.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).resolve().parents[1] / "web" / "static" / "fonts" / "ttf"
Format = Literal["png", "pdf"]

_per_thread = threading.local()
_COMMENT = re.compile(r"(?<!:)//.*")
_MAY_REACH_OUT = re.compile(r'\b(?:import|include)\s+(?!"[^@"])|\beval\s*\(|"@')
_NARROW_SPACE, _SPACE = "\u202f", "\u00a0"


class TemplateError(ValueError):
    """A template that would fetch a package from the network, or that typst cannot set (its own words are kept)."""


def typeset(
    template: Path,
    data: dict[str, Any],
    format: Format = "png",  # noqa: A002 -- the word typst itself uses
    ppi: float = 144,
    *,
    is_one_page: bool = False,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The finished page as PNG or PDF.

    :param template: a `.typ` file; it may import and read files of its own folder, and nothing outside of it.
    :param data: what the template finds as `json(bytes(sys.inputs.data))`.
    :param is_one_page: whether a second page of a PNG is a mistake, since nobody would see it.
    :param ppi: dots per inch of a PNG; 540 pt at 144 are 1080 dots.
    :param pictures: what the template finds beside it by these names, `image("name")`.
    :raises TemplateError: if the template wants the network or has a mistake.
    """
    template = Path(template).resolve()
    _refuse_network(template.parent, template.stat().st_mtime_ns)
    inputs = {"data": json.dumps(_clean(data), ensure_ascii=False)}
    with _beside(template, pictures) as here:
        try:
            made = _compiler().compile(str(here), root=str(here.parent), format=format, ppi=ppi, sys_inputs=inputs)
        except RuntimeError as error:
            raise TemplateError(f"{template.name}: {error}") from error
    pages = made if isinstance(made, list) else [made]
    if not pages or pages[0] is None:
        raise TemplateError(f"{template.name}: it sets no page")
    if is_one_page and len(pages) > 1:
        raise TemplateError(f"{template.name}: the words do not fit on one page")
    return pages[0]


@contextmanager
def _beside(template: Path, pictures: Mapping[str, bytes] | None) -> Iterator[Path]:
    """The template where the pictures lie beside it: a copy of its folder's templates, gone afterwards."""
    if not pictures:
        yield template
        return
    with TemporaryDirectory(prefix="loyalapp-") as made:
        folder = Path(made)
        for file in template.parent.glob("*.typ"):
            (folder / file.name).write_bytes(file.read_bytes())
        for name, content in pictures.items():
            (folder / name).write_bytes(content)
        yield folder / template.name


def _compiler() -> "typst.Compiler":
    """One per thread (a shared one raises "Already borrowed"); the fonts are read once for all."""
    import typst  # noqa: PLC0415 -- slow import

    found: typst.Compiler | None = getattr(_per_thread, "compiler", None)
    if found is None:
        nowhere = str(FONTS)  # packages are looked for where none are
        found = typst.Compiler(font_paths=_fonts(), package_path=nowhere, package_cache_path=nowhere)
        _per_thread.compiler = found
    return found


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415 -- slow import

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _refuse_network(folder: Path, changed: int) -> None:  # noqa: ARG001 -- an edited template is read again
    """A package import would reach for the network at once."""
    for file in sorted(folder.rglob("*.typ")):
        if _MAY_REACH_OUT.search(_COMMENT.sub("", file.read_text("utf-8"))):
            raise TemplateError(f"{file.name} may import files of its own folder alone, named in quotes")


def _clean(value: Any) -> Any:
    """The narrow no-break space of English times is in none of our fonts; a plain no-break space is."""
    if isinstance(value, str):
        return value.replace(_NARROW_SPACE, _SPACE)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
