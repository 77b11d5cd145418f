"""The dated tables, and how a row in force on a day is found."""

import csv
from pathlib import Path

import numpy as np
import pytest

import shiprisk.features.lists as lists
from shiprisk.features.lists import (
    brand_in,
    brand_left_on,
    goods_in_force,
    goods_named,
    thresholds_on,
)

FOLDER = Path(lists.__file__).parent
TABLES = {
    "goods_of_concern.csv": "hs",
    "cannibalised_goods.csv": "hs",
    "brands.csv": "words",
    "value_thresholds.csv": "usd",
}


@pytest.mark.parametrize(("name", "key"), TABLES.items())
def test_every_row_is_dated_and_there_once(name: str, key: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert len({row[key] for row in rows}) == len(rows)
    for row in rows:
        assert not row["until"] or row["since"] <= row["until"]
        assert np.datetime64("2000-01-01") < np.datetime64(row["since"], "D")


def of(*values: object) -> np.ndarray:
    return np.array(values, dtype=object)


def days(*values: str) -> np.ndarray:
    return np.array(values, dtype="datetime64[D]")


def test_goods_are_of_concern_from_the_day_of_their_row() -> None:
    codes = of("880730", "880730", "848291", "848291", "040690", None)
    found = goods_in_force(
        "goods_of_concern.csv",
        codes,
        days("2022-02-25", "2022-02-26", "2023-10-27", "2023-10-28", "2024-01-01", "2024-01-01"),
    )
    assert found.tolist() == [False, True, False, True, False, False]


def test_the_narrowest_row_speaks_for_the_goods() -> None:
    named = goods_named("goods_of_concern.csv", of("841111", "841199", None))
    assert named.tolist() == ["turbojets", "turbines", None]
    in_force = goods_in_force(
        "goods_of_concern.csv", of("841111", "841199"), days("2023-01-01", "2023-01-01")
    )
    assert in_force.tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "brand"),
    [
        ("Washing machines SAMSUNG, 6 kg", "Samsung"),
        ("стиральные машины LG", "LG"),
        ("algae and bulgur", None),  # no brand inside a word
        ("apples and apple juice", None),  # nor a fruit
        ("tractor john deere 6M", "John Deere"),
        ("Haier refrigerators", None),
    ],
)
def test_a_brand_is_found_as_a_word_of_its_own(text: str, brand: str | None) -> None:
    assert brand_in(text) == brand


def test_a_brand_that_is_not_in_the_table_has_not_left() -> None:
    assert np.isnat(brand_left_on("Haier"))
    assert brand_left_on("Samsung") == np.datetime64("2022-03-05")


def test_a_threshold_counts_only_while_it_is_in_force() -> None:
    early, late = thresholds_on(days("2015-01-01", "2024-01-01")).T
    assert np.isfinite(early).sum() < np.isfinite(late).sum()
    assert (np.diff(late) > 0).all()
