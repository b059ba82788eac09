"""Makes a new plugin from the skeleton: a page, a table with its migration, a line on Today, words, and a test.

The skeleton lies in the folder `skeleton/`: each file as it will be, with `$id`, `$name_en`, … to be filled in.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from loyalapp.core.clock import now
from loyalapp.core.i18n import LANGUAGES
from loyalapp.core.paths import PACKAGE, shipped
from loyalapp.core.textkeys import plain
from loyalapp.plugin_system.loading import RESERVED
from loyalapp.plugin_system.manifest import ID

SKELETON = Path(__file__).with_name("skeleton")
UNWRITABLE = re.compile(r'["\\%${}<>]')
LONGEST_NAME = 60
# Where a file of the skeleton goes, if not to the place of the same name.
PLACES = {
    "templates/index.html": "templates/{id}/index.html",
    "templates/new.html": "templates/{id}/new.html",
    "translations/ur.po": "translations/ur/LC_MESSAGES/{id}.po",
    "translations/hi.po": "translations/hi/LC_MESSAGES/{id}.po",
    "migrations/first.py": "migrations/versions/{revision}.py",
    "tests/test_plugin.py": "tests/test_{id}.py",
}


def check_id(plugin_id: str) -> str:
    """The id, if a new plugin may have it.

    :raises ValueError: with the reason why not.
    """
    if not ID.match(plugin_id):
        raise ValueError("the id is 3 to 32 small letters, digits and _, and begins with a letter")
    taken = RESERVED | {one.name for home in (PACKAGE / "features", shipped("plugins")) for one in home.iterdir()}
    if plugin_id in taken:
        raise ValueError(f"the name {plugin_id} is taken by LoyalApp itself")
    return plugin_id


def check_name(name: str) -> str:
    """A name as it can be written into every file of the plugin.

    :raises ValueError: if it is empty, too long, or has signs that mean something in one of them.
    """
    cleaned = plain(name)
    if not cleaned or len(cleaned) > LONGEST_NAME or UNWRITABLE.search(cleaned):
        raise ValueError(f'a name has 1 to {LONGEST_NAME} letters, and none of " \\ % $ {{ }} < >')
    return cleaned


def make(home: Path, plugin_id: str, names: Mapping[str, str], author: str) -> Path:
    """Write a new plugin into a folder called after its id; answers the folder.

    :param names: its name in ur, hi and en.
    :raises ValueError: if the id, a name or the author cannot be used.
    :raises FileExistsError: rather than write into a folder that is there.
    """
    values = {f"name_{one}": check_name(names[one]) for one in LANGUAGES}
    values |= {"id": check_id(plugin_id), "author": check_name(author), "revision": f"{now():%Y_%m_%d}_first"}
    folder = home / plugin_id
    folder.mkdir(parents=True)
    for source in sorted(SKELETON.rglob("*.txt")):
        name = source.relative_to(SKELETON).as_posix().removesuffix(".txt")
        target = folder / PLACES.get(name, name).format(**values)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(source.read_text("utf-8")).substitute(values), "utf-8", newline="\n")
    return folder
