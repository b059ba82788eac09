"""Packs a plugin's folder into a `.loyalplugin` file: the same folder always gives the same bytes."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

from loyalapp.core.paths import write_private
from loyalapp.plugin_system import signatures
from loyalapp.plugin_system.entry_names import check_name
from loyalapp.plugin_system.manifest import read_manifest
from loyalapp.plugin_system.package import CHECKSUMS, SIGNATURE, SUFFIX, listed, open_package
from loyalapp.plugin_system.refusal import Refusal

LEFT_OUT = frozenset({"__pycache__", "tests", "node_modules"})
LEFT_OUT_ENDINGS = (".mo", ".pyc", ".pot", ".part", "~", ".orig")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can hold
READABLE = 0o100644 << 16
UNIX = 3


def pack(folder: Path, target: Path | None = None, key_file: Path | None = None) -> Path:
    """Write `<id>-<version>.loyalplugin` beside the folder, or into `target` (a folder or a file's name).

    What only developers need (tests, compiled words, hidden files) stays out.

    :raises BadManifest: if the folder has no good `plugin.toml`.
    :raises Refusal: if the result would not be taken by any LoyalApp; nothing is left then.
    """
    manifest = read_manifest(folder)
    files = {name: path.read_bytes() for name, path in contents(folder).items()}
    checksums = checksums_of({name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()})
    files[CHECKSUMS] = checksums
    if key_file is not None:
        files[SIGNATURE] = signatures.sign(checksums, key_file)
    name = f"{manifest.id}-{manifest.version}{SUFFIX}"
    file = folder.parent / name if target is None else target / name if target.is_dir() else target
    _write(file, files)
    return file


def pack_again(folder: Path, target: Path) -> Path:
    """Write an installed plugin into the file it came in, with its checksums and its signature.

    :raises BadManifest: if the folder has no good `plugin.toml`.
    :raises Refusal: if it is not what was installed any more.
    """
    if not (folder / CHECKSUMS).is_file():  # put there by hand
        return pack(folder, target)
    manifest, checksums = read_manifest(folder), (folder / CHECKSUMS).read_bytes()
    names = [*listed(checksums), CHECKSUMS, *([SIGNATURE] if (folder / SIGNATURE).is_file() else [])]
    for name in names:
        check_name(name)
    gone = [name for name in names if not (folder / name).is_file()]
    if gone:
        raise Refusal("changed", name=gone[0], details=f"{manifest.id} {manifest.version}")
    _write(target, {name: (folder / name).read_bytes() for name in names})
    return target


def sign_package(file: Path, key_file: Path) -> None:
    """Put a signature into a packed plugin, or replace the one it has.

    :raises Refusal: if the file is not a whole plugin.
    """
    open_package(file, file.name)
    with zipfile.ZipFile(file) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    files[SIGNATURE] = signatures.sign(files[CHECKSUMS], key_file)
    _write(file, files)


def contents(folder: Path) -> dict[str, Path]:
    """The files of a plugin's folder that belong into its package, by their names there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part in LEFT_OUT or part.startswith(".") for part in parts)
        made = path.name.endswith(LEFT_OUT_ENDINGS) or parts in ((CHECKSUMS,), (SIGNATURE,))
        if not hidden and not made and (path.is_file() or path.is_symlink()):
            found["/".join(parts)] = path
    return found


def checksums_of(sums: dict[str, str]) -> bytes:
    """The content of `checksums.json`."""
    return json.dumps({"format": 1, "sha256": sums}, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def content_of(folder: Path) -> str:
    """What `Package.content` would be for this folder: the name of exactly this content."""
    kept = folder / CHECKSUMS
    if kept.is_file():
        return hashlib.sha256(kept.read_bytes()).hexdigest()
    sums = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in contents(folder).items()}
    return hashlib.sha256(checksums_of(sums)).hexdigest()


def _write(file: Path, files: dict[str, bytes]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = READABLE
            archive.writestr(entry, files[name])
    draft = file.with_name(f".{file.name}.draft")
    try:
        write_private(draft, made.getvalue())
        open_package(draft, file.name)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
