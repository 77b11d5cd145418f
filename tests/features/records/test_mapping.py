"""One TOML file takes a foreign layout to ours, or says what is wrong with it."""

import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from shiprisk.features.records import INSPECTIONS, Mapping, MappingError, validated

TODAY = date(2024, 6, 1)
MINE = """
[columns]
declaration_id = "No"
declared_on = "Day"
trader_id = "Firm"
hs_code = "HS"
mode_of_transport = "Mode"
country_of_origin = "From"
net_mass_kg = "Tonnes"
customs_value_usd = "Price"

[constants]
direction = "import"

[derived]
item_number = { count_within = "declaration_id" }
partner_id = { join = ["Seller", "City"], separator = "-" }

[codes.mode_of_transport]
40 = "4"
"*" = ""

[codes.country_of_origin]
KOR = "KR"
"?" = ""

[units.net_mass_kg]
factor = 1000

[currency.customs_value_usd]
per_usd = { 2023 = 400.0, 2023-07-01 = 500.0 }

[label]
column = "Found"
violation = ["F"]
clear = ["C"]
known_after_days = 14
selected_by = "rule"
never_inputs = ["Fine"]
"""


def mapping(old: str = "", new: str = "") -> Mapping:
    assert old in MINE
    return Mapping.parse(tomllib.loads(MINE.replace(old, new)))


def theirs(**edits: object) -> pd.DataFrame:
    row = {
        "No": "7", "Day": "2023-03-01", "Firm": "F1", "HS": "854231", "Mode": "40", "From": "KOR",
        "Tonnes": "1.5", "Price": "4000", "Seller": "S", "City": "Seoul", "Found": "C", "Fine": "0",
    }  # fmt: skip
    return pd.DataFrame([row | edits], dtype="str")


def mapped(**edits: object) -> dict[str, object]:
    """The accepted declaration that a row of theirs becomes."""
    found = validated(mapping().apply(theirs(**edits), TODAY).declarations, today=TODAY)
    assert found.rejected.empty
    return found.accepted.iloc[0].to_dict()


def test_columns_constants_codes_units_and_rates() -> None:
    row = mapped()
    assert row["trader_id"] == "F1"
    assert row["direction"] == "import"
    assert row["mode_of_transport"] == "4"
    assert row["country_of_origin"] == "KR"
    assert row["net_mass_kg"] == 1500.0
    assert row["customs_value_usd"] == 10.0
    assert row["partner_id"] == "S-Seoul"
    assert row["item_number"] == 1


def test_star_takes_every_other_code_and_question_mark_only_invalid_ones() -> None:
    assert pd.isna(mapped(Mode="3")["mode_of_transport"])
    assert mapped(From="KZ")["country_of_origin"] == "KZ"
    assert pd.isna(mapped(From="ZZ")["country_of_origin"])
    assert pd.isna(mapped(From="")["country_of_origin"])


def test_a_code_that_no_key_covers_stays_and_is_a_fault() -> None:
    strict = mapping('"?" = ""')
    found = validated(strict.apply(theirs(From="ZZ"), TODAY).declarations, today=TODAY)
    assert found.rejected["value"].tolist() == ["'ZZ'"]


def test_a_rate_holds_from_its_day_until_the_next() -> None:
    assert mapped(Day="2023-06-30")["customs_value_usd"] == 10.0
    assert mapped(Day="2023-07-01")["customs_value_usd"] == 8.0
    assert mapped(Day="2024-05-01")["customs_value_usd"] == 8.0
    early = mapping().apply(theirs(Day="2022-12-31"), TODAY)
    fault = validated(early.declarations, today=TODAY).rejected.iloc[0]
    assert fault["column"] == "customs_value_usd" and "no rate" in fault["value"]


def test_what_is_no_number_reaches_validation_as_it_was() -> None:
    raw = mapping().apply(theirs(Tonnes="1,5", Price="n/a"), TODAY)
    found = validated(raw.declarations, today=TODAY)
    assert found.rejected["value"].tolist() == ["'1,5'", "'n/a'"]


def test_items_are_counted_within_their_declaration() -> None:
    frame = pd.concat([theirs(No=number) for number in ("7", "8", "7", " 7")], ignore_index=True)
    made = mapping().apply(frame, TODAY).declarations
    assert made["item_number"].tolist() == [1, 1, 2, 3]


def test_a_join_lacks_what_a_part_lacks() -> None:
    assert pd.isna(mapped(City="")["partner_id"])


def test_the_index_is_kept() -> None:
    frame = theirs().set_axis(["mine"])
    made = mapping().apply(frame, TODAY)
    assert made.inspections is not None
    assert made.declarations.index.tolist() == made.inspections.index.tolist() == ["mine"]


