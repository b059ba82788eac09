"""Plugins made for one test: a folder, and the same as a `.loyalplugin` file, good or hostile in one way."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from loyalapp.core.db import db
from loyalapp.plugin_system import packing
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.installer import Installer
from loyalapp.plugin_system.package import open_package
from loyalapp.plugin_system.refusal import Refusal

MANIFEST = """\
id = "{id}"
version = "{version}"
api = "{api}"
author = "Meera Joshi"
license = "MIT"
{more}
[name]
en = "Stock reminder"
ur = "اسٹاک یاد دہانی"
hi = "स्टॉक याद"
[summary]
en = "Reminds you of what runs out."
ur = "یاد دلاتا ہے کہ کیا ختم ہو رہا ہے۔"
hi = "याद दिलाता है कि क्या ख़त्म हो रहा है।"
{tables}
"""
CODE = '"""Says hello on a page."""\n\nfrom loyalapp.sdk import blueprint, hookimpl\n\nbook = blueprint("{id}")\n\n\n'
PAGE = '@book.get("/")\ndef show():\n    return "hello of {version}"\n\n\n@hookimpl\ndef pages():\n    return book\n'
FIRST = '''"""The first table."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}


def upgrade():
    {up}


def downgrade():
    {down}
'''


def manifest(plugin_id: str = "stock", version: str = "1.0.0", api: str = ">=1.0,<2", more: str = "", tables: str = ""):
    """The text of a plugin.toml."""
    return MANIFEST.format(id=plugin_id, version=version, api=api, more=more, tables=tables)


def folder(home: Path, plugin_id: str = "stock", version: str = "1.0.0", **said: str) -> Path:
    """A plugin with one page; made anew where it is there already."""
    place = home / plugin_id
    place.mkdir(parents=True, exist_ok=True)
    (place / "plugin.toml").write_text(manifest(plugin_id, version, **said), "utf-8")
    (place / "plugin.py").write_text((CODE + PAGE).format(id=plugin_id, version=version), "utf-8")
    return place


def add_migration(place: Path, revision: str, before: str | None, up: str, down: str = "pass") -> None:
    """One more migration of a plugin's folder."""
    versions = place / "migrations" / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    text = FIRST.format(revision=revision, before=before, up=up, down=down)
    (versions / f"{revision}.py").write_text(text, "utf-8")


def add_table(place: Path) -> None:
    """A table with two rows."""
    up = (
        f'op.create_table("plg_{place.name}_item", sa.Column("id", sa.Integer(), primary_key=True), '
        f'sa.Column("what", sa.Text()))\n    op.execute("INSERT INTO plg_{place.name}_item (what) '
        "VALUES ('rice'), ('آٹا')\")"
    )
    add_migration(place, "2026_11_21_first", None, up, f'op.drop_table("plg_{place.name}_item")')


def parcel(home: Path, plugin_id: str = "stock", version: str = "1.0.0", key: Path | None = None, **said: str) -> Path:
    """The good plugin as a file."""
    return packing.pack(folder(home / "source", plugin_id, version, **said), home, key)


def zipped(file: Path, files: dict[str, bytes], *, entries=(), listed: dict[str, bytes] | None = None) -> Path:
    """A zip of these files with right checksums, and further entries (ZipInfo, content) as they are.

    :param listed: what the checksums are made of, if not of the files.
    """
    sums = {name: hashlib.sha256(raw).hexdigest() for name, raw in (files if listed is None else listed).items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in {**files, "checksums.json": packing.checksums_of(sums)}.items():
            archive.writestr(name, raw)
        for info, raw in entries:
            archive.writestr(info, raw)
    return file


def contents(**said: str) -> dict[str, bytes]:
    """The files of the smallest plugin."""
    return {"plugin.toml": manifest(**said).encode(), "plugin.py": b'"""Nothing."""\n'}


def renamed(file: Path, old: bytes, new: bytes) -> Path:
    """The same zip with other raw bytes where a name stands; `zipfile` would not write such a name."""
    assert len(old) == len(new)
    raw = file.read_bytes()
    assert raw.count(old) >= 2
    file.write_bytes(raw.replace(old, new))
    return file


def with_flag(file: Path, flag: int) -> Path:
    """The same zip with a flag set on every entry."""
    raw = bytearray(file.read_bytes())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", raw, at + place)
            struct.pack_into("<H", raw, at + place, flags | flag)
            at = raw.find(sign, at + 1)
    file.write_bytes(raw)
    return file


def refused(file: Path, called: str = "") -> Refusal:
    with pytest.raises(Refusal) as caught:
        open_package(file, called)
    return caught.value


def hostile(tmp_path, name: str, raw: bytes = b"x", **options) -> Refusal:
    return refused(zipped(tmp_path / "bad.loyalplugin", {**contents(), name: raw}, **options))


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


# ---- on their way ----


def door(app) -> Installer:
    return Installer(app.extensions["loyalapp.data"], registry(app))


def look(app, file):
    return door(app).examine(door(app).stage(io.BytesIO(file.read_bytes()), file.name))


def put_in(app, file) -> bool:
    """Looked at and installed, without the trial run."""
    return door(app).install(look(app, file))


def refusal_of(verb, *words, **named) -> str:
    """The code with which a step is refused."""
    with pytest.raises(Refusal) as caught:
        verb(*words, **named)
    return caught.value.code


def running(app, plugin_id="stock"):
    plugin = registry(app).plugins[plugin_id]
    return plugin.status, plugin.manifest.version


def rows(app):
    with db.engine.connect() as link:
        return sorted(link.execute(text("SELECT what FROM plg_stock_item")).scalars())
