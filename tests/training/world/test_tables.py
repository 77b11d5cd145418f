import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import read_records
from shiprisk.training.world import Scenario, simulate
from shiprisk.training.world.economy import Economy

from .conftest import TABLES

ROOT = Path(__file__).parents[3]
SMALL_WORLD = ROOT / "tests" / "small_world.toml"

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
    "partner_name",
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
    "trader_name",
    "known_from",
]
STATISTICS = [
    "reporter",
    "partner",
    "flow",
    "month",
    "hs_code",
    "net_mass_kg",
    "value_usd",
    "published_on",
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
LISTED_PARTIES = [
    "id",
    "name",
    "aliases",
    "countries",
    "identifiers",
    "listed_on",
    "schema",
]
KEY = ["declaration_id", "item_number"]


def simulated_by(workers: int, directory: Path, seed: int) -> dict[str, bytes]:
    """The bytes of every file, made by a process of its own, as from the command line."""
    code = "import sys; from shiprisk.cli import app; app()"
    words = ["simulate", directory, "--scenario", SMALL_WORLD, "--declarations", 3_000]
    words += ["--seed", seed, "--workers", workers]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        env={**os.environ, "PYTHONPATH": path},
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_same_seed_and_size_give_the_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    one, two = (simulated_by(workers, tmp_path / str(workers), seed=1) for workers in (1, 2))
    other = simulated_by(1, tmp_path / "other", seed=2)
    assert one == two
    assert {f"{name}.parquet" for name in TABLES} < set(one)
    assert not any(one[name] == other[name] for name in one)


def test_parts_of_a_month_do_not_depend_on_who_made_what_before() -> None:
    scenario = Scenario.load("default")
    economy, again = (Economy.found(4, 5_000, scenario) for _ in range(2))
    economy.trade(3, 0, 500)
    late, alone = economy.trade(7, 2, 500), again.trade(7, 2, 500)
    for name, values in late.items():
        np.testing.assert_array_equal(values, alone[name])


@pytest.mark.parametrize("size", [500, 1_777, 5_000])
def test_exactly_as_many_rows_as_asked(tmp_path: Path, size: int) -> None:
    simulate(tmp_path, size, seed=5)
    truth = pd.read_parquet(tmp_path / "truth.parquet")
    assert len(pd.read_parquet(tmp_path / "declarations.parquet")) == len(truth) == size


def test_exactly_as_many_rows_where_evasion_crowds_out_trade(tmp_path: Path) -> None:
    crowded = Scenario.load("default").scaled(100)
    assert crowded.evasion == 0.1
    simulate(tmp_path, 1_500, seed=5, scenario=crowded)
    declarations = pd.read_parquet(tmp_path / "declarations.parquet")
    assert len(declarations) == 1_500
    items = declarations.groupby("declaration_id")["item_number"]
    assert (items.max() == items.size()).all()


@pytest.mark.parametrize("size", [499, 20_000_001])
def test_a_world_too_small_or_too_large_is_refused(tmp_path: Path, size: int) -> None:
    with pytest.raises(ValueError, match="500 to 20,000,000"):
        simulate(tmp_path, size, seed=1)
    assert not list(tmp_path.iterdir())


def test_progress_is_told_month_by_month_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    simulate(tmp_path, 700, seed=1, progress=lambda done, of: told.append((done, of)))
    assert len(told) == 36
    assert told[-1] == (700, 700)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_was_asked_for_is_kept_beside_the_tables(directory: Path) -> None:
    about = json.loads((directory / "world.json").read_text(encoding="utf-8"))
    assert about["declarations"] == 160_000
    assert about["seed"] == 3
    assert Scenario.model_validate(about["scenario"]) == Scenario.load("default").scaled(3)
    assert about["events"]["crackdown on TR and AE"] == "2023-04-01"


def test_a_failed_run_leaves_no_half_written_tables(tmp_path: Path) -> None:
    def fails(declarations: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        simulate(tmp_path, 600, seed=1, selector=fails)
    assert not list(tmp_path.iterdir())


def test_every_record_passes_validation(directory: Path) -> None:
    records = read_records(directory)
    assert not records.rejected_rows
    assert len(records.declarations) == 160_000


def test_codes_follow_the_nomenclature_of_their_day(tables: dict[str, pd.DataFrame]) -> None:
    declarations = tables["declarations"]
    early = declarations["declared_on"] < "2022-01-01"
    phones = declarations["hs_code"].str[:4] == "8517"
    assert (declarations.loc[early & phones, "hs_code"].str[:6] != "851713").all()
    assert (declarations.loc[~early, "hs_code"].str[:6] != "851712").all()
    assert (declarations.loc[early, "hs_code"].str[:6] == "851712").any()
    # Documents of dispatch follow some weeks later.
    spring = declarations["declared_on"].between("2022-01-01", "2022-04-30")
    assert (declarations.loc[spring, "previous_hs_code"].str[:6] == "851712").any()


def test_columns_are_those_of_the_records(tables: dict[str, pd.DataFrame]) -> None:
    assert list(tables["declarations"]) == DECLARATIONS
    assert list(tables["traders"]) == TRADERS
    assert list(tables["inspections"]) == INSPECTIONS
    assert list(tables["trade_statistics"]) == STATISTICS
    assert list(tables["listed_parties"]) == LISTED_PARTIES
    assert list(tables["truth"]) == [*KEY, "diverted", "typology", "network"]


def test_truth_matches_the_rows_one_to_one(tables: dict[str, pd.DataFrame]) -> None:
    declarations, truth = tables["declarations"], tables["truth"]
    assert not declarations.duplicated(KEY).any()
    assert declarations[KEY].equals(truth[KEY])
    assert (truth["diverted"] == (truth["typology"] != "")).all()
    assert 0.02 < truth["diverted"].mean() < 0.04


def test_days_are_within_the_three_years(tables: dict[str, pd.DataFrame]) -> None:
    days = tables["declarations"]["declared_on"]
    assert days.between("2021-07-01", "2024-06-30").all()
    assert (days.dt.day_of_week < 5).mean() > 0.85
    assert (tables["traders"]["known_from"] <= "2024-06-30").all()


def test_codes_masses_and_values_are_plausible(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["declarations"]
    assert rows["hs_code"].str.fullmatch(r"\d{10}").all()
    assert rows["hs_code"].str.startswith("0").any()
    assert rows["hs_code"].str[:2].nunique() >= 25
    assert rows["hs_code"].nunique() >= 150
    assert set(rows["previous_hs_code"].dropna().str.len()) == {6, 8, 10}
    assert (
        rows["gross_mass_kg"].dropna() > rows["net_mass_kg"][rows["gross_mass_kg"].notna()]
    ).all()
    assert (rows[["net_mass_kg", "packages", "customs_value_usd"]] > 0).all(axis=None)


def test_fields_are_missing_at_realistic_rates(tables: dict[str, pd.DataFrame]) -> None:
    absent = tables["declarations"].isna().mean()
    assert 0.02 < absent["partner_id"] < 0.045
    assert 0.01 < absent["gross_mass_kg"] < 0.03
    assert 0.02 < absent["description"] < 0.08
    assert 0.5 < absent["previous_hs_code"] < 0.75
    assert absent[["trader_id", "hs_code", "net_mass_kg"]].eq(0).all()


def test_items_of_a_declaration_share_its_head(tables: dict[str, pd.DataFrame]) -> None:
    by_declaration = tables["declarations"].groupby("declaration_id")
    head = ["declared_on", "trader_id", "declarant_id", "country_of_dispatch", "customs_office"]
    assert (by_declaration[head].nunique() == 1).all(axis=None)
    assert (by_declaration["item_number"].max() == by_declaration.size()).all()
    assert 0.1 < (by_declaration.size() > 1).mean() < 0.2


def test_onward_movements_have_no_customs_procedure(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["declarations"]
    onward = rows["direction"] == "onward"
    assert rows.loc[onward, "procedure"].isna().all()
    assert rows.loc[~onward, "procedure"].notna().all()
    assert set(rows.loc[onward, "country_of_destination"]) <= {"RU", "KG", "BY", "AM"}
    assert (rows["direction"] == "import").mean() > 0.6


def test_identifiers_agree_with_the_register(tables: dict[str, pd.DataFrame]) -> None:
    firms, rows = tables["traders"], tables["declarations"]
    assert firms["trader_id"].str.fullmatch(r"\d{4}[45]\d{7}").all()
    assert (firms["trader_id"].str[:4] == firms["registered_on"].dt.strftime("%y%m")).all()
    assert (firms["known_from"] >= firms["registered_on"]).all()
    assert firms["trader_id"].duplicated().any()
    assert 0 < (~rows["trader_id"].isin(firms["trader_id"])).mean() < 0.1


def test_owner_shares_add_up_to_one(tables: dict[str, pd.DataFrame]) -> None:
    for text in tables["traders"]["owner_nationalities"].unique():
        owners = [owner.split(":") for owner in text.split(" ")]
        assert owners == sorted(owners)
        assert sum(float(share) for _, share in owners) == pytest.approx(1)


def test_no_firm_trades_before_it_exists(shipments: pd.DataFrame) -> None:
    assert (shipments["age"].dropna() >= 0).all()
