"""Which totals are wanted of the past, as a table that the search works through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..block import Block
from ..keys import composites
from .bins import bins_of
from .entries import UNIT
from .search import NO_DAY, TAKES, look_up
from .shelf import Shelf


class Question(NamedTuple):
    """One total: its key, where it stands on a shelf, how far back, and how it is taken."""

    by: tuple[str, ...]
    place: int
    column: int = 0
    days: int | None = None
    take: str = "total"
    ranked: str = ""


@dataclass(frozen=True)
class Asked:
    """A set of totals that are looked up together.

    names: of the totals. fields: the columns and facts that make up keys. ranked: the numbers that
    are ranked. by: int64, distinct keys × fields of each. table: int64, see `search.look_up`.
    """

    names: tuple[str, ...]
    fields: tuple[str, ...]
    ranked: tuple[str, ...]
    by: np.ndarray
    table: np.ndarray

    @classmethod
    def of(cls, questions: Mapping[str, Question]) -> "Asked":
        """The totals by name."""
        ordered = dict(sorted(questions.items(), key=lambda item: item[1].place))
        keys = list(dict.fromkeys(question.by for question in ordered.values()))
        fields = tuple(dict.fromkeys(field for key in keys for field in key))
        ranked = tuple(dict.fromkeys(q.ranked for q in ordered.values() if q.ranked))
        by = np.full((len(keys), max(map(len, keys), default=0)), -1, dtype=np.int64)
        for at, key in enumerate(keys):
            by[at, : len(key)] = [fields.index(field) for field in key]
        table = [
            (
                keys.index(q.by), q.place, q.column, q.days or 0, TAKES[q.take],
                ranked.index(q.ranked) if q.ranked else -1,
            )
            for q in ordered.values()
        ]  # fmt: skip
        return cls(
            tuple(ordered), fields, ranked, by, np.array(table, dtype=np.int64).reshape(-1, 6)
        )

    def answered(self, shelves: Sequence[Shelf], block: Block) -> dict[str, np.ndarray]:
        """Each total for each record: float64, or days for first and last.

        Missing where a part of the key is missing; 0 (or no day) where the key was never seen.
        """
        parts, absent = block.key_parts(self.fields)
        keys, whole = composites(parts, absent, self.by)
        order = np.argsort(keys, axis=1)
        bins = self._bins(block)
        dated = self.table[:, 4] >= TAKES["first_day"]
        found = np.zeros((len(self.names), block.rows), dtype=np.int64)
        found[dated] = NO_DAY
        days = block["declared_on"].astype(np.int64)
        for shelf in shelves:
            look_up(self.table, keys, order, days, bins, found, shelf.bounds, *shelf.arrays)
        known = whole[self.table[:, 0]] & (bins[self.table[:, 5]] >= 0)
        numbers = np.where(known, found / UNIT, np.nan)
        first_days = found.view("datetime64[D]")
        return {
            name: first_days[at] if dated[at] else numbers[at] for at, name in enumerate(self.names)
        }

    def _bins(self, block: Block) -> np.ndarray:
        """The bin of each ranked number, -1 where it is missing; a row of 0 for all others."""
        bins = np.zeros((len(self.ranked) + 1, block.rows), dtype=np.int64)
        for at, name in enumerate(self.ranked):
            values = block[name]
            bins[at] = np.where(np.isnan(values), -1, bins_of(np.nan_to_num(values)))
        return bins
