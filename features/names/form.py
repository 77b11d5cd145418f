"""The comparable form of a name: without legal form, marks and alphabet."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .letters import latin, sounding

# Longer names are cut: what is compared stays small, whatever is sent.
_LONGEST = 200
# Numbers shorter than this are no identifiers that tell a party.
_LEAST_NUMBER = 6


class Form(NamedTuple):
    """Names to compare by: arrays of text, one entry per name; empty without letter or digit.

    exact: its words in order. whole: all words as they sound, sorted. core: the same without words
    that every other firm has, such as trade; where nothing else is left, all. digits: the words
    that hold digits.
    """

    exact: np.ndarray
    whole: np.ndarray
    core: np.ndarray
    digits: np.ndarray

    def at(self, places: np.ndarray) -> "Form":
        """The names at these places."""
        return Form(*(part[places] for part in self))


def forms_of(names: Sequence[str]) -> Form:
    """The comparable forms of names in any alphabet."""
    parts = np.empty((4, len(names)), dtype=object)
    sound: dict[str, str] = {}  # the same words come again and again
    for at, name in enumerate(names):
        parts[:, at] = _form(name, sound)
    return Form(*parts)


def _form(name: str, sound: dict[str, str]) -> tuple[str, str, str, str]:
    words = _without_legal_form(latin(name[:_LONGEST]).split())
    for word in words:
        if word not in sound:
            sound[word] = sounding(word)
    whole = sorted(sound[word] for word in words)
    core = [word for word in whole if word not in _everyday()] or whole
    digits = (word for word in whole if not word.isalpha())
    return " ".join(words), " ".join(whole), " ".join(core), " ".join(digits)


def plain_number(text: str) -> str | None:
    """An identifier without marks, or None where it is too short to tell a party."""
    plain = text.casefold()
    if not plain.isalnum():
        plain = "".join(filter(str.isalnum, plain))
    return plain if len(plain) >= _LEAST_NUMBER else None


def _without_legal_form(words: list[str]) -> list[str]:
    """The words that are no legal form; all of them where nothing else would be left."""
    forms, longest, begins = _legal_forms()
    if begins.isdisjoint(words):
        return words
    kept, at = [], 0
    while at < len(words):
        most = min(longest, len(words) - at) if words[at] in begins else 0
        step = next((n for n in range(most, 0, -1) if tuple(words[at : at + n]) in forms), 0)
        if not step:
            kept.append(words[at])
        at += max(step, 1)
    return kept or words


@cache
def _legal_forms() -> tuple[frozenset[tuple[str, ...]], int, frozenset[str]]:
    """Legal forms as words, the number of words of the longest, and the words they begin with."""
    forms = frozenset(tuple(latin(row["form"]).split()) for row in _rows("legal_forms.csv"))
    return forms, max(map(len, forms)), frozenset(form[0] for form in forms)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(sounding(latin(row["word"])) for row in _rows("everyday_words.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
