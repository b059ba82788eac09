"""Templates as Flask has them, without what Jinja does for templates that none of ours is like.

A page calls hundreds of plain functions, most of them for a word, and writes hundreds of values: the call of a word is
compiled to just that call, and what is written is not marked as safe only to be joined with the rest.
"""

from collections.abc import Callable, MutableMapping
from functools import cache
from keyword import iskeyword
from types import FunctionType
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape

PLAIN = (FunctionType, type(cache(len)))
TAKES_MORE = "jinja_pass_arg"  # Jinja's own mark of a function that wants to know who calls it
WORDS = ("gettext", "ngettext", "pgettext")
HANDED_ON = "yield from "
OURS = frozenset((*WORDS, "_", "url_for", "icon", "csrf_token"))  # plain functions on every page


class PlainCalls(Context):
    """Calls of plain functions and macros need none of what Jinja looks for, nor do globals that all files share."""

    def __init__(self, environment: Any, parent: Any, name: Any, blocks: Any, globals: Any = None) -> None:  # noqa: A002 -- Jinja calls it so
        super().__init__(environment, parent, name, blocks, None if globals is environment.globals else globals)

    def call(self, what: Callable[..., Any], /, *words: Any, **values: Any) -> Any:
        """What the function answers."""
        kind = type(what)
        if kind is not Macro and (kind not in PLAIN or TAKES_MORE in what.__dict__):
            return super().call(what, *words, **values)
        values.pop("_loop_vars", None)  # of Jinja, for those that take more
        values.pop("_block_vars", None)
        if kind is Macro:
            return self._written(what, words, values)
        try:
            return what(*words, **values)
        except StopIteration:
            return self.environment.undefined("a function came to its end too soon")

    def _written(self, macro: Any, words: tuple[Any, ...], values: dict[str, Any]) -> Any:
        """What a macro writes; where it takes nothing but words in their order they go straight to it."""
        lacking = macro._argument_count - len(words)  # noqa: SLF001 -- what its own way goes by
        if values or lacking < 0 or macro.caller or macro.catch_kwargs or macro.catch_varargs:
            return macro(self.eval_ctx, *words, **values)
        written = macro._func(*words, *(missing,) * lacking)  # noqa: SLF001 -- as above
        return str.__new__(Markup, written) if self.eval_ctx.autoescape else written


class PlainCode(CodeGenerator):
    """Compiles the call of a word, or of another plain function of ours, to just that, and what is written likewise."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 -- Jinja calls it so
        """A file; inside of it Jinja's word for escaping means ours."""
        super().visit_Template(node, frame)
        self.writeline("escape = environment.shown")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """One line; what a piece of a page writes is handed on as a whole, not word by word through all round it."""
        whole = f"yield concat({x.removeprefix(HANDED_ON)})" if x.startswith(HANDED_ON) else x
        super().writeline(whole, node, extra)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 -- Jinja calls it so
        """One call."""
        if forward_caller or not _is_ours(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for word in (*node.args, *node.kwargs):
            self.visit(word, frame)
            self.write(", ")
        self.write(")")


def _is_ours(call: nodes.Call) -> bool:
    """Whether it calls a plain function by a name that stands for it everywhere; plugins' words are among them."""
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    is_plain = name in OURS or name.rpartition("__")[2] in WORDS
    return is_plain and not (call.dyn_args or call.dyn_kwargs or any(iskeyword(one.key) for one in call.kwargs))


class Templates(Environment):
    """No template of ours has globals of its own: all share one plain dictionary, which is copied ten times faster."""

    context_class = PlainCalls
    code_generator_class = PlainCode
    form = 2  # of what templates are compiled to: what was kept in another form is compiled anew

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return super().make_globals(d) if d else self.globals

    @staticmethod
    def shown(value: Any) -> str:
        """A value as it is written into a page; what it is joined with does not ask whether it is marked as safe."""
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]  # -- it is a str
        return _escape_inner(value) if kind is str else escape(value)
