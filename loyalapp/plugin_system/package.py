"""A `.loyalplugin` file: everything that can be known of it before any of its code runs.

It is a zip whose root is the content of the plugin's folder, with `checksums.json` (the sha256 of every other file) and
perhaps `signature.json`. Sizes are first believed and then counted: each byte is read once before anything is said.
"""

import hashlib
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loyalapp.plugin_system.entry_names import check_beginning, check_name, check_top, check_twice
from loyalapp.plugin_system.manifest import LARGEST_MANIFEST, BadManifest, Manifest, NewerFormat, parse_manifest
from loyalapp.plugin_system.refusal import Refusal

SUFFIX = ".loyalplugin"
MANIFEST, CHECKSUMS, SIGNATURE = "plugin.toml", "checksums.json", "signature.json"
LARGEST_PACKED, LARGEST_UNPACKED, MOST_ENTRIES, HIGHEST_RATIO = 20_000_000, 100_000_000, 2_000, 100
LARGEST_LIST = 1_000_000
SMALL = 100_000  # bytes; a short file of blanks packs well and is no bomb
PIECE = 1 << 16
LOCKED = 0x1 | 0x40 | 0x2000
UTF8 = 0x800
DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, LookupError, OverflowError)
NAMED = re.compile(r"([a-z][a-z0-9_]{2,31})-(\d+\.\d+\.\d+)(?![0-9]|\.[0-9])")


@dataclass(frozen=True)
class Package:
    """One file that passed every check that needs nothing but the file. Sizes in bytes, `content` is a sha256."""

    file: Path
    manifest: Manifest
    packed: int
    unpacked: int
    content: str
    checksums: bytes
    signature: bytes | None

    @property
    def fingerprint(self) -> str:
        """What two people can compare on the phone."""
        return fingerprint(self.content)


def fingerprint(digest: str) -> str:
    """The first sixteen signs of a sha256, in groups of four."""
    return " ".join(digest[start : start + 4].upper() for start in range(0, 16, 4))


def open_package(file: Path, called: str = "") -> Package:
    """Read and check a file.

    :param called: the name it came with, which must not promise another plugin.
    :raises Refusal: with the first thing that is wrong.
    """
    packed = file.stat().st_size
    if packed > LARGEST_PACKED:
        raise Refusal("big")
    try:
        return _looked_through(file, packed, called)
    except OSError as error:  # zipfile was sent to a place before the file's beginning
        raise Refusal("damaged", details=str(error)) from error


def _looked_through(file: Path, packed: int, called: str) -> Package:
    with _opened(file) as archive:
        entries = _entries(archive, packed)
        manifest = _manifest(archive, entries)
        _check_called(called, manifest)
        _check_folders(entries, manifest.id)
        found = {name: _sum(archive, entry) for name, entry in entries.items()}
        checksums = _small(archive, entries, CHECKSUMS)
        _compare(listed(checksums), found)
        signature = _small(archive, entries, SIGNATURE) if SIGNATURE in entries else None
    unpacked = sum(entry.file_size for entry in entries.values())
    return Package(file, manifest, packed, unpacked, hashlib.sha256(checksums).hexdigest(), checksums, signature)


def unpack(package: Package, folder: Path) -> None:
    """Write its files into a new folder, counting and comparing once more; the folder is flushed to disk.

    :raises Refusal: if the file is not the one that was checked.
    """
    with _opened(package.file) as archive:
        for name, entry in _entries(archive, package.packed).items():
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("xb") as stream:
                for piece in _pieces(archive, entry):
                    stream.write(piece)
                stream.flush()
                os.fsync(stream.fileno())
    if hashlib.sha256((folder / CHECKSUMS).read_bytes()).hexdigest() != package.content:
        raise Refusal("changed", name=CHECKSUMS)
    sums = {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file()
    }
    _compare(listed(package.checksums), {name: one for name, one in sums.items() if name not in (CHECKSUMS, SIGNATURE)})


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with file.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                raise Refusal("not_a_plugin")
        with zipfile.ZipFile(file) as archive:
            yield archive
    except DAMAGES as error:
        raise Refusal("damaged", details=str(error)) from error


