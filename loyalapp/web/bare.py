"""An app without data: the same door, languages and looks, for pages that are shown while the real one cannot be."""

from pathlib import Path
from typing import Any

from flask import Flask
from markupsafe import Markup

from loyalapp.core import i18n
from loyalapp.core.paths import PACKAGE, DataFolder, shipped
from loyalapp.plugin_system import templates
from loyalapp.web import door, shell
from loyalapp.web.addresses import House


class NoPlugins:
    """None are loaded."""

    def owner_of(self, endpoint: str | None) -> None:  # noqa: ARG002 -- as the registry of plugins has it
        return None

    def is_removed(self, endpoint: str | None) -> bool:  # noqa: ARG002 -- as above
        return False


def bare_app(data: DataFolder, language: str, run: Any, **further: Any) -> Flask:
    """The app with door and shell only.

    :param run: what the app shares with its window and server. :param further: more for `app.extensions`.
    """
    app = House(
        "loyalapp", static_folder=str(PACKAGE / "web" / "static"), template_folder=str(PACKAGE / "web" / "templates")
    )
    app.config.update(
        SECRET_KEY=data.secret_key(),
        PROPAGATE_BUGS=False,
        LANGUAGE=language,
        FIRM=False,  # nobody knows it, and its questions are not to be asked
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    app.extensions.update(
        {
            "loyalapp": run,
            "loyalapp.data": data,
            "loyalapp.plugins": NoPlugins(),
            "loyalapp.screen": Markup,
            "loyalapp.language_was_chosen": lambda chosen: app.config.update(LANGUAGE=chosen),
            "loyalapp.open_file": _no_page,
            **further,
        }
    )
    i18n.install(app, shipped("translations"), data.work, data.root / "languages")
    door.install(app, data.secret_key())
    templates.install(app)
    shell.install(app)
    return app


def _no_page(_file: Path) -> str:
    """A file that the program was started with has to wait."""
    return "/"
