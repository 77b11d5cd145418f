"""Dated lists of countries, and where countries are."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pycountry
import pytest

from shiprisk.features import DECLARATIONS
from shiprisk.features.lists import any_in_force, in_force, km_between
from shiprisk.features.lists.countries import CountryList

LISTS = Path(__file__).parents[2] / "features" / "lists"
DATED: tuple[CountryList, ...] = ("hubs", "concern", "sanctioning")
COUNTRIES = {one.alpha_2 for one in pycountry.countries} | {"XK"}


def rows(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def on(day: str) -> np.ndarray:
    return np.array([day], dtype="datetime64[D]")


def text(*words: str | None) -> np.ndarray:
    return np.array(words, dtype=object)


@pytest.mark.parametrize("name", DATED)
def test_each_row_names_a_country_since_when_and_why(name: CountryList) -> None:
    for row in rows(name):
        assert row["country"] in COUNTRIES
        assert date.fromisoformat(row["since"]) <= date.today()
        assert not row["until"] or row["since"] < row["until"]
        assert row["why"]


@pytest.mark.parametrize("name", DATED)
def test_a_list_is_in_force_from_its_day_on(name: CountryList) -> None:
    for row in rows(name):
        since = np.datetime64(row["since"], "D")
        assert in_force(name, text(row["country"]), on(str(since)))[0]
        assert not in_force(name, text(row["country"]), on(str(since - 1)))[0]


def test_what_is_not_on_a_list_or_missing_is_not_in_force() -> None:
    assert not in_force("hubs", text("DE"), on("2024-01-01"))[0]
    assert not in_force("hubs", text(None), on("2024-01-01"))[0]
    assert not in_force("hubs", text("TR"), on("NaT"))[0]


def test_many_countries_at_once_are_as_each_alone() -> None:
    countries = np.array(["TR", None, "DE", "HK", "TR", "CN", "HK", "AE", "XX"], dtype=object)
    days = np.array(["2022-06-27", "2023-01-01", "2024-01-01", "2023-03-01", "2022-06-28",
                     "2024-01-01", "2023-03-02", "2021-01-01", "2024-01-01"],
                    dtype="datetime64[D]")  # fmt: skip
    found = in_force("hubs", countries, days)
    alone = [in_force("hubs", countries[[at]], days[[at]])[0] for at in range(len(days))]
    assert found.tolist() == alone
    assert 0 < found.sum() < len(found)


def test_a_route_is_searched_for_whole_countries() -> None:
    assert any_in_force("concern", text("PL BY RU"), on("2023-01-01"))[0]
    assert not any_in_force("concern", text("PL BY"), on("2022-02-25"))[0]
    assert not any_in_force("concern", text("RURAL UA"), on("2023-01-01"))[0]
    assert not any_in_force("concern", text(None), on("2023-01-01"))[0]


def test_every_country_that_a_record_may_name_has_a_place() -> None:
    assert DECLARATIONS.column("country_of_origin").kind == "country"
    assert {row["country"] for row in rows("places")} == COUNTRIES
    for row in rows("places"):
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180


@pytest.mark.parametrize(
    ("home", "near", "far"),
    [("KZ", "UZ", "RU"), ("DE", "PL", "TR"), ("CN", "JP", "US"), ("US", "GB", "AU")],
)
def test_what_is_near_is_near(home: str, near: str, far: str) -> None:
    to_near, to_far = km_between(text(home, home), text(near, far))
    assert 0 < to_near < to_far < 20_040  # half of the way around


def test_a_way_is_as_long_back_and_unknown_without_both_ends() -> None:
    there, back, nowhere, unheard = km_between(
        text("KZ", "DE", "KZ", "KZ"), text("DE", "KZ", None, "ZZ")
    )
    assert there == back
    assert np.isnan([nowhere, unheard]).all()
