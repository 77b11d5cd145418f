"""Selectors side by side: nothing later is known, and the figures are what they say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.training.comparison import SELECTORS, Fold, benchmark, folds, write_report

QUICK = [name for name in SELECTORS if name != "shiprisk"]


@pytest.fixture(scope="module")
def truth(world: Path) -> pd.DataFrame:
    return pd.read_parquet(world / "truth.parquet")


@pytest.fixture(scope="module")
def last(records: Records) -> Fold:
    return list(folds(records, 2))[-1]


def told_later(records: Records, day: np.datetime64) -> Records:
    """The same records, with every outcome that was known on the day or later turned round."""
    assert records.inspections is not None
    later = records.inspections["known_on"] >= pd.Timestamp(day)
    turned = records.inspections["violation"] ^ later
    return replace(records, inspections=records.inspections.assign(violation=turned))


def test_folds_follow_each_other_and_know_only_what_was_known(records: Records) -> None:
    found = list(folds(records, 3))
    assert [str(fold.first_day) for fold in found] == ["2025-04-01", "2025-05-01", "2025-06-01"]
    for fold in found:
        first = pd.Timestamp(fold.first_day)
        assert fold.past.declarations["declared_on"].max() < first
        assert fold.past.inspected["known_on"].max() < first
        assert fold.asked["declared_on"].min() >= first
        assert fold.asked["declared_on"].dt.month.nunique() == 1


@pytest.mark.parametrize("name", list(SELECTORS))
def test_a_selector_gives_a_number_for_each_and_learns_nothing_later(
    name: str, records: Records, last: Fold
) -> None:
    scores = np.asarray(SELECTORS[name](last), dtype=float)
    assert scores.shape == (len(last.asked),)
    assert np.isfinite(scores).all()
    other = list(folds(told_later(records, last.first_day), 2))[-1]
    np.testing.assert_array_equal(scores, np.asarray(SELECTORS[name](other), dtype=float))


def test_knowing_the_truth_reaches_the_oracle_and_chance_the_prevalence(
    records: Records, truth: pd.DataFrame
) -> None:
    diverted = truth.set_index(["declaration_id", "item_number"])["diverted"]

    def knowing(fold: Fold) -> np.ndarray:
        keys = pd.MultiIndex.from_frame(fold.asked[["declaration_id", "item_number"]])
        return diverted.loc[keys].to_numpy(dtype=float)

    selectors = {"knowing": knowing, "at random": SELECTORS["at random"]}
    outcome = benchmark(records, truth, months=4, selectors=selectors)
    figures = outcome.figures
    assert figures.loc["knowing", "precision @1%"] == 1
    assert figures.loc["knowing", "recall @5%"] > 0.95
    assert abs(figures.loc["at random", "precision @10%"] - outcome.prevalence) < 0.03


def test_the_page_names_every_selector_and_shows_its_picture(
    records: Records, truth: pd.DataFrame, tmp_path: Path
) -> None:
    chosen = {name: SELECTORS[name] for name in QUICK}
    outcome = benchmark(records, truth, months=2, selectors=chosen)
    page = tmp_path / "page.md"
    write_report(outcome, page, "the command")
    text = page.read_text(encoding="utf-8")
    assert all(f"| {name} |" in text and f"**{name}**" in text for name in QUICK)
    assert "(page.png)" in text
    assert (tmp_path / "page.png").stat().st_size > 10_000
