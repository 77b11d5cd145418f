"""The records on which two models are judged: later than what either knows, outcomes known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..errors import ComparisonError
from ..examples import KEY, Past

# Shipments of a day are judged once this share of outcomes would be known.
_IN_TIME = 0.95


@dataclass(frozen=True)
class Judged:
    """Inspected shipments on which models are judged, and what was known before them.

    past: the records. since, until: first day judged and first day no longer judged. rows: the
    inspected declarations of these days, in order. delay: the days within which nearly all outcomes
    are known. too_early, too_late: how many inspected shipments were left out because a model may
    have been trained on them, or because not all outcomes of their days can be known yet.
    """

    past: Past
    since: np.datetime64
    until: np.datetime64
    rows: pd.DataFrame
    delay: int
    too_early: int
    too_late: int

    @classmethod
    def of(
        cls, past: Past, known: Mapping[str, Mapping[str, Any]], since: date | None = None
    ) -> "Judged":
        """The records that may judge models, by what each (by version) says it was trained on.

        ComparisonError where there are none, or where `since` lies in what a model knows.
        """
        first = _first_day_unknown(known, since)
        declared, known_on = _days(past.inspected, "declared_on"), _days(past.inspected, "known_on")
        delay = _delay((known_on - declared).astype(int), past.inspected["violation"].to_numpy())
        until = min(known_on.max() - delay, declared.max()) + 1
        early, late = declared < first, declared >= until
        rows = past.inspected[~early & ~late]
        if not len(rows):
            raise ComparisonError(
                f"no inspected shipment can judge both models: they know the records before "
                f"{first}, and of shipments since {until} not all outcomes can be known yet (they "
                f"take up to {delay} days). Give later records, or train the challenger with "
                "--as-of an earlier day"
            )
        if (past.declarations["declared_on"] >= pd.Timestamp(first)).all():
            raise ComparisonError(
                f"the records begin on {past.declarations['declared_on'].min().date()}: give those "
                f"before {first} as well, in which both models look up what is known of a firm"
            )
        return cls(past, first, until, rows, delay, int(early.sum()), int((~early & late).sum()))

    @property
    def labels(self) -> np.ndarray:
        """1 where a violation was found."""
        return self.rows["violation"].to_numpy(dtype=np.float64)

    @property
    def days(self) -> np.ndarray:
        """The day of each shipment."""
        return _days(self.rows, "declared_on")

    def write(self, directory: Path) -> None:
        """Write what `shiprisk.serving.apart` reads: the past, without any outcome since then."""
        past = self.past
        known = past.inspected[past.inspected["known_on"] < pd.Timestamp(self.since)]
        tables = {
            "declared": past.declarations,
            "inspected": known,
            "traders": past.traders,
            "trade_statistics": past.trade_statistics,
            "listed_parties": past.listed_parties,
            "asked": past.declarations.merge(self.rows[KEY], on=KEY, how="right"),
        }
        for name, table in tables.items():
            if table is not None:
                table.to_parquet(directory / f"{name}.parquet", index=False)


def _first_day_unknown(known: Mapping[str, Mapping[str, Any]], since: date | None) -> np.datetime64:
    """The first day of which no model knows a declaration or an outcome, or a later one."""
    day, version = max(
        (np.datetime64(about[name], "D") + 1, version)
        for version, about in known.items()
        for name in ("last_day", "known_through")
    )
    if since is None:
        return day
    asked = np.datetime64(since, "D")
    if asked < day:
        raise ComparisonError(
            f"version {version} was trained on what was known before {day}: it cannot be judged on "
            f"shipments since {asked}; choose {day} or later"
        )
    return asked


def _delay(taken: np.ndarray, violation: np.ndarray) -> int:
    """The days within which nearly all outcomes are known, of violations and of clear ones.

    Of each by itself: where violations take longer to prove, the last days would show too few.
    """
    kinds = (taken[violation], taken[~violation])
    return max(int(np.quantile(k, _IN_TIME, method="higher")) for k in kinds if len(k))


def _days(frame: pd.DataFrame, column: str) -> np.ndarray:
    return frame[column].to_numpy().astype("datetime64[D]")
