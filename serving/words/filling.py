"""Templates filled in with numbers as a language writes them."""

import string
from numbers import Real
from typing import Any

_NO_BREAK = "\N{NO-BREAK SPACE}"

# What stands in each language for the signs of a number in English; days stay as they are.
_SIGNS = {
    "en": {},
    "ru": {",": _NO_BREAK, ".": ",", "%": f"{_NO_BREAK}%"},
    "kk": {",": _NO_BREAK, ".": ",", "%": f"{_NO_BREAK}%"},
}


class Filler(string.Formatter):
    """Fills in templates. Only the template is read for places, never what is put into them."""

    def __init__(self, language: str, unknown: str) -> None:
        self._signs = str.maketrans(_SIGNS[language])
        self._unknown = unknown

    def filled(self, template: str, **evidence: Any) -> str:
        """The template with its evidence; KeyError where some is lacking."""
        return self.vformat(template, (), evidence)

    def format_field(self, value: Any, format_spec: str) -> str:
        """A piece of evidence; None reads as unknown, whatever its format."""
        if value is None:
            return self._unknown
        told = format(value, format_spec)
        return told.translate(self._signs) if isinstance(value, Real) else told
