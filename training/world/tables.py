"""The tables, with the columns and types in which they are handed on."""

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .channels import CURRENCIES, DIRECTIONS, EXPORT, IMPORT, INCOTERMS, ONWARD_LEG
from .columns import Columns, count, joined, taken
from .countries import COUNTRIES, HOME, NONE
from .draw import Array, scattered
from .firms import LEGAL_FORMS, activity_codes, bin_numbers
from .goods import HS2022_FROM, column, goods
from .inspection import KINDS, ROUTES
from .names import firm_names, of_firms
from .routes import OFFICES, routes
from .typology import NAMES
from .words import texts

TEXT = pa.string()
HOME_USE, OUT, OUT_AGAIN, IN_TRANSIT = range(4)
PROCEDURES = ("40", "10", "31", "80")
DIGITS = (6, 8, 10)


def declarations(items: Columns, traders: Array, brokers: Array, names: pa.Array) -> pa.Table:
    """The declarations table of a month's rows: only what the papers say."""
    onward = items["direction"] == ONWARD_LEG
    known = routes()
    return pa.table({
        "declaration_id": declaration_ids(items),
        "item_number": pa.array(items["item_number"].astype(np.int64)),
        "declared_on": _days(items["day"]),
        "direction": _named(DIRECTIONS, items["direction"]),
        "procedure": _named(PROCEDURES, _procedure(items)),
        "customs_office": _named(OFFICES, items["office"]),
        "border_office": _named(known.borders, items["border"]),
        "declarant_id": _declarants(items, traders, brokers, onward),
        "trader_id": _named(traders, items["firm"]),
        "partner_id": _partners(items),
        "partner_name": names,
        "partner_country": _named(COUNTRIES, items["partner_country"]),
        "hs_code": _codes(items["goods"], items["day"], np.full(count(items), 10)),
        "previous_hs_code": _codes(
            items["previous"], items["previous_on"], items["previous_digits"]
        ),
        "description": _named(texts(), items["description"]),
        "country_of_origin": _named(COUNTRIES, items["origin"]),
        "country_of_dispatch": _named(COUNTRIES, items["dispatch"]),
        "country_of_destination": _named(COUNTRIES, items["destination"]),
        "trading_country": _named(COUNTRIES, items["trading"]),
        "transit_countries": _named(known.transits, _none_for_first(items["transit"])),
        "mode_of_transport": _named([str(mode) for mode in range(10)], items["mode"]),
        "net_mass_kg": _number(items["net_mass_kg"]),
        "gross_mass_kg": _number(items["gross_mass_kg"]),
        "packages": _number(items["packages"]),
        "supplementary_quantity": _number(items["supplementary_quantity"]),
        "supplementary_unit": _units(items),
        "customs_value_usd": _number(items["customs_value_usd"]),
        "incoterms": _named(INCOTERMS, items["incoterms"]),
        "currency": _named(CURRENCIES, items["currency"]),
        "amendments": _number(items["amendments"]),
    })  # fmt: skip


def declaration_ids(items: Columns) -> pa.Array:
    """Office, day and the office's number of the day; of an onward movement its waybill's."""
    waybill = items["direction"] == ONWARD_LEG
    days, at = np.unique(items["day"], return_inverse=True)
    post = np.where(waybill, len(OFFICES), items["office"])
    number = pc.utf8_lpad(pc.cast(pa.array(_numbers(items, post)), TEXT), 6, "0")
    dates = pa.array([date.strftime("%d%m%y") for date in days.astype("datetime64[D]").tolist()])
    prefix = pa.array([*(f"{office}/" for office in OFFICES), "SNT-"], TEXT)
    mark = pa.array(["/", "-"], TEXT).take(pa.array(waybill.astype(np.int8)))
    parts = (prefix.take(pa.array(post)), dates.take(pa.array(at)), mark, number)
    return pc.binary_join_element_wise(*parts, "")


def _numbers(items: Columns, post: Array) -> Array:
    """The place of each declaration among those of its post and day, from 1."""
    first = np.flatnonzero(items["item_number"] == 1)
    order = first[np.lexsort((first, post[first], items["day"][first]))]
    new_day, new_post = np.diff(items["day"][order]) != 0, np.diff(post[order]) != 0
    begins = np.concatenate([[True], new_day | new_post])
    place = np.arange(len(order))
    numbers = np.empty(count(items), dtype=np.int64)
    numbers[order] = place - np.maximum.accumulate(np.where(begins, place, 0)) + 1
    return numbers[first][np.cumsum(items["item_number"] == 1) - 1]


def _named(names: tuple[str, ...] | list[str] | Array, codes: Array) -> pa.Array:
    """What the codes mean; null where the code is -1."""
    codes = np.asarray(codes)
    return pa.array(names, TEXT).take(pa.array(codes, mask=codes < 0))


def _none_for_first(codes: Array) -> Array:
    return np.where(codes > 0, codes, NONE)


def _number(values: Array) -> pa.Array:
    return pa.array(values.astype(np.float64), from_pandas=True)


def _days(days: Array) -> pa.Array:
    return pa.array(
        np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[s]")
    )


def _procedure(items: Columns) -> Array:
    """Home use, export, export of what came in, transit or its end; none for a waybill."""
    direction = items["direction"]
    out = np.where(items["origin"] == HOME, OUT, OUT_AGAIN)
    out = np.where(items["closing"], IN_TRANSIT, out)
    inward = np.where(direction == IMPORT, HOME_USE, IN_TRANSIT)
    return np.where(direction == ONWARD_LEG, NONE, np.where(direction == EXPORT, out, inward))


@cache
def _all_codes() -> pa.Array:
    """Codes of either nomenclature in six, eight and ten digits, in that order."""
    both = [*goods()["hs_code"], *goods()["hs2017"]]
    return pa.array([code[:digits] for digits in DIGITS for code in both], TEXT)


