"""Which names may stand inside a `.loyalplugin` file: those that mean the same on every system, and nothing hidden.

`zipfile` itself is too friendly: it lets `../../evil.txt` land silently in the root, leaves a backslash that is a path
on Windows, lets the last of two equal names win and `Manifest.JSON` stand beside `manifest.json`.
"""

import re
import unicodedata
from collections.abc import Iterable

from loyalapp.plugin_system.refusal import Refusal

LONGEST_PATH, DEEPEST = 180, 12
FOLDERS = frozenset({"data", "designs", "help", "migrations", "static", "templates", "translations", "vendor"})
FILES = re.compile(r"[\w-]+\.(?:py|toml|json|md|txt|csv|svg|png)\Z|(?:LICEN[CS]E|NOTICE|README|CHANGELOG|AUTHORS)\Z")
PROGRAMS = re.compile(
    r".+\.(?:exe|dll|so|pyd|dylib|bat|ps1|psm1|cmd|sh|com|msi|scr|vbs|lnk|jar|app|pyc)(?:\.\d+)*\Z", re.IGNORECASE
)
ARCHIVES = re.compile(r".+\.(?:zip|whl|egg|loyalplugin|tar|gz|tgz|bz2|xz|zst|7z|rar|cab|iso|pyz)\Z", re.IGNORECASE)
RESERVED = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3])\Z", re.IGNORECASE
)
BEGINNINGS = {  # what a file begins with, whatever its name says
    "program": (b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
    "archive": (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!"),
}


def check_name(name: str) -> None:
    """Refuse a name that is not a plain path of this plugin.

    :raises Refusal: `name`, `long_name`, `program` or `archive`.
    """
    parts = name.removesuffix("/").split("/")
    if len(name) > LONGEST_PATH or len(parts) > DEEPEST:
        raise Refusal("long_name", name=name[:LONGEST_PATH])
    if not all(map(_is_plain, parts)):
        raise Refusal("name", name=name)
    if name.endswith("/"):
        return
    if PROGRAMS.match(name):
        raise Refusal("program", name=name)
    if ARCHIVES.match(name):
        raise Refusal("archive", name=name)


def _is_plain(part: str) -> bool:
    """One step of a path: no `..`, drive, device, hidden sign, or end that Windows drops."""
    if part in ("", ".", "..") or part != part.strip() or part.endswith("."):
        return False
    if any(sign in '\\:<>"|?*' or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in part):
        return False
    return RESERVED.match(part.split(".", 1)[0].strip()) is None


def check_top(names: Iterable[str]) -> None:
    """Refuse what a plugin's folder does not hold.

    :raises Refusal: `folder_inside` where the folder itself was zipped, `stranger` for anything else.
    """
    tops = {(name.split("/", 1)[0], "/" in name) for name in names}
    for top, is_folder in sorted(tops):
        if not (top in FOLDERS if is_folder else FILES.match(top)):
            wrapped = len(tops) == 1 and is_folder and f"{top}/plugin.toml" in set(names)
            raise Refusal("folder_inside" if wrapped else "stranger", name=top)


def check_twice(names: Iterable[str]) -> None:
    """Refuse names that some system takes for one: equal, or equal but for capitals or the way letters are composed.

    :raises Refusal: `twice`.
    """
    seen: dict[str, str] = {}
    files: set[str] = set()
    for name in names:
        if (key := _key(name.removesuffix("/"))) in files or (not name.endswith("/") and key in seen):
            raise Refusal("twice", name=name)
        parts = name.removesuffix("/").split("/")
        for step in range(1, len(parts) + 1):
            path = "/".join(parts[:step])
            if seen.setdefault(_key(path), path) != path or (step < len(parts) and _key(path) in files):
                raise Refusal("twice", name=name)
        if not name.endswith("/"):
            files.add(key)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def check_beginning(name: str, beginning: bytes) -> None:
    """Refuse programs and archives under another name, by their first bytes.

    :raises Refusal: `program` or `archive`.
    """
    for code, signs in BEGINNINGS.items():
        if beginning.startswith(signs):
            raise Refusal(code, name=name)
