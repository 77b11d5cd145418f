"""How goods come: country of dispatch, mode, transit countries and border office."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .countries import number
from .draw import Array, Generator, chance, pick, within_group
from .goods import table

# Where goods not sent straight from their maker are sent from, by usual share.
USUAL_HUBS = {"DE": 0.2, "NL": 0.12, "PL": 0.07, "LT": 0.05, "TR": 0.15, "AE": 0.15}
USUAL_HUBS |= {"CN": 0.14, "HK": 0.06, "UZ": 0.04, "KG": 0.03, "GE": 0.02, "AM": 0.01}
OFFICES = ("50602", "50605", "51501", "52104", "53105", "55301", "55302", "55304",
           "57401", "58102", "59203", "71601")  # fmt: skip
OFFICE_SHARES = (8, 5, 3, 4, 4, 22, 14, 6, 6, 5, 3, 12)
ONWARD = {"RU": 0.62, "KG": 0.2, "BY": 0.14, "AM": 0.04}
ABROAD = {"UZ": 0.35, "CN": 0.25, "TR": 0.12, "AE": 0.08, "TJ": 0.1, "AF": 0.1}
THROUGH_RUSSIA = {"KG": 0.4, "UZ": 0.4, "TJ": 0.2}
RAIL, ROAD, AIR = 2, 3, 4  # UN/ECE Recommendation 19


@dataclass(frozen=True)
class Routes:
    """Every route as arrays of one length; `borders` and `transits` hold what the codes mean."""

    dispatch: Array
    mode: Array
    share: Array
    transit: Array
    border: Array
    transits: tuple[str, ...]
    borders: tuple[str, ...]


@cache
def routes() -> Routes:
    """The routes of routes.csv; the first transit is the empty one."""
    frame = table("routes.csv")
    transits = ("", *sorted(set(frame["transit"]) - {""}))
    borders = tuple(sorted(set(frame["border"])))
    return Routes(
        number(frame["dispatch"]),
        frame["mode"].astype(int).to_numpy(),
        frame["share"].astype(float).to_numpy(),
        frame["transit"].map(transits.index).to_numpy(),
        frame["border"].map(borders.index).to_numpy(),
        transits,
        borders,
    )


def draw_dispatch(rng: Generator, origin: Array, indirect: float | Array) -> Array:
    """Where the goods were sent from: mostly the origin, else a usual hub."""
    hub = pick(rng, number(USUAL_HUBS), len(origin), list(USUAL_HUBS.values()))
    return np.where(chance(rng, indirect, len(origin)), hub, origin)


def draw_route(rng: Generator, dispatch: Array, light: Array) -> Array:
    """The row of a route that fits each dispatch; light goods fly more often."""
    known, share = routes(), routes().share
    air = known.mode == AIR
    dear = within_group(rng, dispatch, known.dispatch, share * np.where(air, 4, 1))
    heavy = within_group(rng, dispatch, known.dispatch, share * np.where(air, 0.05, 1))
    return np.where(light, dear, heavy)


@cache
def through_russia() -> Array:
    """Of each row of a route whether it crosses Russia."""
    known = routes()
    crosses = np.array(["RU" in text.split() for text in known.transits])
    return crosses[known.transit]


def draw_route_through_russia(rng: Generator, size: int) -> tuple[Array, Array]:
    """A country of dispatch and a route from it that crosses Russia."""
    known = routes()
    rows = np.flatnonzero(through_russia())
    row = pick(rng, rows, size, known.share[rows])
    return known.dispatch[row], row


def draw_trading_country(rng: Generator, origin: Array, dispatch: Array) -> Array:
    """The seller's country: mostly that of dispatch, sometimes the maker's or a third one."""
    third = pick(rng, number(["AE", "HK", "CH", "GB", "CY", "SG", "TR"]), len(origin))
    luck = rng.random(len(origin))
    return np.where(luck < 0.76, dispatch, np.where(luck < 0.92, origin, third))


def draw_destination(rng: Generator, to: dict[str, float], size: int) -> Array:
    """A country out of those, by share."""
    return pick(rng, number(to), size, list(to.values()))
