"""A reason shows a red flag where the signal raises the risk and the flag's condition holds."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import RED_FLAGS, SIGNALS
from shiprisk.serving import Scorer
from shiprisk.training import Trained

BY_NAME = {signal.name: signal for signal in SIGNALS}


@pytest.fixture(scope="module")
def reasons(scorer: Scorer, trained: Trained) -> pd.DataFrame:
    """Every reason of the last shipments that raises the risk, with what its flags rest on."""
    sample = trained.past.declarations.iloc[-400:]
    block = scorer.history.block(sample)
    found = [
        {**reason, "row": row, "flag": flag, "shown": flag in reason["flags"]}
        for row, reasons in enumerate(scorer.score(sample, most_reasons=None)["reasons"])
        for reason in reasons
        for flag in BY_NAME[reason["signal"]].flags
    ]
    frame = pd.DataFrame(found)
    conditions = frame["flag"].map(lambda flag: RED_FLAGS[flag].stands)
    frame["condition"] = [
        np.nan if not name else float(block[name][row] > 0)
        for name, row in zip(conditions, frame["row"], strict=True)
    ]
    return frame


def test_a_flag_is_shown_just_where_it_stands(reasons: pd.DataFrame) -> None:
    conditional = reasons[reasons["condition"].notna()]
    stands = (conditional["contribution"] > 0) & (conditional["condition"] == 1)
    assert (conditional["shown"] == stands).all()
    raising = conditional[conditional["contribution"] > 0]
    assert set(raising["shown"]) == {True, False}


def test_a_flag_without_a_condition_stands_where_something_was_found(
    reasons: pd.DataFrame,
) -> None:
    free = reasons[reasons["condition"].isna()]
    assert free["shown"].any()
    assert not free["shown"][free["contribution"] <= 0].any()
    assert not free["shown"][free["value"].isna()].any()
    rising = free["signal"].map(lambda name: BY_NAME[name].risk == "rises")
    assert (free["value"][free["shown"] & rising] > 0).all()
    told_of_nothing = free["signal"].map(lambda name: bool(BY_NAME[name].otherwise))
    assert (free["value"][free["shown"] & told_of_nothing] != 0).all()


def test_an_old_firm_is_never_flagged_as_founded_after_controls(
    reasons: pd.DataFrame, scorer: Scorer, trained: Trained
) -> None:
    block = scorer.history.block(trained.past.declarations.iloc[-400:])
    founded = block["registration_day"][reasons["row"]]
    flagged = reasons["shown"] & reasons["flag"].isin(["A004-1", "A004-2", "UK-new-firm"])
    assert flagged.any()
    assert (founded[flagged] >= np.datetime64("2022-02-24")).all()
