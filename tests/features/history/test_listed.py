"""Listed parties and the ties to them, as known strictly before a day."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import (
    LISTED_PARTIES,
    NODES,
    TRADERS,
    Block,
    History,
    load_history,
    save_history,
    validated,
)
from shiprisk.features.columns import columns_of
from shiprisk.features.records import DECLARATIONS, Table
from tests.factory import declaration, trader

LISTED_ON = "2023-02-10"
BEFORE, ON, AFTER = "2023-02-09", LISTED_ON, "2023-02-11"


def table(kind: Table, *rows: dict[str, Any]) -> pd.DataFrame:
    found = validated(pd.DataFrame(list(rows)), kind)
    assert found.rejected.empty
    return found.accepted


def listed(**edits: Any) -> pd.DataFrame:
    entry = {"id": "L-1", "name": "Arkot Trading LLC", "listed_on": LISTED_ON}
    return table(LISTED_PARTIES, entry | edits)


def declared(*records: dict[str, Any]) -> pd.DataFrame:
    own = [{"declaration_id": f"D{at}", "partner_id": None} | one for at, one in enumerate(records)]
    return table(DECLARATIONS, *(declaration(**one) for one in own))


def hops(history: History, **record: Any) -> float:
    """Steps from one further declaration to a listed party."""
    return float(history.block(declared(record))["hops_to_listed_party"][0])


def likeness(history: History, **record: Any) -> float:
    return float(history.block(declared(record))["listed_name_likeness"][0])


@pytest.mark.parametrize(("day", "found"), [(BEFORE, False), (ON, False), (AFTER, True)])
def test_a_listing_counts_from_the_day_after_it_was_known(day: str, found: bool) -> None:
    history = History(NODES).extended(listed_parties=listed())
    record = {"declared_on": day, "partner_name": "ARKOT TRADING"}
    assert (hops(history, **record) == 0) == found
    assert likeness(history, **record) == (1.0 if found else 0.0)


def test_a_listing_without_a_day_always_counts() -> None:
    history = History(NODES).extended(listed_parties=listed(listed_on=None))
    assert hops(history, declared_on="1990-01-02", partner_name="Arkot Trading") == 0


@pytest.mark.parametrize(
    "party",
    [
        {"partner_name": "Аркот Трейдинг"},
        {"trader_name": "TOO Arcot Trading"},
        {"partner_id": "tr 998.877"},
        {"trader_id": "TR998877"},
        {"partner_name": "Old Name of Arkot"},
    ],
)
def test_it_is_found_by_name_alias_or_identifier_of_either_party(party: dict[str, str]) -> None:
    one = listed(aliases="Old Name of Arkot", identifiers="TR-998877")
    history = History(NODES).extended(listed_parties=one)
    assert hops(history, declared_on=AFTER, **party) == 0


def test_another_country_makes_a_name_less_alike_and_an_unknown_one_does_not() -> None:
    history = History(NODES).extended(listed_parties=listed(countries="TR AE"))
    values = [
        likeness(history, declared_on=AFTER, partner_name="Arkot Trading", partner_country=country)
        for country in ("AE", None, "CN")
    ]
    assert values[0] == values[1] == 1.0
    assert 0.9 < values[2] < 1.0


def test_a_ship_of_that_name_is_no_party() -> None:
    history = History(NODES).extended(listed_parties=listed(schema="Vessel"))
    assert np.isnan(likeness(history, declared_on=AFTER, partner_name="Arkot Trading"))


def test_without_a_list_or_a_name_nothing_is_known() -> None:
    assert np.isnan(likeness(History(NODES), declared_on=AFTER, partner_name="Arkot Trading"))
    assert np.isnan(hops(History(NODES), declared_on=AFTER, partner_name="Arkot Trading"))
    history = History(NODES).extended(listed_parties=listed())
    assert np.isnan(likeness(history, declared_on=AFTER))
    assert np.isnan(hops(history, declared_on=AFTER))


EARLIER = {"declared_on": "2023-01-05", "partner_name": "Arkot Trading", "trader_id": "a"}


@pytest.mark.parametrize(("day", "steps"), [(ON, None), (AFTER, 1.0), ("2024-06-01", 1.0)])
def test_who_traded_with_a_party_is_one_step_away_once_that_is_listed(
    day: str, steps: float | None
) -> None:
    history = History(NODES).extended(declared(EARLIER), listed_parties=listed())
    found = hops(history, declared_on=day, partner_name="Nobody Else", trader_id="a")
    assert found == steps or (steps is None and np.isnan(found))
    assert np.isnan(hops(history, declared_on=day, partner_name="Nobody Else", trader_id="b"))


def test_trade_on_the_day_itself_is_no_tie_yet() -> None:
    history = History(NODES).extended(
        declared(EARLIER | {"declared_on": "2023-03-01"}), listed_parties=listed()
    )
    for day, steps in (("2023-03-01", None), ("2023-03-02", 1.0)):
        found = hops(history, declared_on=day, partner_name="Nobody Else", trader_id="a")
        assert found == steps or (steps is None and np.isnan(found))


REGISTER = (
    trader(trader_id="a", director_id="P-1", address_id="A-1", known_from="2022-01-01"),
    trader(trader_id="b", director_id="P-1", address_id="A-2", known_from="2022-01-01"),
    trader(trader_id="c", director_id="P-3", address_id="A-1", known_from="2022-01-01"),
    trader(trader_id="d", director_id="P-4", address_id="A-4", known_from="2022-01-01"),
)


@pytest.mark.parametrize(("firm", "steps"), [("a", 1.0), ("b", 2.0), ("c", 2.0), ("d", None)])
def test_firms_that_share_a_director_or_an_address_are_one_step_further(
    firm: str, steps: float | None
) -> None:
    history = History(NODES).extended(
        declared(EARLIER), traders=table(TRADERS, *REGISTER), listed_parties=listed()
    )
    found = hops(history, declared_on=AFTER, trader_id=firm)
    assert found == steps or (steps is None and np.isnan(found))


def test_a_listed_firm_of_the_register_is_one_step_from_its_neighbours_while_it_is_one() -> None:
    moved = REGISTER[0] | {
        "address_id": "A-9", "director_id": "P-9", "known_from": "2023-06-01",
    }  # fmt: skip
    named = [one | {"trader_name": "Arkot Trading"} for one in (REGISTER[0], moved)]
    register = table(TRADERS, *named, *REGISTER[1:])
    history = History(NODES).extended(traders=register, listed_parties=listed())
    for firm in ("b", "c"):
        assert np.isnan(hops(history, declared_on=ON, trader_id=firm))
        assert hops(history, declared_on=AFTER, trader_id=firm) == 1
        assert hops(history, declared_on="2023-06-01", trader_id=firm) == 1
        assert np.isnan(hops(history, declared_on="2023-06-02", trader_id=firm))
    assert hops(history, declared_on="2023-06-02", trader_id="a") == 0


RECORDS = [
    {"declared_on": f"2023-0{month}-15", "trader_id": firm, "partner_name": name}
    for month in range(1, 7)
    for firm, name in [
        *(("a", name) for name in ("Arkot Trading", "Laris Motors", "Larys Motors", None)),
        *((firm, "Zarya Foods") for firm in ("b", "c", "d", "e", "f")),
    ]
]
LIST = table(
    LISTED_PARTIES,
    {"id": "1", "name": "Arkot", "aliases": "Arkot Trading", "listed_on": "2023-03-01"},
    {"id": "2", "name": "Laris Motors", "listed_on": "2023-04-20", "countries": "TR"},
    {"id": "3", "name": "Larys Motors", "listed_on": "2023-05-20"},
)
SIGNALS = ("hops_to_listed_party", "listed_name_likeness")


def values(history: History) -> np.ndarray:
    block = history.block(declared(*RECORDS))
    return np.stack([block[name] for name in SIGNALS])


def test_it_is_the_same_in_any_order_and_however_often_it_is_appended() -> None:
    records, register = declared(*RECORDS), table(TRADERS, *REGISTER)
    at_once = History(NODES).extended(records, traders=register, listed_parties=LIST)
    grown = History(NODES).extended(records.iloc[40:], listed_parties=LIST.iloc[1:])
    grown = grown.extended(records.iloc[:40], traders=register).extended(listed_parties=LIST[:2])
    np.testing.assert_array_equal(values(at_once), values(grown))
    assert len(np.unique(values(at_once)[0])) == 4  # 0, 1, 2 and not known


def test_a_party_listed_later_changes_nothing_before() -> None:
    records, register = declared(*RECORDS), table(TRADERS, *REGISTER)
    whole = values(History(NODES).extended(records, traders=register, listed_parties=LIST))
    for day in ("2023-03-15", "2023-05-15"):
        known = LIST[LIST["listed_on"] < day]
        early = records[records["declared_on"] < day]
        blind = values(History(NODES).extended(early, traders=register, listed_parties=known))
        on = (records["declared_on"] == day).to_numpy()
        np.testing.assert_array_equal(whole[:, on], blind[:, on])


def test_it_is_the_same_alone_as_in_a_batch() -> None:
    history = History(NODES).extended(declared(*RECORDS), listed_parties=LIST)
    together = values(history)
    for at, record in enumerate(RECORDS):
        block = history.block(declared(record))
        np.testing.assert_array_equal([block[name][0] for name in SIGNALS], together[:, at])


def test_a_saved_history_gives_the_same_answers_and_the_same_bytes(tmp_path: Path) -> None:
    records, register = declared(*RECORDS), table(TRADERS, *REGISTER)
    history = History(NODES).extended(records, traders=register, listed_parties=LIST)
    parts = History(NODES).extended(records[30:], traders=register, listed_parties=LIST)
    save_history(history, tmp_path / "one")
    save_history(parts.extended(records[:30]), tmp_path / "two")
    loaded = load_history(tmp_path / "one", NODES)
    np.testing.assert_array_equal(values(loaded), values(history))
    for name in ("contacts.arrow", "listed_parties.arrow"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    later = declared(RECORDS[0] | {"declared_on": "2024-01-01", "trader_id": "new"})
    assert len(loaded.extended(later).block(later)["hops_to_listed_party"]) == 1


class Unread(dict[str, np.ndarray]):
    """Columns of which those that name or number a party may not be looked at."""

    def __getitem__(self, name: str) -> np.ndarray:
        if name != "declared_on":
            raise AssertionError(f"{name} was looked at")
        return super().__getitem__(name)


def test_without_a_list_no_name_or_number_of_a_record_is_looked_at() -> None:
    history = History(NODES).extended(declared({"partner_name": "Arkot Trading"}))
    named = {"partner_name": "Arkot Trading"}
    records = Unread(columns_of(declared(named, named)))
    for name in ("hops_to_listed_party", "listed_name_likeness"):
        assert np.isnan(Block(records, NODES, history)[name]).all()
        with pytest.raises(AssertionError, match="was looked at"):
            Block(records, NODES, history.extended(listed_parties=listed()))[name]
