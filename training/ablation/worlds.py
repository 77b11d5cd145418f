"""A world made ready: the signals of its shipments, computed once for all models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from shiprisk.features import SIGNALS, History, Records, signal_matrix

from ..examples import KEY, Examples, Past
from ..periods import Periods
from ..settings import Settings
from .families import Families, signals_of

# What a model is taught by: outcomes of inspections as they were known, or the truth.
OUTCOMES, TRUTH = "outcomes", "truth"

# With the truth known, honest shipments abound: every tenth of them is enough to learn from.
EVERY = 10

_NAMES = tuple(signal.name for signal in SIGNALS)


@dataclass(frozen=True)
class Lesson:
    """Examples to learn from: before the choice period, in it as scored then, before the test."""

    early: Examples
    choices: Examples
    all: Examples

    def told(self, families: Families) -> "Lesson":
        """The same with the signals of some families alone."""
        columns = [SIGNALS.index(signal) for signal in signals_of(families)]
        return Lesson(*(replace(part, matrix=part.matrix[:, columns])
                        for part in (self.early, self.choices, self.all)))  # fmt: skip


@dataclass(frozen=True)
class Taught:
    """A world to learn from and to be measured in.

    lessons: by what they are taught by. test: signals of all shipments of the test months, asked
    of a history whose outcomes end before them. rows: the same shipments, with `diverted`,
    `typology` and `network`.
    """

    lessons: Mapping[str, Lesson]
    test: np.ndarray
    rows: pd.DataFrame

    @property
    def diverted(self) -> np.ndarray:
        """Which shipments of the test months were diverted."""
        return self.rows["diverted"].to_numpy(dtype=bool)

    def test_told(self, families: Families) -> np.ndarray:
        """The signals of some families of the test months."""
        return self.test[:, [SIGNALS.index(signal) for signal in signals_of(families)]]


def taught(
    records: Records,
    truth: pd.DataFrame,
    by: Iterable[str],
    choose_from: date,
    test_from: date,
) -> Taught:
    """Make a world ready, to be taught by what is named, OUTCOMES or TRUTH.

    TrainingError where inspections found too little before its test months.
    """
    past = Past.of(records)
    periods = Periods.of(past.inspected, Settings(choose_from=choose_from, test_from=test_from))
    told = truth[[*KEY, "diverted", "typology", "network"]]
    declared = past.declarations.merge(told, on=KEY, how="left", validate="1:1")
    early = past.history_frozen_at(periods.choose_from)
    late = past.history_frozen_at(periods.choose_until)
    known = {OUTCOMES: past.inspected, TRUTH: _known_at_once(declared)}
    lessons = {name: _lesson(known[name], periods, early, late) for name in by}
    later = declared["declared_on"] >= pd.Timestamp(test_from)
    rows = declared[later].reset_index(drop=True)
    return Taught(lessons, signal_matrix(late.block(rows), _NAMES), rows)


def _known_at_once(declared: pd.DataFrame) -> pd.DataFrame:
    """What was diverted, as if it were known on the day: of the honest every tenth."""
    diverted = declared["diverted"].to_numpy(dtype=bool)
    kept = diverted | (np.arange(len(declared)) % EVERY == 0)
    return declared[kept].assign(known_on=declared["declared_on"], violation=diverted[kept])


def _lesson(frame: pd.DataFrame, periods: Periods, early: History, late: History) -> Lesson:
    """What a frame of known outcomes teaches; early and late: histories frozen at the periods."""
    known, chosen = frame[periods.before_test(frame)], frame[periods.choose(frame)]
    everything = Examples.of(known, late, _NAMES)
    return Lesson(
        everything.where(periods.fit(known)), Examples.of(chosen, early, _NAMES), everything
    )