def outcomes(using: Mapping, **edits: object) -> pd.DataFrame:
    told = using.apply(theirs(**edits), TODAY).inspections
    assert told is not None
    return told


def test_the_label_tells_inspections() -> None:
    found = outcomes(mapping(), Found="F").iloc[0]
    assert (found["violation"], found["selected_by"]) == ("yes", "rule")
    assert found["known_on"] == pd.Timestamp("2023-03-15")
    assert outcomes(mapping(), Found="").empty


def test_an_estimated_day_is_never_in_the_future() -> None:
    known = outcomes(mapping(), Day="2024-05-30")["known_on"].iloc[0]
    assert known == pd.Timestamp(TODAY)


def test_a_column_may_tell_the_day_of_the_outcome() -> None:
    dated = mapping("known_after_days = 14", 'known_on = "Closed"')
    told = dated.apply(theirs().assign(Closed="2023-09-09"), TODAY).inspections
    assert told is not None and told["known_on"].tolist() == ["2023-09-09"]


def test_a_label_in_neither_list_is_kept_for_validation() -> None:
    for word in ("X", "yes", "1"):
        found = validated(outcomes(mapping(), Found=word), INSPECTIONS, TODAY)
        assert found.rejected["column"].tolist() == ["violation"]
        assert word in found.rejected["value"].iloc[0]


def test_without_a_label_there_are_no_inspections() -> None:
    plain = Mapping.parse({k: v for k, v in tomllib.loads(MINE).items() if k != "label"})
    assert plain.apply(theirs()).inspections is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Firm"', '"Found"'),
        ('"Firm"', '"Fine"'),
        ('["Seller", "City"]', '["Seller", "Fine"]'),
        ("known_after_days = 14", 'known_on = "Day"'),
    ],
)
def test_what_tells_the_outcome_is_refused_as_an_input(old: str, new: str) -> None:
    with pytest.raises(MappingError, match="tells the outcome"):
        mapping(old, new)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[constants]", "[constant]", "constant: expected a table, one of columns"),
        ("trader_id =", "trader =", "columns.trader: expected a column of declarations"),
        ('trader_id = "Firm"', "trader_id = 7", "columns.trader_id: expected text, found 7"),
        ('trader_id = "Firm"', "", "columns.trader_id: expected the name of their column"),
        ('direction = "import"', 'direction = "import"\nhs_code = "1"', "hs_code: expected one"),
        ('40 = "4"', "40 = 4", "codes.mode_of_transport.40: expected our code as text"),
        ("codes.country_of_origin", "codes.currency", "codes.currency: expected a column that"),
        ("factor = 1000", "factor = 0", "units.net_mass_kg.factor: expected a number above zero"),
        ("factor = 1000", "by = 3", "units.net_mass_kg.by: not a known key"),
        ("2023 = 400.0", "23 = 400.0", "currency.customs_value_usd.per_usd: expected a year"),
        ("2023 = 400.0", '2023 = "x"', "per_usd.2023: expected a number above zero"),
        ("2023 = 400.0", "2023-07-01 = 1", "not a TOML file"),
        ("2023-07-01 =", "2023-01-01 =", "per_usd: two rates from 2023-01-01"),
        ('count_within = "declaration_id"', 'count_within = "No"', "derived.item_number.count"),
        ('join = ["Seller", "City"]', "join = []", "derived.partner_id.join: expected a list"),
        ('column = "Found"', "", "label.column: expected the name"),
        ('violation = ["F"]', 'violation = "F"', "label.violation: expected a list of texts"),
        ('clear = ["C"]', 'clear = ["F"]', "label.clear: a value cannot stand in"),
        ("days = 14", 'days = "14"', "label.known_after_days: expected a whole number"),
        ("known_after_days = 14", "", "label: expected either"),
        ('"rule"', '"luck"', "label.selected_by: expected one of model"),
        ("never_inputs", "never", "label.never: not a known key"),
    ],
)
def test_an_error_names_the_key_and_what_is_expected(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in MINE
    path = tmp_path / "mine.toml"
    path.write_text(MINE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MappingError, match=r"mine\.toml: ") as raised:
        Mapping.load(path)
    assert says in str(raised.value)


@pytest.mark.parametrize("column", ["Firm", "City", "Found"])
def test_a_column_that_the_data_lacks_is_named(column: str) -> None:
    with pytest.raises(MappingError, match=f"no column '{column}'; it has No, Day"):
        mapping().apply(theirs().drop(columns=column))


def test_an_absent_file_is_a_mapping_error(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        Mapping.load(tmp_path / "none.toml")
