"""A plugin's `plugin.toml`: read and checked without running any of its code."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loyalapp.core.i18n import LANGUAGES

API_VERSION = (1, 0)
ID = re.compile(r"[a-z][a-z0-9_]{2,31}\Z")
VERSION = re.compile(r"\d+\.\d+\.\d+\Z")
CLAUSE = re.compile(r"(>=|<=|==|>|<)\s*(\d+(?:\.\d+)*)\Z")
LARGEST_MANIFEST = 64 * 1024
NEWEST_FORMAT = 1


class BadManifest(ValueError):
    """The manifest cannot be used; the text says what is wrong, for the plugin's author."""


class NewerFormat(BadManifest):
    """The manifest is written in a way that only a newer LoyalApp understands."""


@dataclass(frozen=True)
class Manifest:
    """Who a plugin is, and what it needs."""

    id: str
    version: str
    api: str
    author: str
    license: str
    name: dict[str, str]
    summary: dict[str, str]
    icon: str = "plugin"
    needs: dict[str, str] = field(default_factory=dict)
    access: dict[str, dict[str, str]] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)

    def fits(self) -> bool:
        """Whether this program's plugin API lies in the range the plugin asks for."""
        return in_range(API_VERSION, self.api)


def read_manifest(folder: Path, *, any_name: bool = False) -> Manifest:
    """The manifest in a plugin's folder, which is called after the id (but where it waits: then with `any_name`).

    :raises BadManifest: if it is missing, unreadable or incomplete.
    """
    file = folder / "plugin.toml"
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadManifest(f"plugin.toml cannot be read: {error.strerror}") from error
    return parse_manifest(raw, None if any_name else folder.name)


def parse_manifest(raw: bytes, folder_name: str | None = None) -> Manifest:
    """The manifest in the bytes of a `plugin.toml`; the id must be the folder's name where there is a folder.

    :raises BadManifest: if it is unreadable or incomplete.
    """
    if len(raw) > LARGEST_MANIFEST:
        raise BadManifest("plugin.toml is larger than 64 kB")
    try:
        values = tomllib.loads(raw.decode("utf-8"))
    except ValueError as error:
        raise BadManifest(f"plugin.toml is not valid TOML: {error}") from error
    return _checked(values, folder_name)


def _checked(values: dict[str, Any], folder_name: str | None) -> Manifest:
    form = values.get("format", 1)
    if not isinstance(form, int) or form > NEWEST_FORMAT:
        raise NewerFormat(f"the format {form} of plugin.toml is newer than {NEWEST_FORMAT}")
    for key in ("id", "version", "api", "author", "license"):
        if not isinstance(values.get(key), str) or not values[key].strip():
            raise BadManifest(f"plugin.toml needs the text “{key}”")
    if not ID.match(values["id"]):
        raise BadManifest("the id is 3 to 32 small letters, digits and _, and begins with a letter")
    if folder_name is not None and values["id"] != folder_name:
        raise BadManifest(f"the folder must be called {values['id']}, like the id")
    if not VERSION.match(values["version"]):
        raise BadManifest("the version has three numbers, such as 1.0.0")
    in_range(API_VERSION, values["api"])
    return Manifest(
        id=values["id"],
        version=values["version"],
        api=values["api"],
        author=values["author"],
        license=values["license"],
        name=_in_three_languages(values, "name"),
        summary=_in_three_languages(values, "summary"),
        icon=str(values.get("icon", "plugin")),
        needs=_ranges(values, "needs"),
        access=_access(values),
        conflicts=_ranges(values, "conflicts"),
    )


def _in_three_languages(values: dict[str, Any], key: str) -> dict[str, str]:
    table = values.get(key)
    if not isinstance(table, dict) or any(
        not isinstance(table.get(one), str) or not table[one].strip() for one in LANGUAGES
    ):
        raise BadManifest(f"plugin.toml needs [{key}] in ur, hi and en")
    return {one: table[one].strip() for one in LANGUAGES}


def _ranges(values: dict[str, Any], key: str) -> dict[str, str]:
    table = values.get(key, {})
    if not isinstance(table, dict) or any(not isinstance(one, str) for one in table.values()):
        raise BadManifest(f"[{key}] names plugins, each with a range such as >=1.0,<2")
    for wanted in table.values():
        in_range(API_VERSION, wanted)
    return dict(table)


def _access(values: dict[str, Any]) -> dict[str, dict[str, str]]:
    table = values.get("access", {})
    if not isinstance(table, dict) or any(not isinstance(one, dict) for one in table.values()):
        raise BadManifest("[access.…] gives a reason in ur, hi and en")
    return dict(table)


def in_range(version: tuple[int, ...], wanted: str) -> bool:
    """Whether a version lies in a range such as `>=1.0,<2`.

    :raises BadManifest: if the range cannot be read.
    """
    return all(_holds(version, clause.strip()) for clause in wanted.split(","))


def _holds(version: tuple[int, ...], clause: str) -> bool:
    found = CLAUSE.match(clause)
    if not found:
        raise BadManifest(f"“{clause}” is not a range such as >=1.0,<2")
    bound = tuple(int(part) for part in found[2].split("."))
    length = max(len(version), len(bound))
    here, there = (one + (0,) * (length - len(one)) for one in (version, bound))
    return {">=": here >= there, "<=": here <= there, "==": here == there, ">": here > there, "<": here < there}[
        found[1]
    ]


def version_numbers(version: str) -> tuple[int, ...]:
    """`1.2.0` as numbers that can be compared."""
    return tuple(int(part) for part in version.split("."))
