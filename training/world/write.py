"""The four tables, with the columns and types in which they are handed on."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .dates import LAST
from .draw import Array, kept
from .firms import bin_numbers
from .shipments import trader_ids

Columns = dict[str, Any]  # name → Series or array

PROCEDURES = {"import": "40", "export": "10", "transit": "80", "onward": None}


def declarations(items: pd.DataFrame, firms: pd.DataFrame) -> Columns:
    """The declarations table: only what the papers say."""
    trader = trader_ids(firms)[items["firm"]]
    onward = items["direction"] == "onward"
    return {
        "declaration_id": items["declaration_id"],
        "item_number": items["item_number"],
        "declared_on": _days(items["day"]),
        "direction": items["direction"],
        "procedure": items["direction"].map(PROCEDURES),
        "customs_office": items["office"],
        "border_office": items["border"],
        "declarant_id": _declarants(items, trader),
        "trader_id": trader,
        "partner_id": _partners(items),
        "partner_country": items["partner_country"],
        "hs_code": items["hs_code"],
        "previous_hs_code": items["previous_hs_code"],
        "description": items["description"],
        "country_of_origin": items["origin"],
        "country_of_dispatch": items["dispatch"],
        "country_of_destination": items["destination"],
        "trading_country": items["trading"],
        "transit_countries": items["transit"].replace("", None),
        "mode_of_transport": items["mode"],
        "net_mass_kg": items["net_mass_kg"],
        "gross_mass_kg": items["gross_mass_kg"],
        "packages": items["packages"],
        "supplementary_quantity": items["supplementary_quantity"],
        "supplementary_unit": items["supplementary_unit"],
        "customs_value_usd": items["customs_value_usd"],
        "incoterms": kept(items["incoterms"], ~onward),
        "currency": items["currency"],
        "amendments": items["amendments"].astype(float),
    }


def _days(days: pd.Series | Array) -> Array:
    return np.asarray(days, dtype="datetime64[D]").astype("datetime64[s]")


def _declarants(items: pd.DataFrame, trader: Array) -> Array:
    """The trader itself, or a broker's identifier; waybills are the trader's own."""
    brokers = int(items["broker"].max()) + 1
    registered = 11_000 + 180 * (np.arange(brokers) * 7 % 31)
    broker = bin_numbers(registered, np.zeros(brokers, dtype=bool), first=900_001)
    itself = items["files_itself"].to_numpy() | (items["direction"] == "onward").to_numpy()
    return np.where(itself, trader, broker[items["broker"]])


def _partners(items: pd.DataFrame) -> Array:
    """Country and a number that says nothing."""
    number = pd.Series((items["partner"].to_numpy() * 387_411 + 51_937) % 1_000_000)
    text = items["partner_country"].astype(object) + number.astype(str).str.zfill(6)
    return kept(text, items["partner_known"])


def traders(firms: pd.DataFrame) -> Columns:
    """The register: a version from the day of registration, and one more where owners changed."""
    frame = firms.assign(trader_id=trader_ids(firms), known=firms["registered"])
    frame = frame[frame["in_register"]]
    changed = frame[frame["owner_changed"] > frame["registered"] + 30]
    swapped = {"owner": changed["partner_owner"], "known": changed["owner_changed"]}
    versions = pd.concat([frame, changed.assign(**swapped)], ignore_index=True)
    versions = versions.sort_values(["trader_id", "known"], kind="stable")
    return {
        "trader_id": versions["trader_id"].to_numpy(dtype=object),
        "registered_on": _days(versions["registered"]),
        "legal_form": versions["legal_form"].to_numpy(dtype=object),
        "activity_code": versions["activity"].to_numpy(dtype=object),
        "address_id": _numbered("A", versions["address"]),
        "owner_nationalities": _owners(versions),
        "director_id": _numbered("D", versions["director"]),
        "known_from": _days(np.minimum(versions["known"], LAST)),
    }


def _numbered(letter: str, numbers: pd.Series) -> Array:
    mixed = (numbers * 387_411 + 7_919) % 10_000_000
    return (letter + mixed.astype(str).str.zfill(7)).to_numpy(dtype=object)


def _owners(versions: pd.DataFrame) -> Array:
    """Countries and shares as text, in order of country: "KZ:0.4 RU:0.6"."""
    columns = ["owner", "partner_owner", "owner_share"]
    return np.array(
        [_owner_text(*row) for row in versions[columns].itertuples(index=False)], object
    )


def _owner_text(first: str, second: str, share: float) -> str:
    if share == 1.0 or first == second:
        return f"{first}:1.0"
    return " ".join(sorted([f"{first}:{share:.1f}", f"{second}:{1 - share:.1f}"]))


def truth(items: pd.DataFrame) -> Columns:
    """What was really diverted, and how; no model may see this."""
    return {
        "declaration_id": items["declaration_id"],
        "item_number": items["item_number"],
        "diverted": items["diverts"].to_numpy(),
        "typology": np.where(items["diverts"], items["typology"].to_numpy(dtype=object), ""),
    }


def inspections(outcomes: pd.DataFrame) -> Columns:
    """The outcomes, in the order in which they became known."""
    ordered = outcomes.sort_values(["known_on", "declaration_id", "item_number"], kind="stable")
    columns = {str(name): ordered[name].to_numpy() for name in ordered}
    columns["known_on"] = _days(ordered["known_on"])
    columns["violation"] = ordered["violation"].to_numpy(dtype=bool)
    return columns


def save(columns: Columns, path: Path) -> None:
    """One Parquet file, the same bytes for the same columns."""
    arrays = {name: _arrow(values) for name, values in columns.items()}
    pq.write_table(pa.table(arrays), path, compression="zstd")


def _arrow(values: pd.Series | Array) -> pa.Array:
    text = isinstance(values.dtype, pd.StringDtype) or values.dtype == object
    return pa.array(values, type=pa.string() if text else None, from_pandas=True)
