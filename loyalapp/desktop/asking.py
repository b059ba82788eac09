"""Asks on the console for the password of encrypted data, as the window does on its first page."""

from pathlib import Path

import click

from loyalapp.core import sealing
from loyalapp.desktop.words import sentence

TRIES = 3


def password(language: str) -> str:
    """What was typed as the password or the recovery key; nobody sees it."""
    typed: str = click.prompt(sentence("password_asked", language), hide_input=True, default="", show_default=False)
    return typed


def is_opened(root: Path, language: str) -> bool:
    """Whether the data of a folder can be opened; where it is encrypted, by the computer's safe or the password."""
    if sealing.open_quietly(root):
        return True
    from loyalapp.features.safety import opening

    for _turn in range(TRIES):
        if opening.open_with(root, password(language)):
            return True
        click.echo(sentence("password_wrong", language), err=True)
    return False
