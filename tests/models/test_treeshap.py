"""Contributions are those of LightGBM and of shap, for trees of every kind."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pytest
import shap
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from shiprisk.models import TreeShap, rescaled
from tests.models.grown import asked, booster


def agrees(trained: lgb.Booster, rows: np.ndarray) -> None:
    """To a millionth of what LightGBM itself says, which grows with the scores."""
    expected = trained.predict(rows, pred_contrib=True, num_threads=1)
    found = TreeShap(trained).contributions(rows)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(
        found.sum(axis=1), trained.predict(rows, raw_score=True, num_threads=1), atol=1e-9
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**31 - 1),
    missing=st.sampled_from([0.0, 0.1, 0.5]),
    zeros=st.sampled_from([0.0, 0.3]),
    parameters=st.fixed_dictionaries(
        {
            "num_leaves": st.integers(2, 40),
            "max_depth": st.sampled_from([-1, 1, 2, 5]),
            "use_missing": st.booleans(),
            "zero_as_missing": st.booleans(),
            "max_cat_to_onehot": st.sampled_from([2, 100]),
            "feature_fraction": st.sampled_from([0.3, 1.0]),
        }
    ),
    rows=st.integers(1, 40),
)
def test_contributions_are_those_of_lightgbm(
    seed: int, missing: float, zeros: float, parameters: dict[str, Any], rows: int
) -> None:
    try:
        trained = booster(seed, missing, zeros, **parameters)
    except lgb.basic.LightGBMError:  # leaves so small that LightGBM loses count of its rows
        reject()
    agrees(trained, asked(np.random.default_rng(seed + 1), rows))


@pytest.mark.parametrize("missing", [0.0, 0.2])
@pytest.mark.parametrize("kind", ["none", "zero", "nan"])
def test_every_kind_of_missing_value_is_met(missing: float, kind: str) -> None:
    trained = booster(
        1, missing, 0.3, use_missing=kind != "none", zero_as_missing=kind == "zero", num_leaves=20
    )
    told = trained.model_to_string()
    kinds = {int(d) >> 2 & 3 for line in told.splitlines() if line.startswith("decision_type=")
             for d in line.split("=")[1].split() if not int(d) & 1}  # fmt: skip
    assert {"none": 0, "zero": 1, "nan": 2}[kind] in kinds or missing == 0
    agrees(trained, asked(np.random.default_rng(0), 300))


def deep(depth: int) -> lgb.Booster:
    """Trees that are chains: each column is split once on the way down."""
    random = np.random.default_rng(depth)
    rows = random.random((4000, depth))
    staircase = np.cumprod(rows > 0.2, axis=1).sum(axis=1) ** 2.0
    data = lgb.Dataset(rows, staircase + random.normal(size=len(rows)))
    shape = {"num_leaves": 4 * depth, "min_data_in_leaf": 1, "verbosity": -1, "num_threads": 1}
    return lgb.train({"objective": "regression", **shape}, data, 20)


@pytest.mark.parametrize("depth", [12, 25])
def test_deep_trees_of_many_columns_are_exact_in_little_memory(depth: int) -> None:
    trained = deep(depth)
    agrees(trained, np.random.default_rng(0).random((50, depth)))
    assert most_columns_on_a_way(trained) >= 12
    assert TreeShap(trained).nbytes < 1_000_000


def most_columns_on_a_way(trained: lgb.Booster) -> int:
    def below(node: dict[str, Any], seen: frozenset[int]) -> int:
        if "split_feature" not in node:
            return len(seen)
        seen |= {node["split_feature"]}
        return max(below(node["left_child"], seen), below(node["right_child"], seen))

    trees = trained.dump_model()["tree_info"]
    return max(below(tree["tree_structure"], frozenset()) for tree in trees)


@pytest.mark.filterwarnings("ignore:LightGBM binary classifier")
def test_contributions_are_those_of_shap() -> None:
    trained = booster(3, 0.1, 0.1, num_leaves=31, rounds=30)
    rows = asked(np.random.default_rng(3), 100)
    found = TreeShap(trained).contributions(rows)
    referee = shap.TreeExplainer(trained)
    np.testing.assert_allclose(found[:, :-1], referee.shap_values(rows), atol=1e-6)
    np.testing.assert_allclose(found[:, -1], referee.expected_value, atol=1e-6)


@pytest.mark.parametrize(
    "parameters",
    [
        {"num_leaves": 2},
        {"min_data_in_leaf": 10_000},  # nothing to split: every tree is one leaf
        {"boosting": "dart", "drop_rate": 0.5},
        {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5},
        {"data_sample_strategy": "goss"},
        {"extra_trees": True, "max_depth": 12, "num_leaves": 200},
    ],
    ids=str,
)
def test_other_kinds_of_boosters_are_exact(parameters: dict[str, Any]) -> None:
    agrees(booster(4, 0.1, 0.1, **parameters), asked(np.random.default_rng(4), 100))


def test_single_leaves_among_grown_trees_are_counted() -> None:
    trained = booster(4, 0.1, 0.1, rounds=3)
    stump = booster(4, 0.1, 0.1, min_data_in_leaf=10_000, rounds=1).model_to_string()
    leaf = stump[stump.index("Tree=0") : stump.index("end of trees")].replace("Tree=0", "Tree=3")
    text = trained.model_to_string()
    sizes = next(line for line in text.splitlines() if line.startswith("tree_sizes="))
    text = text.replace(sizes, f"{sizes} {len(leaf)}").replace(
        "end of trees", f"{leaf}end of trees"
    )
    joined = lgb.Booster(model_str=text)
    assert joined.num_trees() == 4
    agrees(joined, asked(np.random.default_rng(4), 20))


def test_the_trees_are_those_that_the_booster_predicts_with() -> None:
    trained = booster(5, 0.1, 0.1, rounds=10)
    trained.best_iteration = 4
    rows = asked(np.random.default_rng(5), 20)
    agrees(trained, rows)
    agrees(rescaled(trained, 0.3, -2.0), rows)


@pytest.fixture(scope="module")
def explained() -> tuple[TreeShap, np.ndarray]:
    return TreeShap(booster(6, 0.1, 0.1, num_leaves=31, rounds=40)), asked(
        np.random.default_rng(6), 2000
    )


def test_a_row_alone_is_the_row_among_others(explained: tuple[TreeShap, np.ndarray]) -> None:
    explainer, rows = explained
    together = explainer.contributions(rows, threads=1)
    for at in (0, 7, 8, 63, 64, 511, 512, 1999):
        np.testing.assert_array_equal(explainer.contributions(rows[at : at + 1])[0], together[at])


@pytest.mark.parametrize("threads", [2, 3, 16, None])
def test_any_number_of_threads_gives_the_same(
    explained: tuple[TreeShap, np.ndarray], threads: int | None
) -> None:
    explainer, rows = explained
    np.testing.assert_array_equal(
        explainer.contributions(rows, threads), explainer.contributions(rows, threads=1)
    )


def test_any_layout_of_the_matrix_is_read(explained: tuple[TreeShap, np.ndarray]) -> None:
    explainer, rows = explained
    expected = explainer.contributions(rows[:50])
    by_column = np.asfortranarray(rows[:50])
    np.testing.assert_array_equal(explainer.contributions(by_column), expected)
    sealed = rows[:50].copy()
    sealed.flags.writeable = False
    np.testing.assert_array_equal(explainer.contributions(sealed), expected)
    few = np.array([[1, 2, 3, 4, 5, 6, 7, 8]])
    np.testing.assert_array_equal(
        explainer.contributions(few), explainer.contributions(few.astype(float))
    )
    assert explainer.contributions(rows[:0]).shape == (0, rows.shape[1] + 1)


@pytest.mark.parametrize("shape", [(8,), (3, 7), (3, 9), (1, 3, 8)])
def test_a_matrix_of_another_shape_is_refused(
    explained: tuple[TreeShap, np.ndarray], shape: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="the booster reads 8 columns"):
        explained[0].contributions(np.zeros(shape))


def test_linear_trees_are_refused() -> None:
    with pytest.raises(ValueError, match="linear_tree=False"):
        TreeShap(booster(7, 0.0, 0.0, linear_tree=True))


def test_several_classes_are_refused() -> None:
    random = np.random.default_rng(8)
    data = lgb.Dataset(random.random((90, 3)), np.arange(90) % 3, params={"verbosity": -1})
    trained = lgb.train({"objective": "multiclass", "num_class": 3, "verbosity": -1}, data, 2)
    with pytest.raises(ValueError, match="3 classes"):
        TreeShap(trained)


def test_trees_whose_rows_do_not_add_up_are_refused_by_number() -> None:
    text = booster(9, 0.0, 0.0, num_leaves=4, rounds=3).model_to_string()
    at = text.index("leaf_count=", text.index("Tree=1")) + len("leaf_count=")
    other = "2" if text[at] == "1" else "1"  # as long as before: LightGBM reads by position
    with pytest.raises(ValueError, match="grown tree 1 do not add up"):
        TreeShap(lgb.Booster(model_str=f"{text[:at]}{other}{text[at + 1 :]}"))


def test_importing_compiles_nothing() -> None:
    code = (
        "from shiprisk.models.treeshap import walk\n"
        "print(sum(len(f.signatures) for f in vars(walk).values() if hasattr(f, 'signatures')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "0"


def test_taking_a_reason_back_moves_the_score_as_said() -> None:
    """Where no signal depends on another, another value moves the score by its contribution."""
    trained = booster(5, missing=0.2, zeros=0.2, num_leaves=2, rounds=40)
    shap_values = TreeShap(trained)
    rows = asked(np.random.default_rng(5), 50)
    told = shap_values.contributions(rows)
    strongest = np.abs(told[:, :-1]).argmax(axis=1)
    changed, each = rows.copy(), np.arange(len(rows))
    changed[each, strongest] = np.roll(rows, 1, axis=0)[each, strongest]
    moved = trained.predict(changed, raw_score=True) - trained.predict(rows, raw_score=True)
    said = shap_values.contributions(changed)[each, strongest] - told[each, strongest]
    np.testing.assert_allclose(moved, said, atol=1e-9)
    assert np.abs(said).max() > 0.1
