"""How goods come: country of dispatch, mode, transit countries and border office."""

from functools import cache

import numpy as np
import pandas as pd

from .draw import Array, Generator, chance, pick, within_group
from .goods import table

# Where goods not sent straight from their maker are sent from, by usual share.
USUAL_HUBS = {"DE": 0.2, "NL": 0.12, "PL": 0.07, "LT": 0.05, "TR": 0.15, "AE": 0.15}
USUAL_HUBS |= {"CN": 0.14, "HK": 0.06, "UZ": 0.04, "KG": 0.03, "GE": 0.02}
OFFICES = ["50602", "50605", "51501", "52104", "53105", "55301", "55302", "55304"]
OFFICES += ["57401", "58102", "59203", "71601"]
OFFICE_SHARES = [8, 5, 3, 4, 4, 22, 14, 6, 6, 5, 3, 12]
ONWARD = {"RU": 0.62, "KG": 0.2, "BY": 0.14, "AM": 0.04}
ABROAD = {"UZ": 0.35, "CN": 0.25, "TR": 0.12, "AE": 0.08, "TJ": 0.1, "AF": 0.1}


def draw_dispatch(rng: Generator, origin: Array, indirect: float | Array) -> Array:
    """Where the goods were sent from: mostly the origin, else a usual hub."""
    hub = pick(rng, list(USUAL_HUBS), len(origin), list(USUAL_HUBS.values())).astype(object)
    return np.where(chance(rng, indirect, len(origin)), hub, origin)


@cache
def _routes() -> pd.DataFrame:
    frame = table("routes.csv")
    frame["share"] = frame["share"].astype(float)
    return frame


def add_routes(rng: Generator, dispatch: Array, goods_light: Array) -> pd.DataFrame:
    """Mode, transit countries and border office that fit each dispatch; light goods may fly."""
    routes = _routes()
    names = {country: number for number, country in enumerate(routes["dispatch"].unique())}
    group = routes["dispatch"].map(names).to_numpy()
    asked = pd.Series(dispatch).map(names).to_numpy()
    air = (routes["mode"] == "4").to_numpy()
    dear = within_group(rng, asked, group, routes["share"].to_numpy() * np.where(air, 4, 1))
    heavy = within_group(rng, asked, group, routes["share"].to_numpy() * np.where(air, 0.05, 1))
    chosen = np.where(goods_light, dear, heavy)
    return routes.loc[chosen, ["mode", "transit", "border"]].reset_index(drop=True)


def draw_trading_country(rng: Generator, origin: Array, dispatch: Array) -> Array:
    """The seller's country: mostly that of dispatch, sometimes the maker's or a third one."""
    third = pick(rng, ["AE", "HK", "CH", "GB", "CY", "SG", "TR"], len(origin)).astype(object)
    luck = rng.random(len(origin))
    return np.where(luck < 0.76, dispatch, np.where(luck < 0.92, origin, third))
