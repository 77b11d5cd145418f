"""What was rejected, written down and summed up as it is found."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter
from pathlib import Path

import pandas as pd

from .rejections import Rejection, faults_of


@dataclass
class Kind:
    """Faults of one kind: their number, and the first of them."""

    faults: int
    example: str


@dataclass
class Rejected:
    """Takes rejections block by block; memory holds their sums only.

    into: where each rejected record goes with its faults as a JSON line, in the order of the rows;
    the file is made when there is one. rows: how many records of each table were rejected, however
    many faults they have. kinds: by column and by what was expected there.
    """

    into: Path | None = None
    rows: Counter[str] = field(default_factory=Counter)
    kinds: dict[tuple[str, str], Kind] = field(default_factory=dict)

    def add(self, rejections: Sequence[Rejection]) -> None:
        """Take what was left out of one block."""
        found = [one for one in rejections if len(one.faults)]
        if found and self.into is not None:
            self._write(found, self.into)
        for rejection in found:
            self.rows[rejection.faults["table"].iloc[0]] += len(rejection.originals)
        if found:
            self._count(faults_of(found))

    def _write(self, found: list[Rejection], into: Path) -> None:
        into.parent.mkdir(parents=True, exist_ok=True)
        with into.open("a" if self.rows else "w", encoding="utf-8") as file:
            for _, line in merge(*(one.lines() for one in found), key=itemgetter(0)):
                file.write(json.dumps(line) + "\n")

    def _count(self, faults: pd.DataFrame) -> None:
        for kind, alike in faults.groupby(["column", "expected"], sort=False):
            first = alike.iloc[0]
            example = f"row {first['row']}: {first['value']}"
            self.kinds.setdefault(kind, Kind(0, example)).faults += len(alike)
