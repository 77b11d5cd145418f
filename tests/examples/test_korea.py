"""The public Korean declarations, end to end through the mapping; the data stand beside us."""

from datetime import date
from pathlib import Path

import pytest

from shiprisk.features import Mapping, Records, read_records
from shiprisk.training import Settings, Trained, train

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "korea"

pytestmark = pytest.mark.skipif(
    not (DATA / "train.csv").is_file(),
    reason="the Korean declarations (arXiv 2208.02484) are not in ../shared/data/korea",
)


@pytest.fixture(scope="module")
def korean() -> Records:
    mapping = Mapping.load(ROOT / "examples" / "korea.toml")
    return read_records([DATA / "train.csv", DATA / "valid.csv"], mapping)


@pytest.fixture(scope="module")
def forward(korean: Records) -> Trained:
    settings = Settings(choose_from=date(2020, 10, 1), test_from=date(2021, 1, 1))
    return train(korean, settings)


def test_later_months_are_ranked_as_well_as_memory_allows(forward: Trained) -> None:
    groups = forward.evaluation.groups
    assert groups["all"]["precision_at_5"] >= 0.95
    assert groups["all"]["precision_at_10"] >= 0.93
    assert groups["repeats"]["roc_auc"] > 0.97, "repeats are memory"
    # What is new is hard: much better than this would be a leak.
    assert 0.58 < groups["not_repeats"]["roc_auc"] < 0.75


def test_signals_that_the_source_cannot_feed_are_named_and_do_no_harm(forward: Trained) -> None:
    assert forward.lost["owned_from_concern_share"] == ["owner_nationalities"]
    assert forward.lost["hs_change_level"] == ["previous_hs_code"]
    gain = dict(
        zip(forward.model.signals, forward.model.booster.feature_importance("gain"), strict=True)
    )
    assert all(gain[name] == 0 for name in forward.lost)


def test_the_second_label_is_never_an_input(korean: Records) -> None:
    assert not {"Critical Fraud", "Fraud"} & set(korean.declarations.columns)
    assert not {"violation", "known_on"} & set(korean.declarations.columns)
