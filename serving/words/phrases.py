"""What evidence says in English words, such as `the same heading`, in another language."""

import re
import string
from collections.abc import Mapping
from typing import NamedTuple


class _Phrase(NamedTuple):
    """A phrase with places for what stays as it is. english: fits exactly such a phrase."""

    english: re.Pattern[str]
    told: str


class Phrases:
    """The phrases of a language by the place in a sentence where they stand."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """texts: by keys such as `evidence.direction.import`; all others are left out."""
        self._by_place: dict[str, list[_Phrase]] = {}
        for key, told in texts.items():
            if key.startswith("evidence."):
                _, place, english = key.split(".", 2)
                self._by_place.setdefault(place, []).append(_Phrase(_fitting(english), told))

    def of(self, place: str, said: str) -> str:
        """The phrase in this language; what is no phrase of the place stays as it is."""
        for phrase in self._by_place.get(place, ()):
            if found := phrase.english.fullmatch(said):
                return phrase.told.format(**found.groupdict())
        return said


def _fitting(english: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(english)
    fitting = [re.escape(text) + (f"(?P<{name}>.+)" if name else "") for text, name, _, _ in parts]
    return re.compile("".join(fitting), re.DOTALL)
