"""Figures are what they say: the oracle, chance, traders never seen, typologies, months."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.training import TrainingError
from shiprisk.training.comparison import SELECTORS, Fold, Outcome, benchmark, folds
from shiprisk.training.comparison.run import BEST_RULE
from shiprisk.training.comparison.scoring import ORACLE, rank_shares
from shiprisk.training.comparison.selectors import FLAGS

KEY = ["declaration_id", "item_number"]


def test_knowing_the_truth_reaches_the_oracle(records: Records, truth: pd.DataFrame) -> None:
    diverted = truth.set_index(KEY)["diverted"]

    def knowing(fold: Fold) -> np.ndarray:
        return diverted.loc[pd.MultiIndex.from_frame(fold.asked[KEY])].to_numpy(dtype=float)

    found = benchmark(records, truth, 3, {"knowing": knowing, "chance": SELECTORS["at random"]})
    assert found.figures.loc["knowing"].equals(found.figures.loc[ORACLE])
    assert found.figures.loc[ORACLE, "of the oracle @5%"] == 1
    assert found.figures.loc["chance", "of the oracle @5%"] < 0.5
    rest = found.figures.drop(index=["knowing", ORACLE])
    precisions = [name for name in rest if name.startswith("precision")]
    assert (rest[precisions] <= found.figures.loc[ORACLE, precisions] + 1e-9).all(axis=None)


def test_chance_is_right_as_often_as_there_is_something_to_find(outcome: Outcome) -> None:
    count = outcome.shipments * 0.1
    noise = np.sqrt(outcome.prevalence / count)
    found = outcome.figures.loc["at random", "precision @10%"]
    assert abs(found - outcome.prevalence) < 4 * noise


def test_traders_never_seen_are_those_without_an_earlier_declaration(
    outcome: Outcome, records: Records, truth: pd.DataFrame
) -> None:
    months = outcome.monthly.columns
    rows = records.declarations.merge(truth[[*KEY, "diverted"]], on=KEY)
    rows["month"] = rows["declared_on"].dt.strftime("%Y-%m")
    first = rows.groupby("trader_id")["month"].transform("min")
    new = rows[(rows["month"] == first) & rows["month"].isin(months)]
    assert outcome.never_seen_shipments == len(new) > 0
    assert outcome.never_seen_diverted == new["diverted"].sum()


def test_typologies_count_all_that_was_diverted(outcome: Outcome, truth: pd.DataFrame) -> None:
    assert set(outcome.typology_counts.index) == set(outcome.typologies.columns)
    diverted = round(outcome.prevalence * outcome.shipments)
    assert outcome.typology_counts.sum() == diverted
    for name in ("at random", FLAGS, ORACLE):
        caught = (outcome.typologies.loc[name] * outcome.typology_counts).sum()
        assert caught / diverted == pytest.approx(outcome.figures.loc[name, "recall @5%"])


def test_the_best_rule_is_the_best_of_its_candidates(outcome: Outcome) -> None:
    singles = outcome.singles[BEST_RULE]
    assert singles.iloc[0] == singles.max() > singles.min()
    assert outcome.figures.loc[BEST_RULE, "precision @1%"] == pytest.approx(singles.iloc[0])


def test_chance_decides_among_equals() -> None:
    ranks = rank_shares(np.array([1.0, 0.0, 1.0, 1.0]), np.array([0.2, 0.9, 0.3, 0.1]))
    assert list(ranks) == [0.75, 0.25, 1.0, 0.5]


def test_the_flags_stand_in_for_a_learner_that_cannot_be_trained(
    records: Records, truth: pd.DataFrame
) -> None:
    def untrained(fold: Fold) -> np.ndarray:
        raise TrainingError("3 violations")

    found = benchmark(records, truth, 2, {"young": untrained, FLAGS: SELECTORS[FLAGS]})
    assert found.figures.loc["young"].equals(found.figures.loc[FLAGS])
    assert [text.partition(":")[0] for text in found.stood_in] == [
        f"{month}, young" for month in found.monthly.columns
    ]


def test_months_before_which_nothing_was_known_are_scored_too(
    records: Records, truth: pd.DataFrame
) -> None:
    second = next(folds(records, 1000))
    until = second.first_day + np.timedelta64(28, "D")
    early = records.declarations["declared_on"] < pd.Timestamp(until)
    assert records.inspections is not None
    begun = replace(
        records,
        declarations=records.declarations[early],
        inspections=records.inspections.assign(known_on=pd.Timestamp(until)),
    )
    found = benchmark(begun, truth, 1, SELECTORS)
    assert len(found.stood_in) == 3
    precisions = found.figures.filter(like="precision @")
    assert precisions.notna().all(axis=None)
