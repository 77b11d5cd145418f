"""Right answers over real HTTP: the scorer's own, alone and in a batch, with partial success."""

import json
from typing import Any

import httpx
import pandas as pd
import pytest

from shiprisk.features import DECLARATIONS, SIGNALS, list_versions
from shiprisk.serving import SCHEMA, Scorer
from tests.factory import declaration, declarations
from tests.serving.http.asking import answer, problem, scored, strict

ADVICE = ("ask_for", "below", "similar")


def as_json(scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return strict(json.dumps(scores))


def test_one_record_is_scored(client: httpx.Client) -> None:
    told = scored(client, declaration())
    assert told["rejected"] == []
    (score,) = told["scores"]
    assert list(score) == [*SCHEMA.names, *ADVICE]
    assert score["declaration_id"] == declaration()["declaration_id"]
    assert 0 < score["risk"] < 1
    assert score["lane"] in {"red", "yellow", "green"}
    assert score["reasons"]


def without_advice(score: dict[str, Any]) -> dict[str, Any]:
    """What a record of a list is told."""
    return {name: value for name, value in score.items() if name not in ADVICE}


@pytest.mark.parametrize("number", [1, 5, 40])
def test_as_many_reasons_are_given_as_wanted(client: httpx.Client, number: int) -> None:
    records = declarations(number).to_dict("records")
    for asked in (records, records[0]):
        told = {
            most: answer(client.post("/v1/scores", json=asked, params={"reasons": most}))
            for most in (2, 5, 1000)
        }
        by_default = scored(client, asked)
        assert told[5] == by_default
        for few, more, every in zip(*(one["scores"] for one in told.values()), strict=True):
            raising = [one for one in few["reasons"] if one["contribution"] > 0]
            assert len(raising) <= 2
            assert len(few["reasons"]) <= len(more["reasons"]) <= len(every["reasons"])
            added = sum(one["contribution"] for one in every["reasons"])
            assert added == pytest.approx(sum(every["families"].values()))


@pytest.mark.parametrize("most", ["0", "-1", "x", "", "1001", "1.5", "٣", "99999"])
def test_a_number_of_reasons_that_makes_no_sense_is_refused(
    client: httpx.Client, most: str
) -> None:
    told = problem(client.post("/v1/scores", json=declaration(), params={"reasons": most}), 422)
    assert "reasons" in told["detail"]


@pytest.mark.parametrize("number", [5, 40])
def test_the_answer_is_that_of_the_scorer(
    client: httpx.Client, scorer: Scorer, number: int
) -> None:
    frame = declarations(number, declared_on="2025-07-01")
    frame["customs_value_usd"] *= 1 + frame.index
    frame.loc[3, "net_mass_kg"] = None
    records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    expected = as_json(scorer.score(frame).to_dict("records"))
    assert len(expected) == number
    assert scored(client, records)["scores"] == expected


@pytest.mark.parametrize("number", [5, 40])
def test_records_of_a_request_are_no_past_of_each_other(
    client: httpx.Client, scorer: Scorer, number: int
) -> None:
    days = [f"2025-07-{1 + at % 28:02}" for at in range(number)]
    records = [
        one | {"declared_on": day}
        for one, day in zip(declarations(number).to_dict("records"), days, strict=True)
    ]
    together = scored(client, records)["scores"]
    alone = [scored(client, one)["scores"][0] for one in records]
    assert [without_advice(one) for one in alone] == together
    assert as_json([scorer.score_one(one) for one in records]) == alone
    # As one file they are: so this world can tell the difference.
    assert scorer.score(pd.DataFrame(records))["risk"].tolist() != [x["risk"] for x in together]


def test_a_cell_means_the_same_beside_any_other(client: httpx.Client) -> None:
    # As columns of numbers, these would be read otherwise than each alone.
    cells = [
        {"hs_code": 8450111100},
        {"hs_code": "0805100000"},
        {"packages": 3},
        {"packages": None},
        {"packages": "12"},
        {"customs_office": 55302},
        {"customs_office": 55302.5},
        {"item_number": "2"},
        {"item_number": 3.0},
        {"amendments": True},
        {"transit_countries": ["GE", "AZ"]},
        {"transit_countries": None},
    ]
    records = [declaration(declaration_id=f"D{at}", **cell) for at, cell in enumerate(cells)]
    fillers = declarations(30).to_dict("records")
    for batch in (records, [*records, *fillers]):
        told = scored(client, batch)
        by_id = {score["declaration_id"]: score for score in told["scores"]}
        for row, record in enumerate(records):
            alone = scored(client, [record])
            if record["declaration_id"] in by_id:
                assert alone["scores"] == [by_id[record["declaration_id"]]]
            faults = [fault | {"row": 0} for fault in told["rejected"] if fault["row"] == row]
            assert alone["rejected"] == faults


@pytest.mark.parametrize("more", [0, 30])
def test_good_records_are_scored_where_others_are_rejected(client: httpx.Client, more: int) -> None:
    records = declarations(4 + more).to_dict("records")
    records[1] |= {"hs_code": "1234", "net_mass_kg": -1}
    records[3] |= {"direction": "sideways"}
    told = scored(client, records)
    ids = [one["declaration_id"] for one in told["scores"]]
    assert ids[:2] == ["D0000000", "D0000002"]
    assert len(ids) == 2 + more
    named = [(fault["row"], fault["column"]) for fault in told["rejected"]]
    assert named == [(1, "hs_code"), (1, "net_mass_kg"), (3, "direction")]
    assert all(set(fault) == {"row", "column", "value", "expected"} for fault in told["rejected"])
    assert all(fault["expected"] for fault in told["rejected"])


@pytest.mark.parametrize("record", [{}, declaration(hs_code="12")])
@pytest.mark.parametrize("number", [1, 3, 30])
def test_records_that_are_all_broken_are_all_rejected(
    client: httpx.Client, record: dict[str, Any], number: int
) -> None:
    told = scored(client, [record] * number)
    assert told["scores"] == []
    assert {fault["row"] for fault in told["rejected"]} == set(range(number))


@pytest.mark.parametrize("more", [0, 30])
def test_a_key_that_an_earlier_record_has_is_a_fault(client: httpx.Client, more: int) -> None:
    first, *rest = declarations(2 + more).to_dict("records")
    told = scored(client, [first, first | {"item_number": "1"}, *rest])
    (fault,) = told["rejected"]
    assert (fault["row"], fault["column"]) == (1, "declaration_id, item_number")
    assert len(told["scores"]) == 2 + more


def test_one_record_with_faults_is_a_problem_that_names_them(client: httpx.Client) -> None:
    broken = declaration(hs_code="12", net_mass_kg=-1)
    told = problem(client.post("/v1/scores", json=broken), 422)
    assert [fault["column"] for fault in told["errors"]] == ["hs_code", "net_mass_kg"]
    assert all(fault["value"] and fault["expected"] for fault in told["errors"])
    assert "hs_code" in told["detail"]


def test_a_required_column_that_lacks_is_named(client: httpx.Client) -> None:
    record = {name: cell for name, cell in declaration().items() if name != "hs_code"}
    told = problem(client.post("/v1/scores", json=record), 422)
    assert [fault["column"] for fault in told["errors"]] == ["hs_code"]


def test_only_required_columns_are_enough(client: httpx.Client) -> None:
    needed = {column.name for column in DECLARATIONS.columns if column.required}
    record = {name: cell for name, cell in declaration().items() if name in needed}
    (score,) = scored(client, record)["scores"]
    assert "net_mass_kg" in score["missing"]


def test_columns_that_mean_nothing_here_change_nothing(client: httpx.Client) -> None:
    plain = scored(client, declaration())
    assert scored(client, declaration(our_own="x", **{"": 1})) == plain
    many = [{f"column {at} {n}": 1 for n in range(50)} | declaration() for at in range(40)]
    assert len(scored(client, many)["rejected"]) == 39


def test_the_model_and_its_signals_are_told(client: httpx.Client, scorer: Scorer) -> None:
    model = answer(client.get("/v1/model"))
    assert model["model_version"] == scorer.model.version
    assert model["history_through"] == str(scorer.history.through)
    assert model["declarations"] == scorer.model.about["declarations"]
    assert model["lists"] == list_versions()
    assert model["changed_lists"] == []
    told = answer(client.get("/v1/signals"))
    assert [one["name"] for one in told] == [signal.name for signal in SIGNALS]
    assert all(one["meaning"] and one["family"] for one in told)
    assert {one["name"] for one in told if one["sensitive"]} == {
        signal.name for signal in SIGNALS if signal.sensitive
    }


def test_advice_is_left_out_where_it_is_not_wanted(client: httpx.Client) -> None:
    with_it, without = (
        answer(client.post("/v1/scores", json=declaration(), params=params))["scores"][0]
        for params in ({}, {"advice": "false"})
    )
    assert with_it.keys() - without.keys() == {"ask_for", "below", "similar"}
    assert {name: with_it[name] for name in without} == without
    told = problem(client.post("/v1/scores", json=declaration(), params={"advice": "perhaps"}), 422)
    assert "advice must be true or false" in told["detail"]
