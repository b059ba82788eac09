"""Templates as Flask has them, without a layer of names that none of ours uses and every drawing would walk through."""

from collections.abc import Callable, MutableMapping
from functools import cache
from types import FunctionType
from typing import Any

from flask.templating import Environment
from jinja2.runtime import Context, Macro

PLAIN = (FunctionType, type(cache(len)))
TAKES_MORE = "jinja_pass_arg"  # Jinja's own mark of a function that wants to know who calls it


class PlainCalls(Context):
    """A page calls hundreds of plain functions, most of them for a word: they need none of what Jinja looks for."""

    def call(self, what: Callable[..., Any], /, *words: Any, **values: Any) -> Any:
        """What the function answers."""
        kind = type(what)
        if kind is Macro:
            words = (self.eval_ctx, *words)
        elif kind not in PLAIN or TAKES_MORE in what.__dict__:
            return super().call(what, *words, **values)
        values.pop("_loop_vars", None)  # of Jinja, for those that take more
        values.pop("_block_vars", None)
        try:
            return what(*words, **values)
        except StopIteration:
            return self.environment.undefined("a function came to its end too soon")


class Templates(Environment):
    """No template of ours has globals of its own: all share one plain dictionary, which is copied ten times faster."""

    context_class = PlainCalls

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return super().make_globals(d) if d else self.globals
