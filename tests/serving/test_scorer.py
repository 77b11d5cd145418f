"""Scores: additive, the same alone and in a batch, honest about the past and what is missing."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shiprisk.features import (
    SIGNALS,
    Block,
    History,
    HistoryError,
    save_history,
    signal_matrix,
)
from shiprisk.models import ModelError, RiskModel
from shiprisk.serving import (
    NESTED,
    SCHEMA,
    RejectedRecord,
    Scorer,
    Wording,
    read_scores,
    write_scores,
)
from shiprisk.serving.sentences import kind_of, mentioned, templates
from shiprisk.training import Past, Trained
from tests.factory import declaration


@pytest.fixture(scope="module")
def sample(trained: Trained) -> pd.DataFrame:
    return trained.past.declarations.iloc[-60:]


@pytest.fixture(scope="module")
def scores(scorer: Scorer, sample: pd.DataFrame) -> pd.DataFrame:
    return scorer.score(sample, most_reasons=None)


def test_base_and_contributions_make_the_risk(scores: pd.DataFrame) -> None:
    for score in scores.itertuples():
        log_odds = np.log(score.risk / (1 - score.risk))
        by_signal = [reason["contribution"] for reason in score.reasons]
        for added in (by_signal, score.families.values()):
            assert score.base + sum(added) == pytest.approx(log_odds, abs=1e-6)


def test_reasons_come_by_family_strongest_first_with_all_that_is_promised(
    scores: pd.DataFrame,
) -> None:
    for found, families in zip(scores["reasons"], scores["families"], strict=True):
        strength = [
            (-abs(families[reason["family"]]), -abs(reason["contribution"])) for reason in found
        ]
        assert strength == sorted(strength)
        for reason in found:
            assert list(reason) == [
                "signal", "family", "value", "contribution", "sentence", "evidence", "flags",
            ]  # fmt: skip
            assert reason["sentence"]
            assert reason["contribution"] > 0 or not reason["flags"]


def test_one_record_scores_as_in_the_batch(
    scorer: Scorer, sample: pd.DataFrame, scores: pd.DataFrame
) -> None:
    # The sample lies within the history, so that its own days add nothing to the past.
    for at in range(0, len(sample), 7):
        record = {name: value for name, value in sample.iloc[at].items() if pd.notna(value)}
        alone = scorer.score_one(record, most_reasons=None)
        batch = scores.iloc[at].to_dict()
        assert alone["risk"] == batch["risk"]
        assert alone["reasons"] == batch["reasons"]
        assert alone["families"] == batch["families"]
        assert alone["missing"] == batch["missing"]


def test_the_evidence_is_plain_and_all_that_the_sentence_names(scores: pd.DataFrame) -> None:
    signals = {signal.name: signal for signal in SIGNALS}
    for reason in (reason for found in scores["reasons"] for reason in found):
        template = templates(signals[reason["signal"]])[kind_of(reason["value"])]
        assert list(reason["evidence"]) == list(mentioned(template))
        for piece in reason["evidence"].values():
            assert piece is None or type(piece) in (str, float)
            assert piece is None or type(piece) is str or np.isfinite(piece)
        told = {name: "unknown" if x is None else str(x) for name, x in reason["evidence"].items()}
        plain_places = re.findall(r"{(\w+)}", template)
        assert all(told[name] in reason["sentence"] for name in plain_places)


@pytest.mark.parametrize("number", [np.inf, -np.inf, np.nan])
def test_evidence_is_told_as_json_has_it(number: float) -> None:
    (signal,) = [signal for signal in SIGNALS if signal.name == "item_mass_kg"]
    wording = Wording(replace(signal, says="{net_mass_kg:,.0f} kg on {declared_on}"))
    days = np.array(["NaT", "2025-03-01"], dtype="datetime64[D]")
    masses = np.array([number, 5.0])
    columns = {"net_mass_kg": masses, "declared_on": days, "item_mass_kg": np.array([1.0, 5.0])}
    said = wording.each(Block(columns, {}), np.arange(2))
    assert said.sentences == ["unknown kg on unknown", "5 kg on 2025-03-01"]
    assert said.evidence == [
        {"net_mass_kg": None, "declared_on": None},
        {"net_mass_kg": 5.0, "declared_on": "2025-03-01"},
    ]
    for at in range(2):
        alone = Block({name: column[[at]] for name, column in columns.items()}, {})
        assert wording.one(alone) == (said.sentences[at], said.evidence[at])


def test_scoring_again_gives_the_same(scorer: Scorer, sample: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(scorer.score(sample), scorer.score(sample))
    shuffled = sample.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        scorer.score(shuffled).sort_index(), scorer.score(sample).sort_index()
    )


@pytest.mark.parametrize("most", [1, 4])
def test_fewer_reasons_are_the_strongest_either_way(
    scorer: Scorer, sample: pd.DataFrame, scores: pd.DataFrame, most: int
) -> None:
    half = max(1, most // 2)
    few = scorer.score(sample, most_reasons=most)["reasons"]
    for shown, every in zip(few, scores["reasons"], strict=True):
        assert shown == [reason for reason in every if reason in shown]
        for sign, at_most in ((1, most), (-1, half)):
            one_way = [reason for reason in every if sign * reason["contribution"] > 0]
            strongest = sorted(one_way, key=lambda reason: -abs(reason["contribution"]))
            wanted, taken = [], Counter()
            for reason in strongest:
                if len(wanted) < at_most and taken[reason["family"]] < half:
                    taken[reason["family"]] += 1
                    wanted.append(reason["signal"])
            found = [r["signal"] for r in shown if sign * r["contribution"] > 0]
            assert sorted(found) == sorted(wanted)


def test_without_nationality_is_the_model_not_told_of_it(
    scorer: Scorer, sample: pd.DataFrame
) -> None:
    telling = replace(scorer, model=looking_at_owners(scorer, sample))
    scores = telling.score(sample)
    blind = replace(telling, history=without_owners(scorer.history)).score(sample)
    np.testing.assert_array_equal(blind["risk"], scores["risk_without_owner_nationality"])
    assert (blind["risk"] != scores["risk"]).any()


def looking_at_owners(scorer: Scorer, sample: pd.DataFrame) -> RiskModel:
    """A model that surely uses owner nationality, which a small trained one may not."""
    names = ("owner_countries", "owned_from_concern_share", "priority_weight")
    matrix = signal_matrix(scorer.history.block(sample), names)
    asked = {"objective": "binary", "min_data_in_leaf": 1, "verbosity": -1}
    labels = (matrix[:, 0] > 1).astype(float)
    booster = lightgbm.train(asked, lightgbm.Dataset(matrix, labels), num_boost_round=3)
    return replace(scorer.model, booster=booster, signals=names)


def without_owners(history: History) -> History:
    register = history.register
    versions = register.versions.drop(columns="owner_nationalities")
    return replace(history, register=replace(register, versions=versions))


def test_what_is_missing_is_named(scorer: Scorer) -> None:
    score = scorer.score_one(declaration(gross_mass_kg=None, previous_hs_code=None))
    assert {"gross_mass_kg", "previous_hs_code", "owner_nationalities"} <= set(score["missing"])
    assert "net_mass_kg" not in score["missing"]


def test_earlier_days_of_the_file_count_as_history_but_not_the_same_day(scorer: Scorer) -> None:
    firm = {"trader_id": "250740099999", "hs_code": "8542310000"}
    days = ["2025-09-01", "2025-09-01", "2025-09-02"]
    records = [
        declaration(declaration_id=f"N{at}", declared_on=day, **firm) for at, day in enumerate(days)
    ]
    scored = scorer.score(pd.DataFrame(records))
    told = [{reason["signal"]: reason["value"] for reason in found} for found in scored["reasons"]]
    counts = [values.get("earlier_shipments") for values in told]
    alone = scorer.score_one(records[0])
    assert alone["risk"] == scored["risk"].iloc[0] == scored["risk"].iloc[1]
    block = scorer.history.extended(validated_frame(records)).block(validated_frame(records))
    assert block["earlier_shipments"].tolist() == [0, 0, 2]
    assert counts[2] in (2, None)
    assert counts[0] in (0, None)
    assert scored["risk"].iloc[2] != scored["risk"].iloc[0]


def validated_frame(records: list[dict]) -> pd.DataFrame:
    from shiprisk.features import validated

    return validated(pd.DataFrame(records)).accepted


def test_days_that_the_history_holds_are_not_counted_twice(
    scorer: Scorer, trained: Trained
) -> None:
    whole = trained.past.declarations
    some = scorer.score_validated(whole.iloc[-300:])
    more = scorer.score_validated(whole.iloc[-600:]).iloc[-300:]
    np.testing.assert_array_equal(some["risk"], more["risk"])


def test_a_newer_history_changes_what_is_known(
    bundle: Path, trained: Trained, tmp_path: Path, sample: pd.DataFrame
) -> None:
    early = Past.before(trained.past, np.datetime64("2024-09-01"))
    save_history(early.history(), tmp_path / "early")
    outdated = Scorer.load(bundle, tmp_path / "early")
    assert outdated.history.through < trained.history.through
    assert (outdated.score(sample)["risk"] != Scorer.load(bundle).score(sample)["risk"]).any()


def test_a_model_trained_with_other_lists_loads_and_tells_which(
    scorer: Scorer, bundle_of_other_lists: Path, sample: pd.DataFrame
) -> None:
    assert scorer.changed_lists == []
    loaded = Scorer.load(bundle_of_other_lists)
    (changed,) = loaded.changed_lists
    assert changed.startswith("hubs (then 2022-06-28 0123456789ab, here ")
    np.testing.assert_array_equal(loaded.score(sample)["risk"], scorer.score(sample)["risk"])


def test_faults_are_told_and_good_records_go_on(scorer: Scorer) -> None:
    frame = pd.DataFrame(
        [
            declaration(declaration_id="good"),
            declaration(declaration_id="bad", net_mass_kg=-1, hs_code="84503"),
        ]
    )
    scored = scorer.score_checked(frame)
    assert scored.scores["declaration_id"].tolist() == ["good"]
    assert set(scored.rejected["column"]) == {"net_mass_kg", "hs_code"}
    with pytest.raises(RejectedRecord, match=r"hs_code.*net_mass_kg|net_mass_kg.*hs_code"):
        scorer.score_one(frame.iloc[1].to_dict())


def test_nothing_to_score_gives_no_scores(scorer: Scorer, sample: pd.DataFrame) -> None:
    empty = scorer.score(sample.iloc[:0])
    assert list(empty) == SCHEMA.names
    assert empty.empty


@pytest.mark.parametrize("kind", [".parquet", ".jsonl", ".csv"])
def test_what_was_written_is_read_again(scores: pd.DataFrame, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"scores{kind}"
    write_scores(scores, path)
    wanted = scores.reset_index(drop=True)[list(NESTED)]
    pd.testing.assert_frame_equal(read_scores(path)[list(NESTED)], wanted)


@pytest.mark.parametrize("kind", [".parquet", ".jsonl", ".csv"])
def test_files_carry_the_same_scores(scores: pd.DataFrame, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"scores{kind}"
    write_scores(scores, path)
    if kind == ".parquet":
        read = pq.read_table(path).to_pylist()
        for reason in (reason for record in read for reason in record["reasons"]):
            reason["evidence"] = json.loads(reason["evidence"])
    elif kind == ".jsonl":
        read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    else:
        with path.open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
        for record in read:
            record |= {name: json.loads(record[name]) for name in ("risk", *NESTED)}
    wanted = scores.to_dict("records")
    assert [list(record) for record in read] == [SCHEMA.names] * len(wanted)
    for one, other in zip(read, wanted, strict=True):
        assert one["risk"] == other["risk"]
        assert {name: one[name] for name in NESTED} == {name: other[name] for name in NESTED}


def test_another_kind_of_file_is_refused(scores: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"one of \.parquet, \.csv, \.jsonl"):
        write_scores(scores, tmp_path / "scores.xlsx")


def test_a_place_without_a_model_is_a_clear_error(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no directory of a model"):
        Scorer.load(tmp_path / "nowhere")
    with pytest.raises(HistoryError, match="no readable history"):
        Scorer.load(bundle, tmp_path)
