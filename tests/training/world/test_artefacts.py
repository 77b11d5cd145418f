"""The label cannot be read off how the world was made: numbers, order, rounding, missing cells."""

from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from shiprisk.training.world import Scenario, simulate

AMOUNTS = ["net_mass_kg", "gross_mass_kg", "customs_value_usd"]
MAY_LACK = [*AMOUNTS, "previous_hs_code", "description", "partner_id", "trading_country",
            "incoterms", "border_office", "procedure"]  # fmt: skip
CUT = "2023-07-01"
MOST_AUC = 0.55


def digits(identifiers: pd.Series) -> pd.Series:
    """The last digits of identifiers as a number."""
    return identifiers.str.extract(r"(\d{1,6})$")[0].astype(float)


def artefacts(declared: pd.DataFrame) -> pd.DataFrame:
    """What says nothing about trade: only how a record was numbered, rounded and filled in."""
    day = declared.groupby("declared_on")
    made = {
        "place in the day": day.cumcount() / day["hs_code"].transform("size"),
        "number": digits(declared["declaration_id"]) % 1000,
        "serial of the firm": digits(declared["trader_id"]),
        "serial of the partner": digits(declared["partner_id"]),
        "letters": declared["description"].str.len(),
        "digits of the earlier code": declared["previous_hs_code"].str.len(),
    }
    made |= {f"cents of {name}": (declared[name] * 100).round() % 100 for name in AMOUNTS}
    # Whether goods are counted in pieces at all is trade; whether the count was left out is not.
    count = declared["supplementary_quantity"]
    made["no count"] = count.isna() & count.groupby(declared["hs_code"]).transform("any")
    made |= {f"no {name}": declared[name].isna() for name in MAY_LACK}
    return pd.DataFrame(made).astype(float)


def test_artefacts_do_not_tell_diversion_of_firms_never_seen(tmp_path: Path) -> None:
    """Imports of firms first met after the cut, in three worlds."""
    aucs = []
    for seed in (1, 2, 3):
        simulate(tmp_path, 100_000, seed, Scenario.load("default").scaled(3))
        declared = pd.read_parquet(tmp_path / "declarations.parquet")
        diverted = pd.read_parquet(tmp_path / "truth.parquet")["diverted"].to_numpy()
        # Which leg a row is on is trade, not an artefact, and decides which cells are empty.
        imports = (declared["direction"] == "import").to_numpy()
        made = artefacts(declared)
        early = (declared["declared_on"] < CUT).to_numpy()
        new = ~early & ~declared["trader_id"].isin(declared["trader_id"][early]).to_numpy()
        train, test = early & imports, new & imports
        model = lgb.LGBMClassifier(n_estimators=100, num_leaves=15, n_jobs=1, verbose=-1)
        model.fit(made[train], diverted[train])
        aucs.append(roc_auc_score(diverted[test], model.predict_proba(made[test])[:, 1]))
    assert np.mean(aucs) <= MOST_AUC, aucs
