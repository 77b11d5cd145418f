"""What is traded: codes, usual prices and masses, and the countries that make them."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.features import tier

from .draw import Array, Generator, pick, within_group

PRICE_BY_ORIGIN = {"DE": 1.5, "US": 1.6, "JP": 1.6, "GB": 1.5, "FR": 1.4, "IT": 1.3, "KR": 1.2}
PRICE_BY_ORIGIN |= {"TW": 1.15, "NL": 1.3, "CN": 0.75, "VN": 0.85, "IN": 0.75, "TR": 0.9, "UZ": 0.7}


def table(name: str) -> pd.DataFrame:
    """One of the tables beside this file, all columns as text."""
    return pd.read_csv(Path(__file__).parent / name, dtype=str, keep_default_na=False)


@cache
def goods() -> pd.DataFrame:
    """One row per HS10 code: group, price per kg (USD), masses (kg), words, and if it is listed."""
    frame = table("goods.csv").rename(columns={"hs10": "hs_code"})
    numeric = ["price", "spread", "mass", "tare", "pack", "piece", "weight"]
    frame[numeric] = frame[numeric].astype(float)
    frame["listed"] = [tier(code[:6]) > 0 for code in frame["hs_code"]]
    frame["group_number"] = frame["group"].map(group_numbers()).astype(int)
    frame["passes_for"] = frame["hs_code"].map(_neighbours(frame)).astype(int)
    return frame


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
    """One row per group of goods: its line of business and its makers by share."""
    return table("groups.csv")


def group_numbers() -> dict[str, int]:
    """The row of each group's name."""
    return {name: row for row, name in enumerate(groups()["group"])}


@cache
def _makers() -> tuple[Array, Array, Array]:
    """Group, country and share, one entry per maker."""
    entries = [
        (row, *maker.split(":"))
        for row, text in enumerate(groups()["origins"])
        for maker in text.split()
    ]
    group, country, share = zip(*entries, strict=True)
    return np.array(group), np.array(country, dtype=object), np.array(share, dtype=float)


def draw_goods(rng: Generator, group: Array) -> Array:
    """For each asked group one of its goods, by how common it is."""
    frame = goods()
    members, weight = frame["group_number"].to_numpy(), frame["weight"].to_numpy()
    return within_group(rng, group, members, weight)


def draw_listed(rng: Generator, size: int, names: tuple[str, ...]) -> Array:
    """Priority-list goods out of the named groups."""
    frame = goods()
    wanted = np.flatnonzero(frame["listed"] & frame["group"].isin(names))
    return pick(rng, wanted, size, frame["weight"].to_numpy()[wanted])


def draw_origin(rng: Generator, goods_row: Array) -> Array:
    """A country of origin that makes these goods."""
    group, country, share = _makers()
    asked = goods()["group_number"].to_numpy()[goods_row]
    return country[within_group(rng, asked, group, share)]


def origin_price(origin: Array) -> Array:
    """Log of how dear goods of an origin usually are."""
    levels = pd.Series(origin).map(PRICE_BY_ORIGIN).fillna(1.0)
    return np.log(levels.to_numpy())
