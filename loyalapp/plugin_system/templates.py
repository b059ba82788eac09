"""Binds `_`, `ngettext`, … in a plugin's templates to the plugin's own words when the template is compiled.

A `_` handed in with the context would not do: base layout, `super()` and included core templates would then speak
the plugin's words. Here the owner of the template's name decides, so each file speaks its own catalogue.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from flask import Flask
from jinja2 import nodes
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.ext import InternationalizationExtension
from jinja2.lexer import Token

from loyalapp import __version__
from loyalapp.core.i18n import Texts, template_words

NAMES = {"_": "gettext", "gettext": "gettext", "ngettext": "ngettext", "pgettext": "pgettext"}


class PluginWords(InternationalizationExtension):
    """Renames the translating functions in the templates of a plugin."""

    priority = 200  # after Flask-Babel's own extension: the last one owns the tag

    def owner(self, template: str | None) -> str | None:
        """The plugin that owns a template, by the first folder of its name."""
        first = (template or "").split("/", 1)[0]
        return first if first in getattr(self.environment, "loyalapp_plugins", ()) else None

    def filter_stream(self, stream: Any) -> Iterator[Token]:
        owner, before = self.owner(stream.name), None
        for token in stream:
            mine = owner and token.type == "name" and token.value in NAMES and before != "dot"
            before = token.type
            yield Token(token.lineno, "name", f"{owner}__{NAMES[token.value]}") if mine else token

    def parse(self, parser: Any) -> Any:
        made, owner = super().parse(parser), self.owner(parser.name)
        for node in [made] if isinstance(made, nodes.Node) else made:
            for name in node.find_all(nodes.Name):
                if owner and name.name in NAMES:
                    name.name = f"{owner}__{NAMES[name.name]}"
        return made


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates kept between starts, which halves the way to the first page; a full disk does no harm."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def install(app: Flask) -> None:
    """Make the app's templates listen to their owners, and keep them compiled."""
    folder, form = str(app.extensions["loyalapp.data"].work), getattr(app.jinja_env, "form", 0)
    app.jinja_env.bytecode_cache = CompiledTemplates(folder, f"template-{__version__}-{form}-%s.cache")
    app.jinja_env.loyalapp_plugins = set()  # type: ignore[attr-defined]  # -- read by PluginWords
    app.jinja_env.add_extension(PluginWords)
    words = template_words(app.extensions["babel"].instance.domain_instance)
    app.jinja_env.globals.update(words, _=words["gettext"])


def speak_plugin_words(app: Flask, plugin_id: str, texts: Texts) -> None:
    """From now on templates under `<plugin_id>/` speak these words."""
    app.jinja_env.loyalapp_plugins.add(plugin_id)  # type: ignore[attr-defined]  # -- made in install
    app.jinja_env.globals.update({f"{plugin_id}__{name}": word for name, word in template_words(texts).items()})
