"""A recorded score can be worked out again, and what differs is named."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.serving import SCHEMA, Scorer
from shiprisk.serving.audit import (
    Asked,
    Audit,
    AuditError,
    Circumstances,
    Given,
    entries_of,
    received_of,
    recomputed,
)
from shiprisk.serving.sent import ScoreIds, as_json
from shiprisk.training import Trained


@pytest.fixture(scope="module")
def sample(trained: Trained) -> pd.DataFrame:
    return trained.past.declarations.iloc[-40:]


@pytest.fixture(scope="module")
def given(
    scorer: Scorer, sample: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> list[Given]:
    """What an audit record holds of a sample, scored as one batch."""
    ids, asked = ScoreIds.new(), Asked("a batch", Circumstances.of(scorer))
    scores = scorer.score_validated(sample, most_reasons=None)
    answers = [
        {**answer, "score_id": ids.of(at)} for at, answer in enumerate(scores.to_dict("records"))
    ]
    block = scorer.history.block(sample)
    block.work_out(scorer.model.signals)
    entries = entries_of(block, answers, received_of(sample), [asked] * len(sample))
    address = f"sqlite:///{tmp_path_factory.mktemp('audit') / 'audit.db'}"
    with Audit.open(address, durable=True) as audit:
        audit.record(entries).result()
        return [audit.given(entry.score_id) for entry in entries]


def test_every_answer_comes_out_again_byte_for_byte(scorer: Scorer, given: list[Given]) -> None:
    for one in given:
        again = recomputed(one, scorer)
        assert (again.differing, again.answer, again.equal) == ((), True, True)


def test_the_columns_are_those_of_the_record_and_its_answer(
    given: list[Given], sample: pd.DataFrame
) -> None:
    for one, record in zip(given, sample.to_dict("records"), strict=True):
        assert one.day == record["declared_on"].date()
        assert (one.declaration_id, one.trader_id) == (
            record["declaration_id"],
            record["trader_id"],
        )
        assert one.hs_code == record["hs_code"]
        assert one.received["declared_on"] == str(one.day)
        assert not any(pd.isna(value) for value in one.received.values())
        told = one.told
        assert (one.risk, one.lane) == (told["risk"], told["lane"])
        raising = {family for family, added in told["families"].items() if added > 0}
        assert one.family in raising if raising else one.family is None
    assert np.isnan([one.signals for one in given]).any()


def test_one_record_is_recorded_as_in_a_batch(
    scorer: Scorer, given: list[Given], sample: pd.DataFrame
) -> None:
    record = received_of(sample.iloc[:1])[0]
    block, answer = scorer.scored_record(record, None)
    answer |= {"score_id": given[0].score_id}
    (alone,) = entries_of(block, [answer], [record], [Asked("one", given[0].circumstances)])
    assert {name: alone.told[name] for name in given[0].told} == given[0].told
    assert len(alone.told) > len(given[0].told), "with advice"
    assert recomputed(alone, scorer).equal
    np.testing.assert_array_equal(alone.signals, given[0].signals)


def test_fewer_reasons_come_out_again_as_few(scorer: Scorer, given: list[Given]) -> None:
    few = {name: scorer.score_one(given[0].received, 2)[name] for name in SCHEMA.names}
    few["score_id"] = given[0].score_id
    assert len(few["reasons"]) < len(given[0].told["reasons"])
    assert recomputed(with_answer(given[0], few, most_reasons=2), scorer).equal
    assert not recomputed(with_answer(given[0], few, most_reasons=None), scorer).equal
    none = given[0].told | {"reasons": [], "families": None}
    assert recomputed(with_answer(given[0], none, most_reasons=0), scorer).equal


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        ({"risk": 0.5}, "risk"),
        ({"base": 0.5}, "base"),
        ({"lane": "violet"}, "lane"),
        ({"risk_without_owner_nationality": 2.0}, "risk_without_owner_nationality"),
    ],
)
def test_an_answer_that_the_model_does_not_give_is_named(
    scorer: Scorer, given: list[Given], edit: dict[str, Any], named: str
) -> None:
    again = recomputed(with_answer(given[0], given[0].told | edit), scorer)
    assert (again.differing, again.answer, again.equal) == ((named,), False, False)


def test_a_contribution_that_the_signals_do_not_give_is_named(
    scorer: Scorer, given: list[Given]
) -> None:
    told = given[0].told
    first = told["reasons"][0] | {"contribution": 9.0}
    other = with_answer(given[0], told | {"reasons": [first, *told["reasons"][1:]]})
    assert recomputed(other, scorer).differing == (f"contribution of {first['signal']}",)


def test_an_input_that_gives_another_answer_is_found(scorer: Scorer, given: list[Given]) -> None:
    for received in ({"country_of_dispatch": "CN", "net_mass_kg": 1.0}, {"net_mass_kg": -1}):
        other = replace(given[0], received={**given[0].received, **received})
        again = recomputed(other, scorer)
        assert (again.differing, again.answer) == ((), False)


def test_another_past_is_not_asked(scorer: Scorer, given: list[Given]) -> None:
    for digest in ("another", ""):
        then = replace(given[0].circumstances, history_digest=digest)
        again = recomputed(replace(given[0], circumstances=then), scorer)
        assert (again.differing, again.answer, again.equal) == ((), None, True)
        assert f"this one is {scorer.history.digest}" in again.untried
    lists = replace(given[0].circumstances, lists={"hubs": "another"})
    assert "lists" in recomputed(replace(given[0], circumstances=lists), scorer).untried


def test_another_model_is_refused(scorer: Scorer, given: list[Given]) -> None:
    then = replace(given[0].circumstances, model_version="another")
    with pytest.raises(AuditError, match="was given by model another; this is model"):
        recomputed(replace(given[0], circumstances=then), scorer)


def with_answer(given: Given, answer: dict[str, Any], **edits: Any) -> Given:
    return replace(given, answer=as_json(answer), **edits)
