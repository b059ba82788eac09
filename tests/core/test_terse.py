"""Libraries come without their docstrings, our own modules and plugins with them; what was compiled is kept."""

import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from loyalapp.core import terse

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = '"""What it is for."""\n\n\ndef answer():\n    """What it says."""\n    return 1\n'


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library of one module, by the name of one of ours."""
    monkeypatch.setattr(terse, "LIBRARIES", frozenset({"longwinded"}))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "longwinded.py"
    file.write_text(WRITTEN)
    return file


def loaded(file, name="longwinded"):
    spec = terse.TerseFinder.find_spec(name, [str(file.parent)])
    return spec and spec.loader and (spec.loader, spec.loader.get_code(name))


def test_a_library_is_loaded_without_its_docstrings(library):
    _loader, code = loaded(library)

    room = {}
    exec(code, room)  # noqa: S102 -- what was just written

    assert (room.get("__doc__"), room["answer"].__doc__, room["answer"]()) == (None, None, 1)


def test_what_was_compiled_is_kept_apart_and_made_anew_when_the_library_changes(library):
    loaded(library)
    kept = Path(cache_from_source(str(library), optimization=terse.TERSE))
    before = kept.read_bytes()

    library.write_text(WRITTEN.replace("return 1", "return 1234"))
    _loader, code = loaded(library)
    room = {}
    exec(code, room)  # noqa: S102 -- what was just written

    assert (room["answer"](), kept.read_bytes() != before) == (1234, True)
    assert not Path(cache_from_source(str(library))).exists()


def test_everything_else_is_left_to_python(library):
    library.with_name("ours.py").write_text(WRITTEN)

    assert loaded(library.with_name("ours.py"), "ours") is None


def test_where_nothing_can_be_kept_python_loads_as_ever(library, monkeypatch):
    monkeypatch.setattr(terse.os, "access", lambda *_words: False)

    loader, _code = loaded(library)

    assert type(loader) is SourceFileLoader


def test_the_program_asks_for_it_before_its_libraries_come():
    asked = "import loyalapp.desktop, sys; sys.argv = ['loyalapp', '--version']; import loyalapp.__main__"
    tell = f"import atexit; atexit.register(lambda: print(__import__('click').Command.__doc__)); {asked}"

    said = subprocess.run(
        [sys.executable, "-c", tell], cwd=ROOT, env=without_restraint(), capture_output=True, text=True, check=True
    )

    assert said.stdout.split("\n")[-2:] == ["None", ""]


def without_restraint():
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
