"""What changed since the training period, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import beta

from shiprisk.models import RiskModel

from .bins import Bins
from .hubs import ALL, Hubs, ways_of, with_all
from .reference import LANES, Counted, Reference, lanes_at
from .spread import stability_index

# The probability that a part of the report alarms although nothing changed; there are four parts.
FALSE_ALARM = 0.01
# Less than this is no change worth a person's time, however sure: in the stability index (the
# usual line between a small and a moderate change), as a multiple of a lane's share, as a part of a
# heading's firms, and of those of all listed headings.
MOVED, LANE_TIMES, OF_HEADING, OF_ALL = 0.1, 1.5, 0.1, 0.02
# A signal alarms where its index times its part of the trees' gain is at least this: one that the
# model hardly asks must have moved far, and what only grows with the records does not alarm.
MATTERS = 0.005


@dataclass(frozen=True)
class Outcomes:
    """Inspections at random: shipments, violations found, and how many the risks led to expect.

    low, high: between them the rate of violations lies, but for `FALSE_ALARM`. needed: inspections
    from which on a rate of half or one and a half times what is expected would be noticed.
    """

    inspected: int
    found: int
    expected: float
    low: float
    high: float
    needed: int

    @property
    def drifted(self) -> bool:
        """Whether what was found cannot well be what was expected."""
        return not self.low <= self.expected <= self.high


def signals_drift(reference: Reference, model: RiskModel, matrix: np.ndarray) -> pd.DataFrame:
    """Each signal's change: family, weight (part of the trees' gain), index, chance,
    missing_before, missing_now, moved, and drifted: moved, and it matters to the model.
    """
    signals, rows = model.declared_signals, {}
    for signal, values in zip(signals, matrix.T, strict=True):
        before = reference.signals[signal.name]
        missing = {"missing_before": before.missing, "missing_now": float(np.isnan(values).mean())}
        moved = _moved(before, before.bins.counts(values), len(signals))
        rows[signal.name] = {"family": signal.family, **moved, **missing}
    table = pd.DataFrame.from_dict(rows, orient="index").rename(columns={"drifted": "moved"})
    gain = model.booster.feature_importance("gain")
    table.insert(1, "weight", gain / max(gain.sum(), 1e-9))
    matters = table["weight"] * table["index"]
    table = table.assign(drifted=table["moved"] & (matters >= MATTERS))
    return table.loc[matters.sort_values(ascending=False, kind="stable").index]


def risk_drift(reference: Reference, risk: np.ndarray) -> dict[str, float | bool]:
    """The change of the risks as a whole: index, chance, drifted."""
    return _moved(reference.risk, reference.risk.bins.counts(risk), 2)


def lanes_drift(reference: Reference, lanes: np.ndarray) -> pd.DataFrame:
    """The share of shipments by lane before and now, and whether it drifted."""
    now = reference.lanes.bins.counts(lanes_at(lanes))
    before = np.array(reference.lanes.counts)
    chance = reference.lanes.spread.chance(before, now)
    shares = pd.DataFrame(
        {"before": before[: len(LANES)] / before.sum(), "now": now[: len(LANES)] / now.sum()},
        index=list(LANES),
    )
    times = (shares["now"] + 1e-9) / (shares["before"] + 1e-9)
    far = np.maximum(times, 1 / times) >= LANE_TIMES
    return shares.assign(drifted=far & (chance < FALSE_ALARM / 2))


def hubs_drift(reference: Hubs, listed: pd.DataFrame) -> pd.DataFrame:
    """Countries of dispatch by heading and over all listed headings: firms, share_before,
    share_now, chance, gained, drifted.
    """
    before_of, now_of = (with_all(ways) for ways in (reference.ways, ways_of(listed)))
    rows = []
    for heading, ways in now_of.items():
        before = before_of.get(heading, {})
        of_all = np.array([sum(before.values()), sum(ways.values())])
        for country in sorted({*ways, *before}):
            some = np.array([before.get(country, 0), ways.get(country, 0)])
            chance = reference.spread.chance(*_in_and_out(some, of_all))
            shares = some / np.maximum(of_all, 1)
            rows.append((heading, country, int(some[1]), *shares.tolist(), chance))
    columns = ["heading", "country", "firms", "share_before", "share_now", "chance"]
    table = pd.DataFrame(rows, columns=columns)
    gained = table["share_now"] - table["share_before"]
    least = np.where(table["heading"] == ALL, OF_ALL, OF_HEADING)
    of_its_kind = (table["heading"] == ALL).groupby(table["heading"] == ALL).transform("size")
    sure = table["chance"] < FALSE_ALARM / 2 / of_its_kind
    table = table.assign(gained=gained, drifted=sure & (gained.abs() >= least))
    return table.sort_values("gained", ascending=False, kind="stable", ignore_index=True)


def outcomes_drift(violation: np.ndarray, risk: np.ndarray) -> Outcomes | None:
    """What random inspections found beside what their risks led to expect; None without any."""
    inspected, found = len(violation), int(violation.sum())
    if not inspected:
        return None
    each = FALSE_ALARM / 2  # Clopper and Pearson: never narrower than it says
    low = float(beta.ppf(each, found, inspected - found + 1)) if found else 0.0
    high = float(beta.ppf(1 - each, found + 1, inspected - found)) if found < inspected else 1.0
    expected = float(risk.mean())
    # Half of the expected rate is told from it where it lies 2.6 + 0.8 standard errors away.
    needed = int(np.ceil(3.4**2 * (1 - expected) / max(expected, 1e-9) / 0.25))
    return Outcomes(inspected, found, expected, low, high, needed)


def missing_by_family(signals: pd.DataFrame) -> pd.DataFrame:
    """The mean share of signals without a value before and now, by family."""
    shares: Mapping[str, str] = {"before": "missing_before", "now": "missing_now"}
    by_family = signals.groupby("family", sort=True)
    return pd.DataFrame({name: by_family[of].mean() for name, of in shares.items()})


def compared_counts(before: Counted, values: np.ndarray) -> tuple[Bins, np.ndarray, np.ndarray]:
    """The bins, and the shares of shipments in each before and now."""
    counts, now = np.array(before.counts), before.bins.counts(values)
    return before.bins, counts / counts.sum(), now / max(now.sum(), 1)


def _moved(before: Counted, now: np.ndarray, tested: int) -> dict[str, float | bool]:
    counts = np.array(before.counts)
    index, chance = stability_index(counts, now), before.spread.chance(counts, now)
    drifted = index >= MOVED and chance < FALSE_ALARM / tested
    return {"index": index, "chance": chance, "drifted": drifted}


def _in_and_out(some: np.ndarray, of_all: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shipments through a country and through others, before and now."""
    return np.array([some[0], of_all[0] - some[0]]), np.array([some[1], of_all[1] - some[1]])
