"""Labelled records: what inspections found, beside the declarations they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd

from shiprisk.features import NODES, History, Records, signals_of

from .evidence import Ask
from .settings import TrainingError

KEY = ["declaration_id", "item_number"]
OUTCOME = ["known_on", "violation", "selected_by", "selection_probability"]


def within(
    frame: pd.DataFrame, since: np.datetime64 | None = None, until: np.datetime64 | None = None
) -> pd.DataFrame:
    """The rows from one day on and before another, of a frame in order of days; none is copied."""
    days = frame["declared_on"].to_numpy()
    first = 0 if since is None else int(np.searchsorted(days, since))
    end = len(days) if until is None else int(np.searchsorted(days, until))
    return frame.iloc[first:end]


@dataclass(frozen=True)
class Past:
    """Everything known before a day: declarations, outcomes, register, statistics and list.

    declarations, inspected: in order of their days.

    inspected: the declarations that were inspected, with the columns of OUTCOME; how they were
    selected is missing where it was not recorded.
    """

    declarations: pd.DataFrame
    inspected: pd.DataFrame
    traders: pd.DataFrame | None
    trade_statistics: pd.DataFrame | None = None
    listed_parties: pd.DataFrame | None = None

    @classmethod
    def of(cls, records: Records) -> "Past":
        """The past that validated records tell, by day; TrainingError without outcomes."""
        if records.inspections is None or not len(records.inspections):
            raise TrainingError(
                "no outcomes: give a directory with an inspections table, or a mapping with [label]"
            )
        past = cls.with_or_without_outcomes(records)
        if not len(past.inspected):
            raise TrainingError("no outcome belongs to any of the declarations: check the keys")
        return past

    @classmethod
    def with_or_without_outcomes(cls, records: Records) -> "Past":
        """The same, also for records that were never inspected: enough for a history."""
        declarations = records.by_day().declarations
        found = records.inspections
        further = records.traders, records.trade_statistics, records.listed_parties
        if found is None:
            none = declarations.head(0).assign(known_on=pd.NaT, violation=False)
            return cls(declarations, none.reindex(columns=[*declarations, *OUTCOME]), *further)
        outcomes = found.reindex(columns=[*KEY, *OUTCOME])
        inspected = declarations.merge(outcomes, on=KEY, how="inner", validate="1:1")
        return cls(declarations, inspected, *further)

    def delayed(self, days: int) -> "Past":
        """The same with no outcome known sooner than so many days after its declaration."""
        soonest = self.inspected["declared_on"] + pd.Timedelta(days=days)
        known_on = self.inspected["known_on"].where(self.inspected["known_on"] >= soonest, soonest)
        return replace(self, inspected=self.inspected.assign(known_on=known_on))

    def before(self, day: np.datetime64) -> "Past":
        """What was declared and known before a day."""
        early = within(self.declarations, until=day)
        return replace(self, declarations=early, inspected=self._known_before(day))

    def history(self, earlier: History | None = None) -> History:
        """All of this past, to be looked up, and an earlier one where there is one."""
        if earlier is not None:
            return self._told_to(earlier, self.inspected)
        return self._whole

    def history_frozen_at(self, day: np.datetime64) -> History:
        """The history that a scorer would have from a day on: later declarations, no outcome."""
        return self._declared.extended(inspected=self._known_before(day))

    def asked(self, names: tuple[str, ...], frozen_at: np.datetime64 | None = None) -> Ask:
        """Tells signals of records, by all of this past or by the history frozen at a day."""
        known = self._whole if frozen_at is None else self.history_frozen_at(frozen_at)
        return partial(signals_of, history=known, names=names)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What it cannot show: nothing, for it is all there."""
        return ()

    def count(self, declarations: pd.DataFrame) -> int:
        """How many declarations these are: none is left out here."""
        return len(declarations)

    def tells_new(self, by: list[str]) -> bool:
        """Whether it can be told of a key when it was first declared: of any."""
        return True

    def seen_before(self, records: pd.DataFrame, by: list[str], day: np.datetime64) -> np.ndarray:
        """Whether the key of each record occurs in any declaration before a day."""
        by = [name for name in by if name in records]
        before = within(self.declarations, until=day)[by].drop_duplicates()
        keys = pd.MultiIndex.from_frame(before)
        seen: np.ndarray = pd.MultiIndex.from_frame(records[by]).isin(keys)
        return seen

    def ways_since(self, day: np.datetime64) -> pd.DataFrame:
        """Every declaration since a day."""
        return within(self.declarations, day)

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables behind all this, by name, as far as there are any."""
        tables = {
            "declarations": self.declarations,
            "inspected": self.inspected,
            "traders": self.traders,
            "trade_statistics": self.trade_statistics,
            "listed_parties": self.listed_parties,
        }
        return {name: table for name, table in tables.items() if table is not None}

    @cached_property
    def _whole(self) -> History:
        return self._declared.extended(inspected=self.inspected)

    @cached_property
    def _declared(self) -> History:
        """What was declared, without any outcome: the larger part of all these histories."""
        return self._told_to(History(NODES), None)

    def _told_to(self, start: History, inspected: pd.DataFrame | None) -> History:
        return start.extended(
            self.declarations, inspected, self.traders, self.trade_statistics, self.listed_parties
        )

    def _known_before(self, day: np.datetime64) -> pd.DataFrame:
        return self.inspected[self.inspected["known_on"] < pd.Timestamp(day)]


@dataclass(frozen=True)
class Examples:
    """Labelled rows of signals.

    matrix: rows × signals. labels: 1 where a violation was found. records: the same rows as
    declarations with their outcome.
    """

    matrix: np.ndarray
    labels: np.ndarray
    records: pd.DataFrame

    @classmethod
    def of(cls, inspected: pd.DataFrame, history: History, signals: tuple[str, ...]) -> "Examples":
        """The examples that inspected declarations make with what a history says of them."""
        return cls.asked(inspected, partial(signals_of, history=history, names=signals))

    @classmethod
    def asked(cls, inspected: pd.DataFrame, ask: Ask) -> "Examples":
        """The examples that inspected declarations make with what is told of them."""
        return cls(ask(inspected), inspected["violation"].to_numpy(dtype=np.float64), inspected)

    def where(self, rows: np.ndarray) -> "Examples":
        """The examples where a mask is true."""
        return Examples(self.matrix[rows], self.labels[rows], self.records[rows])
