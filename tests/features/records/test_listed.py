"""Lists of parties: our columns, and two forms in which OpenSanctions hands them out."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from shiprisk.features import ReadError, Records, read_records
from shiprisk.features.records import joined_names, split_names
from tests.factory import declarations

# As `targets.simple.csv` is written, every cell quoted; the entries are made up.
COLUMNS = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers",
    "sanctions", "phones", "emails", "dataset", "first_seen", "last_seen", "last_change",
)  # fmt: skip
FIRM = {
    "id": "NK-aa",
    "schema": "Company",
    "name": "ARKOT TRADING LLC",
    "aliases": '"ООО ""Аркот; Трейдинг""";Arkot',
    "countries": "ru;suhh;gb-sct",
    "identifiers": "7707083893;1027700132195",
    "first_seen": "2023-02-10T08:01:02",
}
SHIP = {"id": "NK-bb", "schema": "Vessel", "name": "ARKOT STAR", "first_seen": "2023-02-10"}
PERSON = {"id": "NK-cc", "schema": "Person", "name": "Aleksandrov Ivan", "countries": "zz"}


def simple() -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows([FIRM, SHIP, PERSON])
    return text.getvalue()


ENTITIES = [
    {
        "id": "NK-aa",
        "caption": "ARKOT TRADING LLC",
        "schema": "Company",
        "target": True,
        "first_seen": "2023-02-10",
        "properties": {
            "name": ["ARKOT TRADING LLC", "ООО «Аркот»"],
            "alias": ["Arkot; Turkey"],
            "jurisdiction": ["ru", "suhh"],
            "innCode": ["7707083893"],
        },
    },
    {"id": "s-1", "caption": "A programme", "schema": "Sanction", "properties": {}},
    {"id": "NK-dd", "caption": "An owner", "schema": "Person", "target": False, "properties": {}},
]


def read(tmp_path: Path, name: str, text: str) -> Records:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_records(declarations(2), listed=path)


def listed(tmp_path: Path, name: str, text: str) -> pd.DataFrame:
    records = read(tmp_path, name, text)
    assert not records.rejected_rows
    assert records.listed_parties is not None
    return records.listed_parties.set_index("id")


def test_a_plain_list_needs_only_an_id_and_a_name(tmp_path: Path) -> None:
    table = listed(tmp_path, "own.csv", "id,name,listed_on\n1,Arkot,2023-02-10\n2,Laris,\n")
    assert table["name"].tolist() == ["Arkot", "Laris"]
    assert table["listed_on"].isna().tolist() == [False, True]


def test_the_simple_table_of_opensanctions_is_read_as_it_is(tmp_path: Path) -> None:
    table = listed(tmp_path, "targets.simple.csv", simple())
    firm = table.loc["NK-aa"]
    assert split_names(firm["aliases"]) == ['ООО "Аркот; Трейдинг"', "Arkot"]
    assert firm["countries"] == "RU GB"
    assert split_names(firm["identifiers"]) == ["7707083893", "1027700132195"]
    assert firm["listed_on"] == pd.Timestamp("2023-02-10")
    assert pd.isna(table.loc["NK-cc", "countries"])
    assert table["schema"].tolist() == ["Company", "Vessel", "Person"]


def test_entities_one_a_line_are_read_as_far_as_they_are_parties(tmp_path: Path) -> None:
    lines = "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in ENTITIES)
    table = listed(tmp_path, "entities.ftm.jsonl", lines)
    assert table.index.tolist() == ["NK-aa"]
    firm = table.loc["NK-aa"]
    assert "Arkot; Turkey" in split_names(firm["aliases"])
    assert (firm["countries"], firm["identifiers"]) == ("RU", "7707083893")


def test_every_fault_of_an_entry_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    text = "id,name,countries,listed_on\n1,,RU,2023-02-10\n2,Laris,Russia,soon\n1,Arkot,RU,\n"
    records = read(tmp_path, "own.csv", text)
    assert records.listed_parties is not None
    assert records.rejected_rows == {"listed_parties": 3}
    faults = records.rejected[["table", "row", "column"]].itertuples(index=False, name=None)
    assert list(faults) == [
        ("listed_parties", 1, "name"),
        ("listed_parties", 2, "countries"),
        ("listed_parties", 2, "listed_on"),
        ("listed_parties", 3, "id"),
    ]


def test_a_name_without_end_is_a_fault(tmp_path: Path) -> None:
    records = read(tmp_path, "own.csv", f"id,name\n1,{'a' * 501}\n2,{'a' * 500}\n")
    assert records.rejected_rows == {"listed_parties": 1}
    long = declarations(1, partner_name="a" * 501, trader_name="b" * 501)
    assert set(read_records(long).rejected["column"]) == {"partner_name", "trader_name"}


def test_a_directory_may_hold_a_list_and_another_can_take_its_place(tmp_path: Path) -> None:
    declarations(1).to_csv(tmp_path / "declarations.csv", index=False)
    (tmp_path / "listed_parties.csv").write_text("id,name\n1,Arkot\n", encoding="utf-8")
    other = tmp_path / "other.csv"
    other.write_text("id,name\n2,Laris\n", encoding="utf-8")
    for given, ids in ((None, ["1"]), (other, ["2"])):
        found = read_records(tmp_path, listed=given).listed_parties
        assert found is not None
        assert found["id"].tolist() == ids


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.csv: there is no such file"):
        read_records(declarations(1), listed=tmp_path / "gone.csv")


def test_names_in_one_cell_can_be_taken_apart_again() -> None:
    names = ['ООО "Аркот"', "Arkot; Turkey", "Laris, Ltd", '"Quoted" first']
    assert split_names(joined_names(names)) == names
    assert split_names('ООО "Аркот"; Laris;;') == ['ООО "Аркот"', "Laris"]
