"""From files to typed tables: nothing is lost on the way."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features.records import (
    REJECTED_COLUMNS,
    Mapping,
    ReadError,
    Rejected,
    SchemaError,
    read_records,
    records_page,
)
from tests.factory import declarations, figure, inspection, trader

ROOT = Path(__file__).parents[3]
KOREA = ROOT / "../shared/data/korea"
TODAY = date(2024, 6, 1)


def rejected_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_directory_holds_the_four_tables(tmp_path: Path) -> None:
    declarations(3).to_csv(tmp_path / "declarations.csv", index=False)
    pd.DataFrame([trader()]).to_parquet(tmp_path / "traders.parquet")
    pd.DataFrame([inspection(), inspection(declaration_id="unheard of", violation="?")]).to_json(
        tmp_path / "inspections.jsonl", orient="records", lines=True
    )
    figures = pd.DataFrame([figure(), figure(month="2023-04", published_on="2023-04-30")])
    figures.to_csv(tmp_path / "trade_statistics.csv", index=False)
    records = read_records(tmp_path, today=TODAY)
    assert len(records.declarations) == 3
    assert records.trade_statistics is not None and len(records.trade_statistics) == 1
    assert records.traders is not None and len(records.traders) == 1
    assert records.inspections is not None and len(records.inspections) == 1
    assert list(records.rejected.columns) == list(REJECTED_COLUMNS)
    assert records.rejected_rows == {"inspections": 1, "trade_statistics": 1}


def test_tables_that_are_not_there_are_none(tmp_path: Path) -> None:
    declarations(1).to_csv(tmp_path / "declarations.csv.gz", index=False)
    records = read_records(tmp_path, today=TODAY)
    assert records.traders is None and records.inspections is None
    assert records.trade_statistics is None
    assert records.rejected.empty and records.rejected_rows == {}


def test_a_key_that_two_files_hold_is_found_and_placed(tmp_path: Path) -> None:
    frame = declarations(4)
    frame[:2].to_csv(tmp_path / "a.csv", index=False)
    frame[1:].to_parquet(tmp_path / "b.parquet")
    records = read_records([tmp_path / "a.csv", tmp_path / "b.parquet"], today=TODAY)
    assert records.declarations["declaration_id"].is_unique
    assert len(records.declarations) == 4
    assert records.declarations.index.is_unique
    only = records.rejected.iloc[0]
    assert (only["source"], only["row"]) == (str(tmp_path / "b.parquet"), 1)


def test_rejected_records_are_written_whole(tmp_path: Path) -> None:
    frame = declarations(3).drop(columns="packages").assign(note="кто")
    frame.loc[1, ["hs_code", "trader_id"]] = ["40690", None]
    path = tmp_path / "a.csv"
    path.write_text(frame.to_csv(index=False) + "half a line\n", encoding="utf-8")
    records = read_records(path, today=TODAY, rejected=Rejected(tmp_path / "rejected.jsonl"))
    assert records.rejected_rows == {"declarations": 2}
    row, line = rejected_lines(tmp_path / "rejected.jsonl")
    assert (row["table"], row["source"], row["row"]) == ("declarations", str(path), 2)
    assert [fault["column"] for fault in row["faults"]] == ["trader_id", "hs_code"]
    assert row["record"]["hs_code"] == "40690" and row["record"]["trader_id"] is None
    assert row["record"]["note"] == "кто"
    assert line["row"] == 4 and line["record"] == {"line": "half a line"}


def test_any_cell_of_a_rejected_record_can_be_written(tmp_path: Path) -> None:
    frame = declarations(1).astype(object)
    odd = {"hs_code": 10**5000, "description": "\ud800", "packages": float("inf")}
    for name, value in odd.items():
        frame[name] = pd.Series([value], dtype=object)
    frame["transit_countries"] = [[["AE"], float("nan")]]
    frame["declared_on"] = [date(2024, 1, 1)]
    read_records(frame, today=TODAY, rejected=Rejected(tmp_path / "rejected.jsonl"))
    (row,) = rejected_lines(tmp_path / "rejected.jsonl")
    assert row["record"]["transit_countries"] == [["AE"], None]
    assert row["record"]["declared_on"] == "2024-01-01"
    assert len(row["faults"]) == 4


def test_rows_are_either_accepted_or_rejected(tmp_path: Path) -> None:
    frame = declarations(20)
    frame["hs_code"] = ["845011", "x", "", "000000"] * 5
    frame.to_csv(tmp_path / "a.csv", index=False)
    records = read_records(tmp_path / "a.csv", today=TODAY)
    kept, lost = set(records.declarations.index), set(records.rejected["row"])
    assert kept | lost == set(range(1, 21)) and not kept & lost


def test_records_under_one_label_are_written_one_by_one(tmp_path: Path) -> None:
    frame = declarations(3).assign(hs_code="x").set_axis([7, 7, 8])
    rejected = Rejected(tmp_path / "rejected.jsonl")
    records = read_records(frame, today=TODAY, rejected=rejected)
    assert records.rejected_rows == rejected.rows == {"declarations": 3}
    written = rejected_lines(tmp_path / "rejected.jsonl")
    assert [one["row"] for one in written] == [7, 7, 8]
    assert [one["record"]["declaration_id"] for one in written] == list(frame["declaration_id"])


LABELLED = """
[columns]
declaration_id = "declaration_id"
item_number = "item_number"
declared_on = "declared_on"
direction = "direction"
trader_id = "trader_id"
hs_code = "hs_code"
[label]
column = "found"
violation = ["1"]
clear = ["0"]
known_after_days = 3
"""


def test_outcomes_of_rejected_declarations_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(LABELLED, encoding="utf-8")
    frame = declarations(5).assign(found=["1", "0", "1", "", "?"])
    frame.loc[2, "hs_code"] = "x"
    frame.to_csv(tmp_path / "a.csv", index=False)
    records = read_records(tmp_path / "a.csv", Mapping.load(tmp_path / "mine.toml"), today=TODAY)
    assert records.inspections is not None
    assert records.inspections["declaration_id"].tolist() == ["D0000000", "D0000001"]
    assert records.inspections["violation"].tolist() == [True, False]
    assert records.rejected_rows == {"declarations": 1, "inspections": 1}
    assert records.rejected["row"].tolist() == [3, 5]


def test_what_cannot_be_read_says_where(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no file declarations"):
        read_records(tmp_path)
    with pytest.raises(ReadError, match="no file"):
        read_records([])
    declarations(1).to_csv(tmp_path / "declarations.csv", index=False)
    declarations(1).to_parquet(tmp_path / "declarations.parquet")
    with pytest.raises(ReadError, match=r"declarations\.parquet and declarations\.csv"):
        read_records(tmp_path)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"other\.csv: declarations: missing"):
        read_records(tmp_path / "other.csv")


def test_the_example_accepts_every_korean_row() -> None:
    files = [KOREA / "train.csv", KOREA / "valid.csv"]
    if not all(file.exists() for file in files):
        pytest.skip("the Korean data set is not beside this checkout in ../shared/data/korea")
    records = read_records(files, Mapping.load(ROOT / "examples/korea.toml"))
    assert len(records.declarations) == 45_519
    assert records.rejected.empty
    assert records.inspections is not None and len(records.inspections) == 45_519
    assert records.declarations["mode_of_transport"].dropna().isin(list("12345")).all()
    assert records.declarations["country_of_origin"].isna().sum() == 24


def test_the_example_meets_unknown_codes_with_missing_values() -> None:
    header = (
        "Declaration ID,Date,Office ID,Mode of Transport,Declarant ID,Importer ID,Seller ID,"
        "HS6 Code,Country of Departure,Country of Origin,Net Mass,Item Price,Fraud"
    )
    row = "1,2021-06-30,40,77,D,I,,010121,QQ,CN,1.0,1144,1"
    frame = pd.DataFrame([row.split(",")], columns=header.split(","))
    records = read_records(frame, Mapping.load(ROOT / "examples/korea.toml"), today=TODAY)
    only = records.declarations.iloc[0]
    assert pd.isna(only["mode_of_transport"]) and pd.isna(only["country_of_dispatch"])
    assert only["customs_value_usd"] == 1.0 and only["hs_code"] == "010121"


def test_the_page_is_made_from_the_schema() -> None:
    page = (ROOT / "docs/records.md").read_text(encoding="utf-8")
    assert page == records_page(), "write docs/records.md anew: make docs"


def test_records_by_day_are_in_order_of_day_and_key_and_else_as_they_were() -> None:
    days = pd.to_datetime(["2024-03-02", "2024-03-01", "2024-03-02", "2024-03-01"])
    given = declarations(4).assign(
        declared_on=days, declaration_id=["b", "z", "a", "z"], item_number=[1, 2, 1, 1]
    )
    shuffled = read_records(given, today=TODAY)
    ordered = shuffled.by_day()
    keys = ordered.declarations[["declaration_id", "item_number"]].itertuples(index=False)
    assert [tuple(key) for key in keys] == [("z", 1), ("z", 2), ("a", 1), ("b", 1)]
    by_key = ["declaration_id", "item_number"]
    pd.testing.assert_frame_equal(
        ordered.declarations.sort_values(by_key, ignore_index=True),
        shuffled.declarations.sort_values(by_key, ignore_index=True),
    )
    again = ordered.by_day()
    pd.testing.assert_frame_equal(again.declarations, ordered.declarations)
    mass = ordered.declarations["net_mass_kg"].to_numpy()
    assert np.shares_memory(mass, again.declarations["net_mass_kg"].to_numpy())
