"""Which of many listed names are like a name, and how much.

Two names are compared as RapidFuzz's `ratio` (the share of letters that need no insertion or
deletion) of their cores, and to a fifth of all their words. To spare most comparisons, cores are
only compared where a word of one begins or ends like a word of the other: one typing error leaves
one of the two ends of a word of six letters whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from .form import Form, forms_of

# How much the core counts beside all words.
_CORE = 0.8
# Less alike than this is not alike at all. Of two cores less alike, no words could make up for it.
LEAST = 0.85
_LEAST_CORE = 100 * (LEAST - (1 - _CORE)) / _CORE
# Only the same name, but for its legal form and alphabet, counts in full.
_MOST = 0.99
_ENDS = 3
# Names looked up and pairs compared at once, and names whose matches are remembered: these bound
# the memory.
_NAMES_AT_ONCE, _PAIRS_AT_ONCE, _REMEMBERED = 5_000, 1_000_000, 300_000

# Of one name the places of listed names that are like it, and how much each is.
_Found = tuple[np.ndarray, np.ndarray]
_NOTHING: _Found = np.empty(0, dtype=np.int64), np.empty(0)


class Alike(NamedTuple):
    """Pairs of names: the place of the one that was asked for, of the listed one, and 0.85 to 1."""

    asked: np.ndarray
    listed: np.ndarray
    likeness: np.ndarray


@dataclass(frozen=True)
class NameIndex:
    """Listed names, ready to be compared with others."""

    forms: Form
    cores: "_Cores"
    # What was found for a name, once it was asked for.
    _found: dict[str, _Found] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, names: Sequence[str]) -> "NameIndex":
        """The index of some names, in any alphabet."""
        forms = forms_of(names)
        return cls(forms, _Cores.of(forms.core))

    def like(self, names: Sequence[str]) -> Alike:
        """Every listed name that is like one of the given ones, each of which is given once."""
        found = self._of_each(names)
        asked = np.repeat(np.arange(len(names)), [len(listed) for listed, _ in found])
        listed = np.concatenate([one for one, _ in found] or [np.empty(0, dtype=np.int64)])
        return Alike(asked, listed, np.concatenate([one for _, one in found] or [np.empty(0)]))

    def like_any(self, names: np.ndarray) -> np.ndarray:
        """Whether any listed name is like each of the given ones; none is like a missing one."""
        given = names.tolist()
        distinct = [name for name in dict.fromkeys(given) if name is not None]
        found = zip(distinct, self._of_each(distinct), strict=True)
        like_some = {name for name, (listed, _) in found if len(listed)}
        return np.array([name in like_some for name in given], dtype=bool)

    def _of_each(self, names: Sequence[str]) -> list[_Found]:
        known = {name: self._found.get(name) for name in names}
        fresh = self._looked_up([name for name, found in known.items() if found is None])
        if len(self._found) + len(fresh) > _REMEMBERED:
            self._found.clear()
        self._found.update(fresh)
        return [known[name] or fresh[name] for name in names]

    def _looked_up(self, names: Sequence[str]) -> dict[str, _Found]:
        fresh: dict[str, _Found] = {}
        for start in range(0, len(names), _NAMES_AT_ONCE):
            part = names[start : start + _NAMES_AT_ONCE]
            pairs = self._compared(forms_of(part))
            ends = np.searchsorted(pairs.asked, np.arange(len(part) + 1))
            for at, name in enumerate(part):
                cut = slice(ends[at], ends[at + 1])
                found = pairs.listed[cut], pairs.likeness[cut]
                fresh[name] = found if len(found[0]) else _NOTHING  # most names, so one for all
        return fresh

    def _compared(self, forms: Form) -> Alike:
        """The pairs in order of the names asked for, each listed name once for each of them."""
        asked = _Cores.of(forms.core)
        left, right, ratio = self.cores.like(asked)
        pair, names = asked.names_of(left)
        again, listed = self.cores.names_of(right[pair])
        names, ratio = names[again], ratio[pair][again]
        likeness = _likeness(forms.at(names), self.forms.at(listed), ratio)
        order = np.lexsort((listed, names))
        order = order[likeness[order] >= LEAST]
        return Alike(names[order], listed[order], likeness[order])


@dataclass(frozen=True)
class _Cores:
    """Distinct cores, the names that have each, and the cores by how their words begin and end."""

    texts: np.ndarray
    names: np.ndarray  # in order of their cores
    begins: np.ndarray  # of each core among the names
    by_end: dict[str, np.ndarray]

    @classmethod
    def of(cls, cores: np.ndarray) -> "_Cores":
        codes, texts = pd.factorize(cores)
        names = np.argsort(codes, kind="stable")
        begins = np.searchsorted(codes[names], np.arange(len(texts) + 1))
        by_end: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for end in _ends(text):
                by_end.setdefault(end, []).append(at)
        return cls(texts, names, begins, {end: np.array(at) for end, at in by_end.items()})

    def like(self, asked: "_Cores") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pairs of an asked and a listed core with their ratio (0 to 100), each pair once."""
        found = list(chain.from_iterable(self._blocks(asked)))
        if not found:
            none = np.empty(0, dtype=np.int64)
            return none, none, np.empty(0)
        left, right, ratio = (np.concatenate(part) for part in zip(*found, strict=True))
        _, first = np.unique(left * len(self.texts) + right, return_index=True)
        return left[first], right[first], ratio[first]

    def _blocks(
        self, asked: "_Cores"
    ) -> Iterator[Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]]:
        for end, left in asked.by_end.items():
            right = self.by_end.get(end)
            if right is not None:
                yield _ratios(asked.texts, left, self.texts, right)

    def names_of(self, cores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each of some cores its names: the place among the cores, and the name."""
        sizes = self.begins[cores + 1] - self.begins[cores]
        place = np.repeat(np.arange(len(cores)), sizes)
        within = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return place, self.names[self.begins[cores][place] + within]


def _ends(core: str) -> set[str]:
    words = core.split()
    return {"^" + word[:_ENDS] for word in words} | {word[-_ENDS:] + "$" for word in words}


def _ratios(
    asked: np.ndarray, left: np.ndarray, listed: np.ndarray, right: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The pairs of a block that are alike enough, a bounded number compared at once."""
    texts = listed[right]
    step = max(1, _PAIRS_AT_ONCE // len(right))
    for start in range(0, len(left), step):
        part = left[start : start + step]
        ratios = process.cdist(
            asked[part], texts, scorer=fuzz.ratio, score_cutoff=_LEAST_CORE, dtype=np.float64
        )
        row, column = np.nonzero(ratios)
        yield part[row], right[column], ratios[row, column]


def _likeness(asked: Form, listed: Form, core: np.ndarray) -> np.ndarray:
    """How alike names are whose cores are, 0 to 1."""
    whole = np.empty(0)
    if len(core):
        whole = process.cpdist(asked.whole, listed.whole, scorer=fuzz.ratio, dtype=np.float64)
    mixed = np.minimum((_CORE * core + (1 - _CORE) * whole) / 100, _MOST)
    # Plant 7 is not plant 8, however alike the words.
    mixed = np.where(asked.digits == listed.digits, mixed, 0.0)
    return np.where(asked.exact == listed.exact, 1.0, mixed)