def _entries(archive: zipfile.ZipFile, packed: int) -> dict[str, zipfile.ZipInfo]:
    """The files of the archive by name, folders left out, once nothing about any entry is strange."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refusal("many")
    names = [_checked_name(entry) for entry in entries]
    for entry in entries:
        _check_kind(entry)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refusal("big_unpacked")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
            raise Refusal("bomb")
    if sum(entry.compress_size for entry in entries) > packed:
        raise Refusal("damaged", details="entries lie over each other")
    check_twice(names)
    files = {name: entry for name, entry in zip(names, entries, strict=True) if not name.endswith("/")}
    if not files:
        raise Refusal("not_a_plugin")
    check_top(files)
    return files


def _checked_name(entry: zipfile.ZipInfo) -> str:
    """`filename` was already mended by zipfile; `orig_filename` is what stands in the file."""
    name = entry.orig_filename
    if not name.isascii() and not entry.flag_bits & UTF8:
        raise Refusal("name", name=name)
    check_name(name)
    return name


def _check_kind(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & LOCKED:
        raise Refusal("locked")
    mode = entry.external_attr >> 16
    is_folder = entry.filename.endswith("/")
    kind = stat.S_IFMT(mode)
    wanted = stat.S_IFDIR if is_folder else stat.S_IFREG
    if kind not in (0, wanted) or mode & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX):
        raise Refusal("special", name=entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or (is_folder and entry.file_size):
        raise Refusal("damaged", details=f"{entry.filename} is packed in a way nobody uses")


def _manifest(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> Manifest:
    if MANIFEST not in entries:
        raise Refusal("no_manifest")
    try:
        return parse_manifest(_small(archive, entries, MANIFEST, LARGEST_MANIFEST))
    except NewerFormat as error:
        raise Refusal("newer_format", details=str(error)) from error
    except BadManifest as error:
        raise Refusal("bad_manifest", details=str(error)) from error


def _small(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str, largest: int = LARGEST_LIST
) -> bytes:
    if name not in entries:
        raise Refusal("no_checksums")
    if entries[name].file_size > largest:
        raise Refusal("bad_manifest", details=f"{name} is too large")
    return b"".join(_pieces(archive, entries[name]))


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one entry, counted while they come; the first of them say what it really is."""
    count = 0
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            if not count:
                check_beginning(entry.filename, piece)
            count += len(piece)
            if count > entry.file_size:
                raise Refusal("bomb")
            yield piece
    if count != entry.file_size:
        raise Refusal("damaged", details=f"{entry.filename} is shorter than it says")


def _sum(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    made = hashlib.sha256()
    for piece in _pieces(archive, entry):
        made.update(piece)
    return made.hexdigest()


def listed(checksums: bytes) -> dict[str, str]:
    """The sums in a `checksums.json`, by the names of the files.

    :raises Refusal: `no_checksums`.
    """
    try:
        listed = json.loads(checksums.decode("utf-8"))["sha256"]
        return {str(name): str(one) for name, one in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal("no_checksums", details=str(error)) from error


def _compare(listed: dict[str, str], found: dict[str, str]) -> None:
    for name in sorted((listed.keys() | found.keys()) - {CHECKSUMS, SIGNATURE}):
        if listed.get(name) != found.get(name):
            raise Refusal("changed", name=name)


def _check_called(called: str, manifest: Manifest) -> None:
    """A file called `stock-1.2.0.loyalplugin`, perhaps with ` (1)` behind it, holds just that."""
    promised = NAMED.match(Path(called).name)
    if promised and promised.groups() != (manifest.id, manifest.version):
        raise Refusal("other_name", name=promised[0], id=f"{manifest.id}-{manifest.version}")


def _check_folders(entries: dict[str, zipfile.ZipInfo], plugin_id: str) -> None:
    """Templates and words of a plugin stand under its own id."""
    for name in entries:
        parts = name.split("/")
        if parts[0] == "templates" and (len(parts) < 3 or parts[1] != plugin_id):
            raise Refusal("other_folder", name=name, id=plugin_id)
        if parts[0] == "translations" and parts[-1].endswith((".po", ".mo")) and Path(name).stem != plugin_id:
            raise Refusal("other_folder", name=name, id=plugin_id)
