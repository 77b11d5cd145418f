"""The label cannot be read off how the world was made: numbers, order, rounding, missing cells."""

from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from shiprisk.training.world import simulate

AMOUNTS = ["net_mass_kg", "gross_mass_kg", "customs_value_usd", "supplementary_quantity"]
MAY_LACK = [*AMOUNTS, "previous_hs_code", "description", "partner_id", "trading_country",
            "transit_countries", "incoterms", "border_office", "procedure"]  # fmt: skip
CUT = "2025-01-01"


def artefacts(declared: pd.DataFrame) -> pd.DataFrame:
    """What says nothing about trade: only how a record was numbered, rounded and filled in."""
    day = declared.groupby("declared_on")
    made = {
        "place in the day": day.cumcount() / day["hs_code"].transform("size"),
        "number": declared["declaration_id"].str.extract(r"(\d+)$")[0].astype(float) % 1000,
        "serial of the firm": declared["trader_id"].str[6:].astype(float),
        "letters": declared["description"].str.len(),
        "digits of the earlier code": declared["previous_hs_code"].str.len(),
    }
    made |= {f"cents of {name}": (declared[name] * 100).round() % 100 for name in AMOUNTS}
    made |= {f"no {name}": declared[name].isna() for name in MAY_LACK}
    return pd.DataFrame(made).astype(float)


def test_artefacts_do_not_tell_diversion_of_firms_never_seen(tmp_path: Path) -> None:
    aucs = []
    for seed in (1, 2):
        simulate(tmp_path, 60_000, seed)
        declared = pd.read_parquet(tmp_path / "declarations.parquet")
        diverted = pd.read_parquet(tmp_path / "truth.parquet")["diverted"].to_numpy()
        made = artefacts(declared)
        early = (declared["declared_on"] < CUT).to_numpy()
        new = ~early & ~declared["trader_id"].isin(declared["trader_id"][early]).to_numpy()
        model = lgb.LGBMClassifier(n_estimators=100, num_leaves=15, n_jobs=1, verbose=-1)
        model.fit(made[early], diverted[early])
        aucs.append(roc_auc_score(diverted[new], model.predict_proba(made[new])[:, 1]))
    # About 200 diverted rows of some 40 firms each: the mean of two worlds scatters by 0.04.
    assert np.mean(aucs) < 0.6
