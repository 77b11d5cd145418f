"""What all strategies share: the declarations, what was known before, and what would be found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from shiprisk.features import SIGNALS, History, Records, signals_of

from ..comparison.selectors import rests_on_outcomes
from ..evaluation.truth import truth_of
from ..examples import Examples, Past
from ..settings import TrainingError
from ..world import Scenario, findings
from .learning import Learner

_NAMES = tuple(signal.name for signal in SIGNALS)
_RESTING = np.array([rests_on_outcomes(name) for name in _NAMES])
_WEEK = np.timedelta64(7, "D")


@dataclass(frozen=True)
class Week:
    """A week: its place from 0, its first day, its rows, and whether a model is trained before."""

    number: int
    first_day: np.datetime64
    rows: slice
    retrains: bool


@dataclass(frozen=True)
class Stage:
    """The last months of a world, to be lived again.

    declarations: their goods items, by day. told: of the same rows `diverted` (the truth), and
    `known_on` and `violation` (what an inspection would write down, and when). before: the outcomes
    of what was declared earlier, as the office selected then, with their signals. declared: the
    history of all declarations without an outcome; totals are strictly before the day. given: the
    signals of the declarations that rest on no outcome, the same for all strategies.
    """

    declarations: pd.DataFrame
    told: pd.DataFrame
    before: Examples
    declared: History
    given: np.ndarray
    first_day: np.datetime64

    @classmethod
    def of(
        cls, records: Records, truth: pd.DataFrame, scenario: Scenario, seed: int, months: int
    ) -> "Stage":
        """The last months of a world's records; TrainingError where nothing lies before them."""
        past = Past.of(records)
        day = past.declarations["declared_on"]
        begin = (day.max().to_period("M") - (months - 1)).start_time
        if not (day < begin).any():
            raise TrainingError(f"nothing lies before {begin.date()}: replay fewer months")
        lived = (day >= begin).to_numpy()
        truly = truth_of(past.declarations, truth)
        told = findings(past.declarations, truly, scenario, seed)
        told = told.assign(diverted=truly["diverted"] > 0)
        declared = replace(past, inspected=past.inspected.head(0)).history()
        early = past.inspected[past.inspected["declared_on"] < begin]
        asked = past.declarations[lived].reset_index(drop=True)
        return cls(
            asked,
            told[lived].reset_index(drop=True),
            Examples.of(early, declared.extended(inspected=early), _NAMES),
            declared,
            signals_of(asked, declared, tuple(np.array(_NAMES)[~_RESTING].tolist())),
            np.datetime64(begin.date(), "D"),
        )

    def weeks(self) -> Iterator[Week]:
        """The whole weeks, in order; a model is trained before the first one of each month."""
        days = self.declarations["declared_on"].to_numpy().astype("datetime64[D]")
        end, trained = days[-1] + 1, None
        for number in range(int((end - self.first_day) / _WEEK)):
            first_day = self.first_day + number * _WEEK
            low, high = np.searchsorted(days, [first_day, first_day + _WEEK])
            month = first_day.astype("datetime64[M]")
            yield Week(number, first_day, slice(int(low), int(high)), bool(month != trained))
            trained = month

    def inspected(self, rows: np.ndarray) -> pd.DataFrame:
        """Declarations of these rows with what their inspection wrote down, and when."""
        outcomes = self.told[["known_on", "violation"]]
        return self.declarations.iloc[rows].join(outcomes)

    def known(self, before: np.datetime64, chosen: np.ndarray) -> pd.DataFrame:
        """The inspected declarations whose outcome was known before a day."""
        everything = pd.concat([self.before.records, self.inspected(chosen)], ignore_index=True)
        return everything[everything["known_on"] < pd.Timestamp(before)]

    def matrix(self, rows: slice, known: pd.DataFrame) -> np.ndarray:
        """The signals of rows, of which outcomes no others than the given ones are known."""
        matrix = np.empty((rows.stop - rows.start, len(_NAMES)))
        matrix[:, ~_RESTING] = self.given[rows]
        resting = tuple(np.array(_NAMES)[_RESTING].tolist())
        history = self.declared.extended(inspected=known)
        matrix[:, _RESTING] = signals_of(self.declarations.iloc[rows], history, resting)
        return matrix

    def examples(self, before: np.datetime64, chosen: np.ndarray, matrix: np.ndarray) -> Examples:
        """What a model can learn from on a day: earlier outcomes and those of the chosen rows.

        matrix: the signals of the chosen rows, as they were when they were chosen.
        """
        rows = self.inspected(chosen)
        labels = np.concatenate([self.before.labels, rows["violation"].to_numpy(dtype=float)])
        records = pd.concat([self.before.records, rows], ignore_index=True)
        everything = Examples(np.vstack([self.before.matrix, matrix]), labels, records)
        return everything.where((records["known_on"] < pd.Timestamp(before)).to_numpy())

    @cached_property
    def learner(self) -> Learner:
        """How models are fitted here: what is chosen is chosen once, on what was known before."""
        known = self.before.records["known_on"] < pd.Timestamp(self.first_day)
        return Learner.of(self.before.where(known.to_numpy()))
