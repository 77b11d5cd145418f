"""A generated past with all that makes totals go wrong: ties, gaps, late outcomes, skew."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.features import read_records
from shiprisk.training import simulate
from shiprisk.training.examples import KEY, Past

SMALL_WORLD = Path(__file__).parents[2] / "small_world.toml"

# What may be missing in a record.
_GAPS = (
    "trader_id", "partner_id", "hs_code", "description", "country_of_origin",
    "country_of_dispatch", "customs_office", "net_mass_kg", "customs_value_usd", "packages",
)  # fmt: skip


def hard_past(directory: Path, declarations: int, seed: int = 7) -> Past:
    """Records of a small world, made harder.

    A tenth of all rows in one HS6 and a tenth of one trader, gaps in a twentieth of some columns,
    days of a hundred rows, some two years before the others, outcomes known up to a year later.
    """
    simulate(directory, declarations, seed, SMALL_WORLD)
    past = Past.with_or_without_outcomes(read_records(directory))
    random = np.random.default_rng(seed)
    declared = past.declarations.copy()

    def some(share: float) -> np.ndarray:
        return random.random(len(declared)) < share

    declared.loc[some(0.1), "hs_code"] = "8542310000"
    declared.loc[some(0.1), "trader_id"] = declared["trader_id"].iloc[0]
    for name in _GAPS:
        declared.loc[some(0.05), name] = None
    days = declared["declared_on"].drop_duplicates().sample(3, random_state=seed)
    busy = some(0.1)
    declared.loc[busy, "declared_on"] = np.resize(days.to_numpy(), busy.sum())
    declared.loc[some(0.05), "declared_on"] -= pd.Timedelta(days=800)  # before all controls
    outcomes = past.inspected.drop(columns=[name for name in declared if name not in KEY])
    inspected = declared.merge(outcomes, on=KEY)
    late = pd.to_timedelta(random.integers(0, 365, len(inspected)), "D").astype("timedelta64[s]")
    later = random.random(len(inspected)) < 0.3
    known_on = inspected["known_on"].mask(later, inspected["declared_on"] + late)
    return replace(past, declarations=declared, inspected=inspected.assign(known_on=known_on))
