"""What a model was worth on later records, for all and for what it had never seen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.models import RED, RiskModel

from .examples import Examples, Past
from .metrics import evaluated

GOODS_ROUTE = ["hs_code", "country_of_origin", "country_of_dispatch"]

# A group that holds fewer violations than this says nothing.
LEAST_VIOLATIONS = 5


@dataclass(frozen=True)
class Evaluation:
    """Metrics and the rows behind them.

    groups: metrics by group of shipments: `all`, `traders_never_seen`, `goods_route_never_seen`,
    `repeats` and `not_repeats` (whether an inspected shipment had the same goods, route and mass),
    `by_declared_value` (ranking by value alone), `without_owner_nationality`. risk and labels
    are those of all rows. selected_by_owner: the share of shipments in the red lane by whether an
    owner from a country of concern is on the register.
    """

    groups: Mapping[str, Mapping[str, float]]
    examples: Examples
    risk: np.ndarray
    selected_by_owner: Mapping[str, float]


def evaluate(model: RiskModel, examples: Examples, past: Past, since: np.datetime64) -> Evaluation:
    """Measure a model on examples of a period; what was seen before `since` is not new."""
    risk = model.risk(examples.matrix)
    without = model.risk_without_sensitive(examples.matrix)
    value = _column(examples.records, "customs_value_usd")
    groups = {"all": np.ones(len(risk), dtype=bool), **_groups(model, examples, past, since)}
    found = {name: _metrics(examples, risk, value, rows) for name, rows in groups.items()}
    everything = groups["all"]
    found["by_declared_value"] = _metrics(examples, _as_rank(value), value, everything)
    found["without_owner_nationality"] = _metrics(examples, without, value, everything)
    red = model.lanes.of(risk, without) == RED
    kept = {name: metrics for name, metrics in found.items() if metrics}
    return Evaluation(kept, examples, risk, _selected_by_owner(model, examples, red))


def _groups(
    model: RiskModel, examples: Examples, past: Past, since: np.datetime64
) -> dict[str, np.ndarray]:
    before = past.declarations[past.declarations["declared_on"] < pd.Timestamp(since)]
    new = np.isnan(examples.matrix[:, model.signals.index("identical_hit_rate")])
    repeats = {} if new.all() else {"repeats": ~new, "not_repeats": new}
    return {
        "traders_never_seen": ~_seen(examples.records, before, ["trader_id"]),
        "goods_route_never_seen": ~_seen(examples.records, before, GOODS_ROUTE),
        **repeats,
    }


def _metrics(
    examples: Examples, risk: np.ndarray, value: np.ndarray, rows: np.ndarray
) -> dict[str, float]:
    labels = examples.labels[rows]
    if labels.sum() < LEAST_VIOLATIONS:
        return {}
    days = examples.records["declared_on"].to_numpy().astype("datetime64[D]")[rows]
    return evaluated(labels, risk[rows], days, value[rows])


def _seen(records: pd.DataFrame, before: pd.DataFrame, by: list[str]) -> np.ndarray:
    """Whether the key of each record occurs among earlier declarations."""
    by = [name for name in by if name in records]
    return pd.MultiIndex.from_frame(records[by]).isin(pd.MultiIndex.from_frame(before[by]))


def _column(frame: pd.DataFrame, name: str) -> np.ndarray:
    return frame[name].to_numpy(dtype=float) if name in frame else np.full(len(frame), np.nan)


def _as_rank(value: np.ndarray) -> np.ndarray:
    """Values as numbers between 0 and 1 in the same order."""
    return np.argsort(np.argsort(np.nan_to_num(value), kind="stable")) / max(len(value), 1)


def _selected_by_owner(model: RiskModel, examples: Examples, red: np.ndarray) -> dict[str, float]:
    if "owned_from_concern_share" not in model.signals:
        return {}
    share = examples.matrix[:, model.signals.index("owned_from_concern_share")]
    groups = {"of_concern": share > 0, "other": share == 0, "unknown": np.isnan(share)}
    return {name: float(red[rows].mean()) for name, rows in groups.items() if rows.any()}
