"""Advice: what is said to bring a shipment below its line does so, by papers, never by owners."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import DOCUMENTS, SIGNALS, signal_matrix
from shiprisk.serving import Scorer
from shiprisk.serving.advice import _tries
from shiprisk.training import Trained

BY_NAME = {signal.name: signal for signal in SIGNALS}


@pytest.fixture(scope="module")
def risky(scorer: Scorer, trained: Trained) -> pd.DataFrame:
    sample = trained.past.declarations.iloc[-1500:]
    lanes = scorer.score_validated(sample)["lane"]
    assert {"red", "yellow"} <= set(lanes)
    return sample[lanes != "green"].iloc[:60]


@pytest.fixture(scope="module")
def answers(scorer: Scorer, risky: pd.DataFrame) -> list[dict[str, Any]]:
    return [scorer.score_one(row.dropna().to_dict()) for _, row in risky.iterrows()]


def rows(scorer: Scorer, risky: pd.DataFrame) -> np.ndarray:
    return signal_matrix(scorer.history.block(risky), scorer.model.signals)


def sure(scorer: Scorer, matrix: np.ndarray) -> np.ndarray:
    return np.minimum(*scorer.model.risks(matrix))


def test_the_changes_bring_it_below_its_line(
    scorer: Scorer, risky: pd.DataFrame, answers: list[dict[str, Any]]
) -> None:
    lanes, found = scorer.model.lanes, 0
    for row, answer in zip(rows(scorer, risky), answers, strict=True):
        if not (way := answer["below"]):
            continue
        found += 1
        assert way["line"] == {"red": lanes.red, "yellow": lanes.yellow}[answer["lane"]]
        for change in way["changes"]:
            assert np.isfinite(change["to"])
            row[scorer.model.signals.index(change["signal"])] = change["to"]
        assert sure(scorer, row[None])[0] == way["risk"] < way["line"]
    assert found > 10


def test_no_single_change_crosses_fewer_thresholds(
    scorer: Scorer, risky: pd.DataFrame, answers: list[dict[str, Any]]
) -> None:
    model = scorer.model
    seen = 0
    for row, answer in zip(rows(scorer, risky), answers, strict=True):
        way = answer["below"]
        if not way or len(way["changes"]) > 1:
            continue
        seen += 1
        (change,) = way["changes"]
        column = model.signals.index(change["signal"])
        thresholds = model.sweep.thresholds(column)
        taken = crossed(thresholds, row[column], change["to"])
        for nearer in thresholds:
            for value in (nearer, np.nextafter(nearer, np.inf)):
                tried = row.copy()
                tried[column] = value
                if crossed(thresholds, row[column], value) < taken:
                    assert sure(scorer, tried[None])[0] >= way["line"]
    assert seen > 5


def crossed(thresholds: np.ndarray, now: float, then: float) -> int:
    if np.isnan(now):
        return 1
    return abs(int(np.searchsorted(thresholds, then)) - int(np.searchsorted(thresholds, now)))


def test_only_what_papers_can_change_is_changed(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        for change in (answer["below"] or {"changes": []})["changes"]:
            signal = BY_NAME[change["signal"]]
            assert not signal.sensitive
            assert change["ask_for"] == DOCUMENTS[signal.asks]
            assert change["told"].startswith(signal.meaning.rstrip("."))


def test_papers_are_asked_for_by_what_raises_the_risk(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        raising = [r["signal"] for r in answer["reasons"] if r["contribution"] > 0]
        wanted = {DOCUMENTS[BY_NAME[name].asks] for name in raising if BY_NAME[name].asks}
        assert set(answer["ask_for"]) == wanted
    assert any(answer["ask_for"] for answer in answers)


def test_similar_shipments_were_judged_before(
    risky: pd.DataFrame, answers: list[dict[str, Any]]
) -> None:
    for (_, record), answer in zip(risky.iterrows(), answers, strict=True):
        similar = answer["similar"]
        assert len(similar) == 5
        assert all(case["known_on"] < str(record["declared_on"].date()) for case in similar)
        assert record["declaration_id"] not in {case["declaration_id"] for case in similar}
        distances = [case["distance"] for case in similar]
        assert distances == sorted(distances)


def test_a_green_shipment_needs_no_change(scorer: Scorer, trained: Trained) -> None:
    sample = trained.past.declarations.iloc[-200:]
    calm = sample[(scorer.score_validated(sample)["lane"] == "green").to_numpy()].iloc[0]
    answer = scorer.score_one(calm.dropna().to_dict())
    assert answer["lane"] == "green"
    assert answer["below"] is None


def test_shap_draws_what_was_scored(scorer: Scorer, risky: pd.DataFrame) -> None:
    explained = scorer.explain(risky)
    scores = scorer.score_validated(risky)
    odds = np.log(scores["risk"] / (1 - scores["risk"]))
    np.testing.assert_allclose(explained.values.sum(axis=1) + explained.base_values, odds)
    assert explained.feature_names == list(scorer.model.signals)
    np.testing.assert_array_equal(explained.data, rows(scorer, risky))


def test_a_question_whether_a_value_is_known_offers_no_value() -> None:
    offered = _tries(np.array([0.5, 2.0, np.inf]), 3, float("nan"))
    assert [one.value for one in offered] == [0.5, 2.0]
    assert [one.value for one in _tries(np.array([0.5, np.inf]), 3, 1.0)] == [0.5]
