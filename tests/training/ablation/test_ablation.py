"""A family is worth what is lost without it; nothing of the test months teaches a model."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import FAMILIES, SIGNALS, TYPOLOGIES, Records
from shiprisk.training import Settings
from shiprisk.training.ablation import (
    OUTCOMES,
    TRUTH,
    Recalls,
    Taught,
    ablated,
    ablation_text,
    around,
    each_alone,
    taught,
)
from shiprisk.training.ablation.families import ALL, signals_of, that_see
from shiprisk.training.ablation.worlds import Lesson
from shiprisk.training.examples import Examples
from tests.conftest import CHOOSE_FROM, TEST_FROM

QUICK = Settings(most_trees=30, patience=10, learning_rate=0.2)
ROWS, NETWORKS = 1_500, 10
TELLING = {"T9": "price_deviation", "T10": "small_shipments_excess"}


@pytest.fixture(scope="module")
def small(records: Records, world: Path) -> Taught:
    truth = pd.read_parquet(world / "truth.parquet")
    return taught(records, truth, (OUTCOMES, TRUTH), CHOOSE_FROM, TEST_FROM)


def _told_by(typology: str, seed: int = 0) -> Taught:
    """A world in which one signal tells the typology and all others say nothing."""
    rng = np.random.default_rng(seed)
    diverted = rng.random(ROWS) < 0.05
    matrix = np.full((ROWS, len(SIGNALS)), np.nan)
    names = [signal.name for signal in SIGNALS]
    for name in TELLING.values():
        matrix[:, names.index(name)] = rng.normal(size=ROWS)
    matrix[:, names.index(TELLING[typology])] += 6 * diverted
    rows = pd.DataFrame({
        "declaration_id": [f"d{number}" for number in range(ROWS)],
        "item_number": 1,
        "diverted": diverted,
        "typology": np.where(diverted, typology, ""),
        "network": np.where(diverted, rng.integers(0, NETWORKS, ROWS), np.nan),
    })  # fmt: skip
    examples = Examples(matrix, diverted.astype(float), rows)
    lesson = Lesson(examples, examples, examples)
    return Taught({TRUTH: lesson, OUTCOMES: lesson}, matrix, rows)


@pytest.fixture(scope="module")
def apart() -> Recalls:
    worlds = [_told_by(typology, seed) for seed, typology in enumerate(TELLING)]
    return ablated(worlds, {TRUTH: each_alone, OUTCOMES: around}, QUICK)


@pytest.mark.parametrize("typology", list(TELLING))
def test_what_sees_a_typology_is_lost_when_left_out(apart: Recalls, typology: str) -> None:
    seeing = that_see(typology)
    whole, alone = (apart.recall(TRUTH, told, 0.05, typology) for told in (ALL, seeing))
    without = apart.recall(TRUTH, ALL - seeing, 0.05, typology)
    assert whole.figure > 0.8
    assert alone.figure > 0.8
    assert without.figure < 0.3
    lost = apart.change(TRUTH, (ALL, ALL - seeing), 0.05, typology)
    assert lost.figure == pytest.approx(whole.figure - without.figure)
    assert 0 < lost.low <= lost.figure <= lost.high


def test_a_family_that_sees_nothing_of_it_finds_no_more_than_chance(apart: Recalls) -> None:
    assert apart.recall(TRUTH, frozenset(["owner"]), 0.05, "T9").low < 0.05


def test_no_more_is_reached_than_knowing_the_truth_would(apart: Recalls) -> None:
    world = apart.of("T9")
    assert world.typologies == ["T9"]
    for share in (0.01, 0.05):
        most = world.reachable(share)
        assert world.recall(TRUTH, ALL, share, "T9").figure <= most
        assert most == pytest.approx(min(1, round(share * ROWS) / world.count("T9")))


def test_an_interval_is_wider_where_few_networks_hold_the_shipments(apart: Recalls) -> None:
    def width(networks: int) -> float:
        gathered = apart.diverted.assign(network=apart.diverted["network"] % networks)
        found = replace(apart, diverted=gathered).recall(TRUTH, ALL, 0.01, "T9")
        return found.high - found.low

    assert width(1) == 0  # drawn or not, it is always the same network
    assert width(NETWORKS) > 0


def test_every_family_is_asked_alone_and_each_group_with_its_rest() -> None:
    asked = each_alone(TYPOLOGIES)
    assert asked[0] == ALL
    assert len(asked) == len(set(asked))
    assert {frozenset([family]) for family in FAMILIES} <= set(asked)
    for typology in TYPOLOGIES:
        assert {that_see(typology), ALL - that_see(typology)} <= set(around(TYPOLOGIES))


def test_nothing_of_the_test_months_teaches(small: Taught) -> None:
    test_from, choose_from = pd.Timestamp(TEST_FROM), pd.Timestamp(CHOOSE_FROM)
    assert (small.rows["declared_on"] >= test_from).all()
    for lesson in small.lessons.values():
        assert (lesson.early.records["known_on"] < choose_from).all()
        assert (lesson.choices.records["declared_on"] >= choose_from).all()
        for part in (lesson.choices, lesson.all):
            assert (part.records["known_on"] < test_from).all()
            assert (part.records["declared_on"] < test_from).all()


def test_the_truth_teaches_more_than_outcomes(small: Taught) -> None:
    by_truth, by_outcomes = small.lessons[TRUTH].all, small.lessons[OUTCOMES].all
    assert by_truth.labels.sum() > by_outcomes.labels.sum()
    diverted = by_truth.records["diverted"].to_numpy(dtype=float)
    assert np.array_equal(by_truth.labels, diverted)


def test_a_model_is_told_its_families_and_nothing_else(small: Taught) -> None:
    families = frozenset(["price", "owner"])
    whole = small.lessons[OUTCOMES]
    told = whole.told(families)
    columns = [at for at, signal in enumerate(SIGNALS) if signal.family in families]
    assert signals_of(families) == tuple(SIGNALS[at] for at in columns)
    assert np.array_equal(told.early.matrix, whole.early.matrix[:, columns], equal_nan=True)
    assert np.array_equal(told.choices.matrix, whole.choices.matrix[:, columns], equal_nan=True)
    assert np.array_equal(told.all.matrix, whole.all.matrix[:, columns], equal_nan=True)
    assert np.array_equal(small.test_told(families), small.test[:, columns], equal_nan=True)


def test_the_page_has_a_row_for_each_typology_and_says_what_follows(apart: Recalls) -> None:
    text = ablation_text(apart, apart, "the command")
    assert "the command" in text
    assert "Of the 2 typologies 2 are found beyond chance" in text
    assert "the riskiest 5 % hold less of T9, T10 and more of none" in text
    for typology in TELLING:
        rows = [line for line in text.splitlines() if line.startswith(f"| {typology} ")]
        assert len(rows) == 4
