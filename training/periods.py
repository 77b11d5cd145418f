"""Forward in time: train, a gap of the label delay, choose, again a gap, test."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from .settings import Settings, TrainingError

# A period must hold so many violations and clear outcomes each, or nothing can be said of it.
LEAST = 5


@dataclass(frozen=True)
class Periods:
    """First days of the choice period, of the test period (None: there is none), and the end."""

    choose_from: np.datetime64
    test_from: np.datetime64 | None
    end: np.datetime64

    @classmethod
    def of(cls, inspected: pd.DataFrame, settings: Settings) -> "Periods":
        """Periods as set, or by shares of the labelled records in order of their days."""
        days = np.sort(inspected["declared_on"].to_numpy().astype("datetime64[D]"))
        test_from = settings.test_from or _quantile(days, 1 - settings.test_share)
        test_day = np.datetime64(test_from, "D") if settings.test else None
        before = days if test_day is None else days[days < test_day]
        choose_from = settings.choose_from or _quantile(before, 1 - settings.choose_share)
        end = days[-1] + np.timedelta64(1, "D")
        periods = cls(np.datetime64(choose_from, "D"), test_day, end)
        periods.check(inspected)
        return periods

    @property
    def choose_until(self) -> np.datetime64:
        """The first day after the choice period."""
        return self.end if self.test_from is None else self.test_from

    def fit(self, inspected: pd.DataFrame) -> np.ndarray:
        """The rows whose outcome was known before choices are made."""
        return _days(inspected, "known_on") < self.choose_from

    def choose(self, inspected: pd.DataFrame) -> np.ndarray:
        """The rows of the choice period whose outcome was known before the test period."""
        declared = _days(inspected, "declared_on")
        rows = (declared >= self.choose_from) & (declared < self.choose_until)
        if self.test_from is not None:
            rows &= _days(inspected, "known_on") < self.test_from
        return rows

    def before_test(self, inspected: pd.DataFrame) -> np.ndarray:
        """The rows whose outcome was known before the test period."""
        return _days(inspected, "known_on") < self.choose_until

    def test(self, inspected: pd.DataFrame) -> np.ndarray:
        """The rows of the test period."""
        return _days(inspected, "declared_on") >= self.choose_until

    def test_folds(self, inspected: pd.DataFrame, most: int) -> tuple[np.datetime64, ...]:
        """First days of stretches of the test period with about as many labelled rows each.

        So many as were asked for, or fewer where one would say too little.
        """
        rows = inspected[self.test(inspected)]
        days, found = _days(rows, "declared_on"), rows["violation"].to_numpy(dtype=bool)
        for count in range(most, 1, -1):
            starts = np.quantile(days.astype(np.int64), np.arange(count) / count, method="higher")
            first = np.unique(starts.astype("datetime64[D]"))
            stretch = np.searchsorted(first, days, side="right")
            least = np.bincount(stretch * 2 + found, minlength=2 * len(first) + 2)[2:].min()
            if least >= LEAST and len(first) == count:
                return (self.choose_until, *first[1:])
        return (self.choose_until,)

    def check(self, inspected: pd.DataFrame) -> None:
        """TrainingError where a period says too little."""
        named = {"training": self.fit(inspected), "choice": self.choose(inspected)}
        if self.test_from is not None:
            named["test"] = self.test(inspected)
        for name, rows in named.items():
            violations = int(inspected["violation"][rows].sum())
            clear = int(rows.sum()) - violations
            if min(violations, clear) < LEAST:
                raise TrainingError(
                    f"the {name} period holds {violations} violations and {clear} clear outcomes "
                    f"that were known in time, at least {LEAST} of each are needed; give more "
                    f"records or other days (choices from {self.choose_from}, test from "
                    f"{self.test_from})"
                )


def _days(frame: pd.DataFrame, column: str) -> np.ndarray:
    return frame[column].to_numpy().astype("datetime64[D]")


def _quantile(days: np.ndarray, share: float) -> date:
    """The first day after the given share of rows; the last day where there is no later one."""
    if not len(days):
        raise TrainingError("no outcome lies before the test period; let it begin later")
    return days[min(int(len(days) * share), len(days) - 1)].astype(date)
