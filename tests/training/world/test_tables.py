from pathlib import Path

import pandas as pd
import pytest

from shiprisk.training.world import simulate

from .conftest import TABLES

DECLARATIONS = [
    "declaration_id",
    "item_number",
    "declared_on",
    "direction",
    "procedure",
    "customs_office",
    "border_office",
    "declarant_id",
    "trader_id",
    "partner_id",
    "partner_country",
    "hs_code",
    "previous_hs_code",
    "description",
    "country_of_origin",
    "country_of_dispatch",
    "country_of_destination",
    "trading_country",
    "transit_countries",
    "mode_of_transport",
    "net_mass_kg",
    "gross_mass_kg",
    "packages",
    "supplementary_quantity",
    "supplementary_unit",
    "customs_value_usd",
    "incoterms",
    "currency",
    "amendments",
]
TRADERS = [
    "trader_id",
    "registered_on",
    "legal_form",
    "activity_code",
    "address_id",
    "owner_nationalities",
    "director_id",
    "known_from",
]
INSPECTIONS = [
    "declaration_id",
    "item_number",
    "known_on",
    "violation",
    "kind",
    "selected_by",
    "selection_probability",
]
KEY = ["declaration_id", "item_number"]


def test_same_seed_and_size_give_the_same_bytes(tmp_path: Path) -> None:
    for run, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulate(tmp_path / run, 600, seed=seed)
    for name in TABLES:
        a, b, c = ((tmp_path / run / f"{name}.parquet").read_bytes() for run in "abc")
        assert a == b
        assert a != c


@pytest.mark.parametrize("size", [500, 1_777])
def test_exactly_as_many_rows_as_asked(tmp_path: Path, size: int) -> None:
    simulate(tmp_path, size, seed=5)
    truth = pd.read_parquet(tmp_path / "truth.parquet")
    assert len(pd.read_parquet(tmp_path / "declarations.parquet")) == size
    assert set(truth["typology"]) == {"", "T1", "T3", "T4", "T7"}


def test_a_world_too_small_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 500"):
        simulate(tmp_path, 499, seed=1)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    simulate(tmp_path, 500, seed=1, progress=told.append)
    assert any("500" in line for line in told)


def test_columns_are_those_of_the_records(world: dict[str, pd.DataFrame]) -> None:
    assert list(world["declarations"]) == DECLARATIONS
    assert list(world["traders"]) == TRADERS
    assert list(world["inspections"]) == INSPECTIONS
    assert list(world["truth"]) == [*KEY, "diverted", "typology"]


def test_truth_matches_the_rows_one_to_one(world: dict[str, pd.DataFrame]) -> None:
    declarations, truth = world["declarations"], world["truth"]
    assert not declarations.duplicated(KEY).any()
    assert declarations[KEY].equals(truth[KEY])
    assert (truth["diverted"] == (truth["typology"] != "")).all()
    assert 0.02 < truth["diverted"].mean() < 0.04


def test_days_are_within_the_eighteen_months(world: dict[str, pd.DataFrame]) -> None:
    days = world["declarations"]["declared_on"]
    assert days.between("2024-01-01", "2025-06-30").all()
    assert (days.dt.day_of_week < 5).mean() > 0.85
    assert (world["traders"]["known_from"] <= "2025-06-30").all()


def test_codes_masses_and_values_are_plausible(world: dict[str, pd.DataFrame]) -> None:
    rows = world["declarations"]
    assert rows["hs_code"].str.fullmatch(r"\d{10}").all()
    assert rows["hs_code"].str.startswith("0").any()
    assert rows["hs_code"].str[:2].nunique() >= 25
    assert rows["hs_code"].nunique() >= 150
    assert set(rows["previous_hs_code"].dropna().str.len()) == {6, 8, 10}
    assert (
        rows["gross_mass_kg"].dropna() > rows["net_mass_kg"][rows["gross_mass_kg"].notna()]
    ).all()
    assert (rows[["net_mass_kg", "packages", "customs_value_usd"]] > 0).all(axis=None)


def test_fields_are_missing_at_realistic_rates(world: dict[str, pd.DataFrame]) -> None:
    absent = world["declarations"].isna().mean()
    assert 0.02 < absent["partner_id"] < 0.045
    assert 0.01 < absent["gross_mass_kg"] < 0.03
    assert 0.02 < absent["description"] < 0.08
    assert 0.5 < absent["previous_hs_code"] < 0.75
    assert absent[["trader_id", "hs_code", "net_mass_kg"]].eq(0).all()


def test_items_of_a_declaration_share_its_head(world: dict[str, pd.DataFrame]) -> None:
    by_declaration = world["declarations"].groupby("declaration_id")
    head = ["declared_on", "trader_id", "declarant_id", "country_of_dispatch", "customs_office"]
    assert (by_declaration[head].nunique() == 1).all(axis=None)
    assert (by_declaration["item_number"].max() == by_declaration.size()).all()
    assert 0.1 < (by_declaration.size() > 1).mean() < 0.2


def test_onward_movements_have_no_customs_procedure(world: dict[str, pd.DataFrame]) -> None:
    rows = world["declarations"]
    onward = rows["direction"] == "onward"
    assert rows.loc[onward, "procedure"].isna().all()
    assert rows.loc[~onward, "procedure"].notna().all()
    assert set(rows.loc[onward, "country_of_destination"]) <= {"RU", "KG", "BY", "AM"}
    assert (rows["direction"] == "import").mean() > 0.6


def test_identifiers_agree_with_the_register(world: dict[str, pd.DataFrame]) -> None:
    firms, rows = world["traders"], world["declarations"]
    assert firms["trader_id"].str.fullmatch(r"\d{4}[45]\d{7}").all()
    assert (firms["trader_id"].str[:4] == firms["registered_on"].dt.strftime("%y%m")).all()
    assert (firms["known_from"] >= firms["registered_on"]).all()
    assert firms["trader_id"].duplicated().any()
    assert 0 < (~rows["trader_id"].isin(firms["trader_id"])).mean() < 0.1


def test_owner_shares_add_up_to_one(world: dict[str, pd.DataFrame]) -> None:
    for text in world["traders"]["owner_nationalities"].unique():
        owners = [owner.split(":") for owner in text.split(" ")]
        assert owners == sorted(owners)
        assert sum(float(share) for _, share in owners) == pytest.approx(1)


def test_no_firm_trades_before_it_exists(shipments: pd.DataFrame) -> None:
    assert (shipments["age"].dropna() >= 0).all()


def test_every_row_is_accepted_by_the_records(world: dict[str, pd.DataFrame]) -> None:
    records = pytest.importorskip("shiprisk.features.records")
    for name in ("declarations", "traders", "inspections"):
        result = records.validated(world[name], getattr(records, name.upper()))
        assert len(result.rejected) == 0, result.rejected.head()
        assert len(result.accepted) == len(world[name])
        assert not result.ignored