def _codes(rows: Array, day: Array, digits: Array) -> pa.Array:
    """HS codes as the nomenclature of their day has them."""
    rows, count = rows.astype(np.int64), len(goods())
    older = (day < HS2022_FROM) * count
    place = np.searchsorted(DIGITS, digits) * 2 * count
    return _all_codes().take(pa.array(rows + older + place, mask=rows < 0))


def _declarants(items: Columns, traders: Array, brokers: Array, onward: Array) -> pa.Array:
    """The trader itself, or a broker's identifier; waybills are the trader's own."""
    itself = items["files_itself"] | onward
    return pc.if_else(
        pa.array(itself), _named(traders, items["firm"]), _named(brokers, items["broker"])
    )


def broker_ids(count: int) -> Array:
    """Identifiers of the brokers, as those of firms."""
    numbers = np.arange(count)
    registered = 11_000 + 180 * (numbers * 7 % 31)
    return bin_numbers(registered, np.zeros(count, dtype=bool), 900_001 + numbers)


def _partners(items: Columns) -> pa.Array:
    """Country and a number that says nothing."""
    number = pa.array(scattered(items["partner"], 1_000_000))
    digits = pc.utf8_lpad(pc.cast(number, TEXT), 6, "0")
    text = pc.binary_join_element_wise(_named(COUNTRIES, items["partner_country"]), digits, "")
    return pc.if_else(pa.array(items["partner_known"]), text, pa.scalar(None, TEXT))


def _units(items: Columns) -> pa.Array:
    given = ~np.isnan(items["supplementary_quantity"])
    return _named(column("unit"), np.where(given, items["goods"], NONE))


def truth(items: Columns, ids: pa.Array) -> pa.Table:
    """What was really diverted, how, and by which network; no model may see this."""
    diverted = items["diverts"]
    network = np.where(diverted, items["network"], NONE)
    return pa.table({
        "declaration_id": ids,
        "item_number": pa.array(items["item_number"].astype(np.int64)),
        "diverted": pa.array(diverted),
        "typology": _named(("", *NAMES), np.where(diverted, items["typology"] + 1, 0)),
        "network": pa.array(network, mask=network < 0),
    })  # fmt: skip


def inspections(outcomes: Columns) -> pa.Table:
    """Outcomes in the order in which they became known."""
    order = np.lexsort((outcomes["item_number"], outcomes["declaration_id"], outcomes["known_on"]))
    ordered = taken(outcomes, order)
    return pa.table({
        "declaration_id": pa.array(ordered["declaration_id"], TEXT),
        "item_number": pa.array(ordered["item_number"].astype(np.int64)),
        "known_on": _days(ordered["known_on"]),
        "violation": pa.array(ordered["violation"]),
        "kind": _named(KINDS, ordered["kind"]),
        "selected_by": _named(ROUTES, ordered["selected_by"]),
        "selection_probability": pa.array(ordered["selection_probability"].astype(np.float64)),
    })  # fmt: skip


def traders(firms: Columns, ids: Array, last: int) -> pa.Table:
    """The register: a version from the day of registration, and one more where owners changed."""
    listed = firms["in_register"] & (firms["registered"] <= last)
    serial = np.arange(count(firms))
    known = {"trader_id": ids, "known": firms["registered"], "serial": serial}
    first = taken(firms | known, listed)
    changed = first["owner_changed"]
    second = taken(first, (changed > first["registered"] + 30) & (changed <= last))
    second |= {"owner": second["partner_owner"], "known": second["owner_changed"]}
    versions = joined([first, second])
    versions = taken(versions, np.lexsort((versions["known"], versions["trader_id"])))
    return pa.table({
        "trader_id": pa.array(versions["trader_id"], TEXT),
        "registered_on": _days(versions["registered"]),
        "legal_form": _named(LEGAL_FORMS, versions["legal_form"]),
        "activity_code": _named(activity_codes(), versions["activity"]),
        "address_id": _lettered("A", versions["address"]),
        "owner_nationalities": _owners(versions),
        "director_id": _lettered("D", versions["director"]),
        "trader_name": firm_names(of_firms(versions["serial"]), versions["legal_form"]),
        "known_from": _days(versions["known"]),
    })  # fmt: skip


def trade_statistics(figures: Columns) -> pa.Table:
    """What partners published of their exports to this country."""
    size = count(figures)
    return pa.table({
        "reporter": _named(COUNTRIES, figures["reporter"]),
        "partner": _named(COUNTRIES, np.full(size, HOME)),
        "flow": pa.array(["export"] * size, TEXT),
        "month": _days(figures["month"]),
        "hs_code": pa.array(figures["hs_code"], TEXT),
        "net_mass_kg": _number(figures["net_mass_kg"]),
        "value_usd": _number(figures["value_usd"]),
        "published_on": _days(figures["published_on"]),
    })  # fmt: skip


def _lettered(letter: str, numbers: Array) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(scattered(numbers, 10_000_000)), TEXT), 7, "0")
    return pc.binary_join_element_wise(letter, digits, "")


def _owners(versions: Columns) -> pa.Array:
    """Countries and shares as text, in order of country: "KZ:0.4 RU:0.6"."""
    rows = zip(versions["owner"], versions["partner_owner"], versions["owner_share"], strict=True)
    return pa.array([_owner_text(*row) for row in rows], TEXT)


@cache
def _owner_text(first: int, second: int, share: float) -> str:
    if share == 1.0 or first == second:
        return f"{COUNTRIES[first]}:1.0"
    parts = [f"{COUNTRIES[first]}:{share:.1f}", f"{COUNTRIES[second]}:{1 - share:.1f}"]
    return " ".join(sorted(parts))
