"""What a model was worth for all shipments, where the truth is known: in a simulated world."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..examples import KEY
from ..metrics import CAPACITIES, evaluated, top
from .judged import Judged


@dataclass(frozen=True)
class Truth:
    """Figures against the truth for shipments that were inspected or not.

    model, by_declared_value: metrics of the rankings. recall: for each typology how many were
    diverted, and the share of these among the riskiest at each capacity.
    """

    model: Mapping[str, float]
    by_declared_value: Mapping[str, float]
    recall: Mapping[str, Mapping[str, float]]


def truth_of(asked: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Whether each asked declaration was diverted, and by which typology, on the same rows."""
    told = truth[[*KEY, "diverted", "typology"]]
    found = asked[KEY].merge(told, on=KEY, how="left", validate="1:1").set_axis(asked.index)
    if untold := int(found["diverted"].isna().sum()):
        raise ValueError(f"the truth says nothing of {untold:,} declarations: is it of this world?")
    return found.astype({"diverted": float}).fillna({"typology": ""})


def against_truth(everyone: Judged, truth: pd.DataFrame) -> Truth:
    """Measure against a table with `diverted` and `typology`; see `truth_of`."""
    told = truth_of(everyone.records, truth)
    labels = told["diverted"].to_numpy()
    days, value = everyone.days, everyone.value
    by_value = evaluated(labels, np.nan_to_num(value), days, value, are_risks=False)
    recall = _by_typology(told, everyone.risk)
    return Truth(evaluated(labels, everyone.risk, days, value), by_value, recall)


def _by_typology(told: pd.DataFrame, risk: np.ndarray) -> dict[str, dict[str, float]]:
    diverted = told["diverted"].to_numpy(dtype=bool)
    names = told["typology"].where(diverted, "").to_numpy()
    found: dict[str, dict[str, float]] = {}
    for name in sorted(set(names) - {""}, key=lambda name: (len(name), name)):
        rows = names == name
        found[name] = {"diverted": float(rows.sum())}
        for capacity in CAPACITIES:
            caught = rows[top(risk, capacity)].sum() / rows.sum()
            found[name][f"recall_at_{capacity * 100:g}"] = float(caught)
    return found
