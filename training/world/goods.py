"""What is traded: codes, usual prices and masses, demand, and the countries that make them."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.features import listed_since, tier

from .calendar import Calendar, day
from .countries import COUNTRIES, number
from .draw import Array, Generator, pick, stream, within_group

# The union's nomenclature follows HS 2022 from this day.
HS2022_FROM = day("2022-01-01")

PRICE_BY_ORIGIN = {"DE": 1.5, "US": 1.6, "JP": 1.6, "GB": 1.5, "FR": 1.4, "IT": 1.3, "KR": 1.2}
PRICE_BY_ORIGIN |= {"TW": 1.15, "NL": 1.3, "CN": 0.75, "VN": 0.85, "IN": 0.75, "TR": 0.9, "UZ": 0.7}

# Makers that restrict what their goods may be used for, and where they may go.
SANCTIONING = ("DE", "US", "JP", "GB", "FR", "IT", "KR", "TW", "NL", "PL", "CZ")


def table(name: str) -> pd.DataFrame:
    """One of the tables beside this file, all columns as text."""
    return pd.read_csv(Path(__file__).parent / name, dtype=str, keep_default_na=False)


@cache
def goods() -> pd.DataFrame:
    """One row per HS10 code: group, price per kg (USD), masses (kg), words, and if it is listed."""
    frame = table("goods.csv").rename(columns={"hs10": "hs_code"})
    numeric = ["price", "spread", "mass", "tare", "pack", "piece", "weight"]
    frame[numeric] = frame[numeric].astype(float)
    older = table("hs2017.csv").set_index("hs10")["hs2017"]
    frame["hs2017"] = frame["hs_code"].map(older).fillna(frame["hs_code"])
    frame["listed"] = [tier(code[:6]) > 0 for code in frame["hs_code"]]
    since = np.array([listed_since(code[:6]) for code in frame["hs_code"]], dtype="datetime64[D]")
    frame["listed_from"] = np.where(frame["listed"], since.astype(int), np.iinfo(np.int32).max)
    frame["group_number"] = frame["group"].map(group_numbers()).astype(int)
    frame["passes_for"] = frame["hs_code"].map(_neighbours(frame)).astype(int)
    return frame


@cache
def column(name: str) -> Array:
    """One column of the goods as an array; shared, not to be changed."""
    return goods()[name].to_numpy()


def on_list(goods_row: Array, day: Array) -> Array:
    """Whether goods are on the priority list that is in force on a day."""
    return column("listed_from")[goods_row] <= day


def _neighbours(frame: pd.DataFrame) -> dict[str, int]:
    """For each code the row it is mistaken for: the stated one, else the nearest in its group."""
    position = {code: row for row, code in enumerate(frame["hs_code"])}
    mistaken = {code: position[to] for code, to in frame[["hs_code", "passes_for"]].values if to}
    back = {frame["hs_code"][to]: position[code] for code, to in mistaken.items()}
    return {code: mistaken.get(code, back.get(code, _nearest(frame, row)))
            for code, row in position.items()}  # fmt: skip


def _nearest(frame: pd.DataFrame, row: int) -> int:
    same = np.flatnonzero(frame["group"] == frame["group"][row])
    numbers = frame["hs_code"].astype(int).to_numpy()
    return int(min(same[same != row], key=lambda other: abs(numbers[other] - numbers[row])))


@cache
def groups() -> pd.DataFrame:
    """One row per group of goods: line of business, season, growth a year, makers by share."""
    frame = table("groups.csv")
    numeric = ["peak", "swing", "growth"]
    frame[numeric] = frame[numeric].astype(float)
    return frame


@cache
def group_numbers() -> dict[str, int]:
    """The row of each group's name."""
    return {name: row for row, name in enumerate(groups()["group"])}


def demand(seed: int, calendar: Calendar) -> Array:
    """National demand of each goods (rows) in each month (columns), about 1: season, growth, luck.

    Goods grow each at a pace of their own, so that a surge alone proves nothing.
    """
    rng, count = stream(seed, "demand"), len(goods())
    by_group = groups().iloc[column("group_number")]
    months = np.array([low for low, _ in calendar.months]).astype("datetime64[D]")
    of_year = months.astype("datetime64[M]").astype(int) % 12 + 1
    years = np.arange(len(months)) / 12
    turn = np.cos(2 * np.pi * (of_year[None, :] - by_group["peak"].to_numpy()[:, None]) / 12)
    season = 1 + by_group["swing"].to_numpy()[:, None] * turn
    growth = by_group["growth"].to_numpy() + rng.normal(0, 0.12, count)
    luck = np.zeros((count, len(months)))
    for month in range(1, len(months)):
        luck[:, month] = 0.8 * luck[:, month - 1] + rng.normal(0, 0.1, count)
    return season * np.exp(growth[:, None] * (years - years.mean()) + luck)


@cache
def _makers() -> tuple[Array, Array, Array]:
    """Group, country and share, one entry per maker."""
    entries = [
        (row, *maker.split(":"))
        for row, text in enumerate(groups()["origins"])
        for maker in text.split()
    ]
    group, country, share = zip(*entries, strict=True)
    return np.array(group), number(country), np.array(share, dtype=float)


def draw_goods(rng: Generator, group: Array) -> Array:
    """For each asked group one of its goods, by how common it is."""
    return within_group(rng, np.asarray(group), column("group_number"), column("weight"))


def draw_among(rng: Generator, wanted: Array, size: int) -> Array:
    """Goods out of the wanted ones, by how common they are."""
    rows = np.flatnonzero(wanted)
    return pick(rng, rows, size, column("weight")[rows])


def draw_origin(rng: Generator, goods_row: Array) -> Array:
    """A country of origin that makes these goods."""
    group, country, share = _makers()
    return country[within_group(rng, column("group_number")[goods_row], group, share)]


def draw_sanctioning_origin(rng: Generator, goods_row: Array) -> Array:
    """The same among sanctioning makers; any maker where none makes these goods."""
    group, country, share = _makers()
    strict = np.where(np.isin(country, number(SANCTIONING)), share, 1e-9)
    return country[within_group(rng, column("group_number")[goods_row], group, strict)]


@cache
def _price_levels() -> Array:
    return np.log([PRICE_BY_ORIGIN.get(country, 1.0) for country in COUNTRIES])


def origin_price(origin: Array) -> Array:
    """Log of how dear goods of an origin usually are."""
    return _price_levels()[origin]
