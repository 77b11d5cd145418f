"""The world's list of parties: late, incomplete, and with names like those of the honest."""

from pathlib import Path

import pandas as pd
import pytest

from shiprisk.features import read_records
from shiprisk.features.names import NameIndex
from shiprisk.training import Past

KEY = ["declaration_id", "item_number"]


@pytest.fixture(scope="module")
def named(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every partner of the world once, with the first day of any diverted row of it."""
    rows = tables["declarations"].merge(tables["truth"])
    rows["first_diverted"] = rows["declared_on"].where(rows["diverted"])
    rows = rows.dropna(subset=["partner_id", "partner_name"])
    by_partner = rows.groupby("partner_id")
    usual = by_partner["partner_name"].agg(lambda names: names.mode()[0])
    return pd.DataFrame({"name": usual, "began": by_partner["first_diverted"].min()})


def test_a_partner_has_one_name_written_in_few_ways(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["declarations"].dropna(subset=["partner_id"])
    assert 0.01 < rows["partner_name"].isna().mean() < 0.03
    ways = rows.groupby("partner_id")["partner_name"].nunique()
    assert 2 <= ways.max() <= 6
    often = rows.groupby("partner_id")["partner_name"].agg(lambda x: x.value_counts(True).max())
    assert often.mean() > 0.75


def test_names_seldom_coincide(named: pd.DataFrame) -> None:
    plain = named["name"].str.lower().str.split().str[:2].str.join(" ")
    assert plain.duplicated().mean() < 0.12


def test_networks_are_listed_after_they_began(
    tables: dict[str, pd.DataFrame], named: pd.DataFrame
) -> None:
    listed = tables["listed_parties"]
    index = NameIndex.of(listed["name"].tolist())
    diverting = named.dropna(subset=["began"])
    found = index.like(diverting["name"].tolist())
    same = found.likeness == 1.0
    began = diverting["began"].to_numpy()[found.asked[same]]
    days = (listed["listed_on"].to_numpy()[found.listed[same]] - began) / pd.Timedelta(days=1)
    assert len(days) > 20
    assert (days > 20).mean() > 0.7


def test_some_honest_partners_have_the_name_of_a_listed_party(
    tables: dict[str, pd.DataFrame], named: pd.DataFrame
) -> None:
    honest = named[named["began"].isna()]
    found = NameIndex.of(tables["listed_parties"]["name"].tolist()).like(honest["name"].tolist())
    alike = pd.Series(found.likeness).groupby(found.asked).max()
    assert (alike == 1.0).sum() >= 5
    assert ((alike > 0.92) & (alike < 1)).sum() >= 5
    assert (alike > 0.92).sum() < 0.05 * len(honest)


def test_a_tie_to_the_list_is_a_hint_and_no_more(directory: Path) -> None:
    past = Past.of(read_records(directory))
    late = past.declarations[past.declarations["declared_on"] >= "2024-01-01"]
    truth = pd.read_parquet(directory / "truth.parquet")
    diverted = late.merge(truth, on=KEY, validate="one_to_one")["diverted"].to_numpy()
    near = past.history().block(late)["hops_to_listed_party"] == 0
    assert diverted[near].mean() > 2 * diverted.mean()
    assert 0.03 < near[diverted].mean() < 0.5
    assert (~diverted & near).any()
