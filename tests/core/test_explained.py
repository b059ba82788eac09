"""What commands say of themselves comes into the catalogues without a mark."""

import io

from loyalapp.core import explained

SOURCE = b'''"""A module."""

import click
from words import gettext as _


@click.group()
def main():
    """All of it."""


@main.command("go", help="Go on.")
@click.option("--far", help="How far.")
def go(far):
    """Not said to anybody."""
    print(_("Gone."))


def other():
    """Of the code alone."""
'''


def collected(source):
    return {text for _line, _function, text, _notes in explained.words(io.BytesIO(source), {"_": None}, (), {})}


def test_docstrings_of_commands_and_every_help_are_collected():
    assert collected(SOURCE) == {"All of it.", "Go on.", "How far.", "Gone."}


def test_other_modules_give_only_what_is_marked():
    assert collected(SOURCE.replace(b"import click\n", b"")) == {"Gone."}
