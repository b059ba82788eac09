"""The one way in which a plugin's file is turned down: a code, and the values of its sentence."""

from typing import Any


class Refusal(Exception):
    """A plugin's file is not taken. The sentence of each code stands in features/plugin_page/refusals.py.

    :param details: what its maker wants to know, in English; shown folded up.
    """

    def __init__(self, code: str, *, details: str = "", **values: Any) -> None:
        super().__init__(f"{code} {values or ''} {details}".strip())
        self.code = code
        self.values = values
        self.details = details
