import numpy as np
import pandas as pd
import pytest

from shiprisk.serving import Scorer
from shiprisk.training.world import Scenario, simulate

KEY = ["declaration_id", "item_number"]


@pytest.fixture(scope="module")
def outcomes(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    days = tables["declarations"][[*KEY, "declared_on", "customs_office"]]
    joined = tables["inspections"].merge(days, validate="one_to_one")
    return joined.merge(tables["truth"], validate="one_to_one")


def test_each_day_has_its_capacity(tables: dict[str, pd.DataFrame], outcomes: pd.DataFrame) -> None:
    share = Scenario.load("default").inspection.capacity
    papers = tables["declarations"].drop_duplicates("declaration_id")
    filed = papers.groupby("declared_on").size()
    chosen = outcomes[outcomes["selected_by"] != "tip"].drop_duplicates("declaration_id")
    used = chosen.groupby("declared_on").size().reindex(filed.index, fill_value=0)
    # Two routes, each within one of what is expected of it.
    assert (used <= share * filed + 2).all()
    assert used.sum() == pytest.approx(share * filed.sum(), rel=0.05)


def test_whole_declarations_are_inspected(
    tables: dict[str, pd.DataFrame], outcomes: pd.DataFrame
) -> None:
    items = tables["declarations"].groupby("declaration_id").size()
    seen = outcomes.groupby("declaration_id").size()
    assert (seen == items.loc[seen.index]).all()


def test_outcomes_are_known_late_and_some_very_late(outcomes: pd.DataFrame) -> None:
    delay = (outcomes["known_on"] - outcomes["declared_on"]).dt.days
    assert delay.min() >= 3
    assert 14 < delay.median() < 25
    assert 0.01 < (delay > 90).mean() < 0.08
    assert world_ordered(outcomes)


def world_ordered(outcomes: pd.DataFrame) -> bool:
    return outcomes["known_on"].is_monotonic_increasing


def test_outcomes_are_the_truth_with_some_errors(outcomes: pd.DataFrame) -> None:
    found = outcomes.loc[outcomes["diverted"], "violation"].mean()
    assert 0.8 < found < 0.97
    assert 0.001 < outcomes.loc[~outcomes["diverted"], "violation"].mean() < 0.01
    assert (outcomes["violation"] == (outcomes["kind"] != "none")).all()
    hidden = outcomes["typology"].isin(["T3", "T4"])
    assert (
        outcomes.loc[hidden & outcomes["violation"], "kind"]
        .isin(["misdeclared goods", "diversion"])
        .all()
    )


def test_selection_is_selective_but_for_the_random_part(outcomes: pd.DataFrame) -> None:
    rates = outcomes.groupby("selected_by")["diverted"].mean()
    assert rates["rule"] > 1.5 * rates["random"]
    assert rates["tip"] > rates["rule"]


def test_probabilities_weigh_the_rule_part_back_to_all_rows(
    tables: dict[str, pd.DataFrame], outcomes: pd.DataFrame
) -> None:
    probability = outcomes["selection_probability"]
    assert probability.between(0, 1, inclusive="right").all()
    everything = len(tables["declarations"])
    rule = outcomes["selected_by"] == "rule"
    assert (1 / probability[rule]).sum() == pytest.approx(everything, rel=0.1)
    random = outcomes["selected_by"] == "random"
    assert probability[random].nunique() == 1
    assert random.sum() == pytest.approx(everything * probability[random].iloc[0], rel=0.1)
    # And to the right share of diverted rows, though the rule looks for them.
    share = (outcomes["diverted"][rule] / probability[rule]).sum() / (1 / probability[rule]).sum()
    assert share == pytest.approx(tables["truth"]["diverted"].mean(), rel=0.35)


def test_a_corrupt_post_writes_findings_down_as_clean(tmp_path_factory) -> None:
    directory = tmp_path_factory.mktemp("corrupt")
    simulate(directory, 60_000, 1, Scenario.load("corrupt_post").scaled(3))
    rows = pd.read_parquet(directory / "declarations.parquet").merge(
        pd.read_parquet(directory / "truth.parquet")
    )
    seen = pd.read_parquet(directory / "inspections.parquet").merge(rows, on=KEY)
    found = seen[seen["diverted"]].groupby("customs_office")["violation"].agg(["mean", "size"])
    worst = found.sort_values("mean").head(2)
    assert (worst["mean"] < 0.4).all()
    assert found.drop(worst.index)["mean"].mean() > 0.8
    carries = rows[rows["typology"] == "T8"]["customs_office"].isin(worst.index).mean()
    assert carries > 0.8


def test_a_selector_chooses_in_place_of_the_rule_book(tmp_path_factory) -> None:
    asked: list[tuple[int, int]] = []

    def dearest(declared: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
        asked.append((len(declared), len(known)))
        if len(known):
            assert known["known_on"].max() < declared["declared_on"].min()
        return np.log(declared["customs_value_usd"].to_numpy())

    directory = tmp_path_factory.mktemp("selected")
    simulate(directory, 12_000, 1, "quiet", selector=dearest)
    assert sum(rows for rows, _ in asked) == 12_000
    known = [count for _, count in asked]
    assert known[0] == 0
    assert known == sorted(known)
    seen = pd.read_parquet(directory / "inspections.parquet")
    assert set(seen["selected_by"]) == {"model", "random", "tip"}
    rows = pd.read_parquet(directory / "declarations.parquet")
    value = rows.set_index(KEY)["customs_value_usd"]
    by_model = seen[seen["selected_by"] == "model"]
    chosen = value.loc[pd.MultiIndex.from_frame(by_model[KEY])]
    assert chosen.median() > 1.5 * value.median()


def test_a_trained_model_can_choose(tmp_path_factory, scorer: Scorer) -> None:
    def by_risk(declared: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
        return scorer.score_checked(declared).scores["risk"].to_numpy()

    directory = tmp_path_factory.mktemp("modelled")
    simulate(directory, 3_000, 5, Scenario.load("quiet").scaled(4), selector=by_risk)
    assert (pd.read_parquet(directory / "inspections.parquet")["selected_by"] == "model").any()


@pytest.mark.parametrize("scores", [np.zeros(3), np.full(10**6, np.nan), "number"])
def test_scores_that_fit_no_declarations_are_refused(tmp_path, scores) -> None:
    with pytest.raises(ValueError):
        simulate(tmp_path, 600, 1, selector=lambda declared, known: scores)
