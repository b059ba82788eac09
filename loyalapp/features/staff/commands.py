"""The `loyalapp staff` command: an owner who forgot the PIN is let in again by whoever owns this computer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def add_to(group: click.Group, on_data: Callable[..., Any], opened: Callable[..., Any]) -> None:
    """Add the commands to `loyalapp staff`.

    :param on_data: the decorator with the options that say which data a command works on.
    :param opened: opens the app on that data.
    """

    @group.command("forget-pin")
    @click.argument("name", required=False, default="")
    @on_data
    def forget_pin(name: str, data_dir: Path | None, database_url: str | None) -> None:
        """Take the PIN of NAME away, or that of every owner; nothing else changes."""
        with opened(data_dir, database_url):
            from loyalapp.features.staff import pins  # noqa: PLC0415 -- --help answers at once

            for sentence in pins.forget(name):
                click.echo(sentence)
