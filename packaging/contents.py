"""What goes into the built program and what stays out: read by `loyalapp.spec`, and by the tests of the recipe.

Our own code goes in as files beside the libraries, with its bytecode: a start reads the addresses of pages from the
text of `views.py`, and plugins find the sdk where they find it everywhere. Libraries go into one archive.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from loyalapp import __version__  # noqa: E402 -- after the path is set
from loyalapp.plugin_system.borrowing import HARMFUL, LIBRARIES  # noqa: E402 -- the same

VERSION = __version__
OURS = {
    "loyalapp": "loyalapp",
    "plugins": "loyalapp/_bundled/plugins",
    "translations": "loyalapp/_bundled/translations",
}
NOT_SHIPPED = re.compile(r"(^|/)(__pycache__|_bundled)(/|$)|\.(mo|pot|pyc)$|(^|/)\.")
# Their facts are asked for by `importlib.metadata`.
TOLD_OF = ("pywebview", "QtPy", "PySide6_WebEngine", "flask", "alembic", "keyring")

# Parts of Python that no plugin may use, or that only programmers use.
NO_PART = {
    "idlelib",
    "turtledemo",
    "lib2to3",
    "ensurepip",
    "tkinter",
    "turtle",
    "test",
    "venv",
    "sqlite3",
    "this",
    "antigravity",
    "nis",
    "ossaudiodev",
    "spwd",
    "curses",
    "readline",
    "rlcompleter",
}
# Parts of libraries that nothing of ours asks for, by the start of their name.
NO_MODULE = (
    "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata", "setuptools", "pip", "wheel", "pytest",
    "_pytest", "numpy", "sqlalchemy.testing", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.mysql", "alembic.testing", "icalendar.tests", "babel.messages.frontend", "mypy",
    "webview.platforms.android", "webview.platforms.gtk", "PySide6.scripts", "tkinter", "pydoc_data", "_curses",
    "_curses_panel",
)  # fmt: skip

LOCALES = re.compile(r"babel/locale-data/(?!(?:root|en|ur|hi|ar)(?:_[A-Za-z0-9_]+)?\.dat$)[^/]+\.dat$")
ENGINE_WORDS = re.compile(r"qtwebengine_locales/(?!(?:en-US|en-GB|hi|ur)\.pak$)[^/]+$")
# Qt WebEngine without what is not used: its tools for programmers, words of other languages, sound and video from
# elsewhere, 3-D, pictures and databases of Qt itself, kinds of screens that a shop does not have.
NOT_USED = re.compile(
    r"qtwebengine_devtools_resources|\.debug\.(pak|bin)$|Qt/translations/qt(?!webengine)|Qt/qml/|"
    r"v8_context_snapshot\.debug|"
    r"plugins/(sqldrivers|multimedia|position|sensors|assetimporters|sceneparsers|geometryloaders|renderers|"
    r"renderplugins|qmltooling|qmllint|designer|texttospeech|webview|egldeviceintegrations|canbus|networkinformation|scxmldatamodel|"
    r"virtualkeyboard|printsupport/x)/|plugins/imageformats/libq(pdf|tiff|webp|icns|tga|wbmp)|"
    r"plugins/platforms/libq(eglfs|linuxfb|vnc|minimalegl|vkkhrdisplay|offscreen)|"
    r"libQt6(EglFS|Test|Sql|VirtualKeyboard|Pdf)|"
    r"plugins/platforminputcontexts/libqtvirtualkeyboard"
)
# What the window is made of, beside the parts of Qt that our code names.
WINDOW = frozenset({
    "QtCore", "QtDBus", "QtGui", "QtNetwork", "QtPrintSupport", "QtWebChannel", "QtWebEngineCore", "QtWebEngineWidgets",
    "QtWidgets",
})  # fmt: skip
OF_QT = re.compile(r"lib(Qt6|icu)")
# Libraries of the system that Python's own parts need; everything else of the system the package asks the system for.
PYTHONS_OWN = re.compile(
    r"lib(python3|ssl|crypto|ffi|bz2|lzma|uuid|z|expat|mpdec|gdbm|nsl|tirpc|ncursesw|tinfo|panelw|readline|db-)[\w.+-]*\.so"
)


def stays_out(name: str) -> bool:
    """Whether a file that PyInstaller found is left out of the bundle.

    :param name: its place in the bundle.
    """
    place = name.replace("\\", "/")
    return bool(LOCALES.search(place) or ENGINE_WORDS.search(place) or NOT_USED.search(place))


def is_of_system(source: str) -> bool:
    """Whether a shared library comes from this computer's system and is not part of Python."""
    is_there = source.startswith(("/lib/", "/usr/lib/", "/lib64/", "/usr/lib64/"))
    return is_there and not PYTHONS_OWN.match(Path(source).name)


def own_files() -> Iterator[tuple[Path, str]]:
    """Each file of ours, and its place in the bundle."""
    for name, place in OURS.items():
        for file in sorted((ROOT / name).rglob("*")):
            inside = file.relative_to(ROOT / name).as_posix()
            if file.is_file() and not NOT_SHIPPED.search(inside):
                yield file, f"{place}/{inside}"


def imported() -> set[str]:
    """Every module of a library that our code and the bundled plugins name in an import, also one inside a function."""
    found = set()
    for file, _ in own_files():
        if file.suffix == ".py":
            found |= set(_imports(ast.parse(file.read_bytes())))
    return {one for one in found if one.partition(".")[0] not in {"loyalapp", "plugins", "__future__", "pytest"}}


def _imports(tree: ast.Module) -> Iterator[str]:
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            yield from (name.name for name in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module and not one.level:
            yield one.module


def of_python() -> set[str]:
    """Python's own modules: a plugin may use any of them, though nothing of ours does."""
    return {one for one in sys.stdlib_module_names if one not in NO_PART and not one.startswith("_")}


def is_wanted(module: str) -> bool:
    """Whether a module of a library goes in."""
    return not any(module == one or module.startswith(f"{one}.") for one in NO_MODULE)


def for_plugins() -> Iterable[str]:
    """Libraries that a plugin may import whole, whatever our own code uses of them."""
    return sorted(LIBRARIES - set(HARMFUL))


def of_window() -> set[str]:
    """The modules of Qt that go in: pywebview's, and those that our own code names."""
    return {one.partition(".")[2].partition(".")[0] for one in imported() if one.startswith("PySide6.")} | WINDOW


def unreached(binaries: Sequence[tuple[str, str, str]], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """The places of Qt's libraries that nothing in the bundle loads (PyInstaller brings all that might be).

    :param binaries: place, source and kind, as PyInstaller lists them.
    :param needs: names of the libraries that a file loads.
    """
    of_qt = {Path(place).name: source for place, source, _ in binaries if OF_QT.match(Path(place).name)}
    modules = of_window()
    idle = {
        place
        for place, _, _ in binaries
        if re.fullmatch(r"PySide6/Qt\w+\.abi3\.so", place) and Path(place).name.partition(".")[0] not in modules
    }
    waiting = [source for place, source, _ in binaries if Path(place).name not in of_qt and place not in idle]
    reached: set[str] = set()
    while waiting:
        for name in set(needs(waiting.pop())) & set(of_qt) - reached:
            reached.add(name)
            waiting.append(of_qt[name])
    return idle | {place for place, _, _ in binaries if Path(place).name in set(of_qt) - reached}
