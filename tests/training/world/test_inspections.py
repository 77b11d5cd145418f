import pandas as pd
import pytest

KEY = ["declaration_id", "item_number"]


@pytest.fixture
def outcomes(world: dict[str, pd.DataFrame]) -> pd.DataFrame:
    days = world["declarations"][[*KEY, "declared_on"]]
    joined = world["inspections"].merge(days, validate="one_to_one")
    return joined.merge(world["truth"], validate="one_to_one")


def test_about_one_in_seven_is_inspected(world: dict[str, pd.DataFrame]) -> None:
    assert 0.12 < len(world["inspections"]) / len(world["declarations"]) < 0.18


def test_outcomes_are_known_at_least_three_days_later(outcomes: pd.DataFrame) -> None:
    delay = (outcomes["known_on"] - outcomes["declared_on"]).dt.days
    assert delay.min() >= 3
    assert 17 < delay.mean() < 25


def test_outcomes_are_the_truth_with_few_errors(outcomes: pd.DataFrame) -> None:
    assert outcomes.loc[outcomes["diverted"], "violation"].mean() > 0.94
    assert outcomes.loc[~outcomes["diverted"], "violation"].mean() < 0.01
    assert (outcomes["violation"] == (outcomes["kind"] != "none")).all()


def test_selection_is_selective_but_for_the_random_part(outcomes: pd.DataFrame) -> None:
    rates = outcomes.groupby("selected_by")["diverted"].mean()
    assert rates["rule"] > 1.3 * rates["random"]
    assert rates["tip"] > rates["rule"]


def test_probabilities_weigh_the_rule_part_back_to_all_rows(
    world: dict[str, pd.DataFrame], outcomes: pd.DataFrame
) -> None:
    probability = outcomes["selection_probability"]
    assert probability.between(0, 1, inclusive="right").all()
    rule = outcomes["selected_by"] == "rule"
    everything = len(world["declarations"])
    assert (1 / probability[rule]).sum() == pytest.approx(everything, rel=0.1)
    random = outcomes["selected_by"] == "random"
    assert probability[random].nunique() == 1
    assert random.sum() == pytest.approx(everything * probability[random].iloc[0], rel=0.2)
