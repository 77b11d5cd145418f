"""A channel is one standing way to trade: a firm, a partner, up to three goods and a route."""

import numpy as np
import pandas as pd

from .dates import CRACKDOWN, FIRST, LAST
from .draw import Array, Generator, chance, pick
from .firms import Means
from .goods import draw_goods, draw_origin, goods
from .routes import (
    ABROAD,
    OFFICE_SHARES,
    OFFICES,
    ONWARD,
    add_routes,
    draw_dispatch,
    draw_trading_country,
)

SLOTS = 3  # goods of a channel, the first the most common
USUAL_SLOT = (0.65, 0.25, 0.10)
INCOTERMS = ("FCA", "DAP", "CPT", "EXW", "CIP", "FOB", "CIF", "CFR")


def open_channels(rng: Generator, means: Means, firms: pd.DataFrame, firm: Array,
                  goods_rows: Array, indirect: float | Array = 0.19) -> pd.DataFrame:  # fmt: skip
    """Honest import channels of the given firms for the given goods (one row of three each)."""
    channels = pd.DataFrame({"firm": firm})
    channels["direction"] = "import"
    for slot in range(SLOTS):
        channels[f"goods_{slot}"] = goods_rows[:, slot]
        channels[f"inside_{slot}"] = goods_rows[:, slot]
        channels[f"diverts_{slot}"] = False
    channels["typology"] = ""
    channels["origin"] = draw_origin(rng, goods_rows[:, 0])
    channels["dispatch"] = draw_dispatch(rng, channels["origin"].to_numpy(), indirect)
    channels["destination"] = "KZ"
    own = firms.iloc[firm].reset_index(drop=True)
    return _honest_conduct(rng, own, take_route(rng, means, channels))


def take_route(rng: Generator, means: Means, channels: pd.DataFrame) -> pd.DataFrame:
    """Route, partner and seller's country that follow from the country of dispatch."""
    dispatch = channels["dispatch"].to_numpy(dtype=object)
    light = goods()["mass"].to_numpy()[channels["goods_0"].to_numpy()] < 400
    channels[["mode", "transit", "border"]] = add_routes(rng, dispatch, light).to_numpy(object)
    trading = draw_trading_country(rng, channels["origin"].to_numpy(dtype=object), dispatch)
    channels["trading"] = trading
    channels["partner_country"] = trading
    channels["partner"] = usual_partner(rng, means, len(channels))
    return channels


def usual_partner(rng: Generator, means: Means, size: int) -> Array:
    """The number of a foreign partner within its country, well-known ones more often."""
    return (means.partners * rng.random(size) ** 2.2).astype(int)


def _honest_conduct(rng: Generator, own: pd.DataFrame, channels: pd.DataFrame) -> pd.DataFrame:
    size = len(channels)
    channels["first"], channels["last"] = own["active_from"], own["active_to"]
    channels["weight"] = own["size"] * rng.gamma(1.0, 1.0, size)
    channels["price_level"] = _price_level(rng, size)
    channels["mass_level"] = rng.normal(0, 0.45, size)
    channels["blend"] = 0.0  # how far the goods inside show in price, packing and tare
    channels["documented"] = pick(rng, [0.05, 0.35, 0.9], size, [4, 3, 3])
    channels["previous_digits"] = pick(rng, [6, 8, 10], size, [4, 2, 4])
    channels["untidy"] = own["untidy"]
    channels["reveals"] = 0.0  # how often the earlier document names the goods inside
    channels["slips"] = 0.0  # how often the description names the goods inside
    channels["vague"] = pick(rng, [0.01, 0.08, 0.3], size, [70, 20, 10])
    channels["amends"] = 0.07
    channels["broker"] = own["broker"]
    channels["own_filing"] = own["own_filing"]
    another = pick(rng, np.array(OFFICES, dtype=object), size, OFFICE_SHARES)
    channels["office"] = np.where(chance(rng, 0.2, size), another, own["office"])
    channels["incoterms"] = pick(rng, INCOTERMS, size, [22, 24, 18, 12, 8, 6, 5, 3]).astype(object)
    channels["currency"] = _currency(rng, channels["trading"])
    return channels


def _price_level(rng: Generator, size: int) -> Array:
    """Log of a channel's price: ordinary, premium (1 in 12) or cheap bulk (1 in 14)."""
    luck = rng.random(size)
    premium, bulk = rng.uniform(0.7, 2.3, size), -rng.uniform(0.6, 1.7, size)
    return rng.normal(0, 0.28, size) + np.where(
        luck < 0.08, premium, np.where(luck > 0.93, bulk, 0)
    )


def _currency(rng: Generator, trading: pd.Series) -> Array:
    euro = dict.fromkeys(("DE", "NL", "IT", "FR", "PL", "LT", "CZ"), "EUR")
    local = trading.map(euro | {"CN": "CNY"}).fillna("USD")
    return np.where(chance(rng, 0.55, len(trading)), local, "USD")


def honest_channels(rng: Generator, means: Means, firms: pd.DataFrame) -> pd.DataFrame:
    """Each firm's ordinary suppliers: more for larger firms, goods of its line of business."""
    suppliers = 1 + rng.poisson(np.minimum(1.2 + 0.9 * np.sqrt(firms["size"]), 9))
    firm = np.repeat(np.arange(len(firms)), suppliers)
    dealer = firms["role"].isin(["distributor", "starter"]).to_numpy()[firm]
    indirect = np.where(dealer, 0.38, 0.18)  # electronics often come through a trading hub
    goods_rows = _range_of_goods(rng, firms, firm)
    channels = open_channels(rng, means, firms, firm, goods_rows, indirect)
    channels = _change_routes(rng, means, channels)
    return pd.concat([channels, *_outgoing(rng, means, channels)], ignore_index=True)


def _range_of_goods(rng: Generator, firms: pd.DataFrame, firm: Array) -> Array:
    """Three goods per channel out of the firm's own five; now and then something else."""
    business = firms["business"].to_numpy()
    narrow = np.column_stack([draw_goods(rng, business) for _ in range(5)])
    stray = draw_goods(rng, pick(rng, business, len(firms)))
    narrow[:, 4] = np.where(chance(rng, 0.5, len(firms)), stray, narrow[:, 4])
    picked = pick(rng, np.arange(5), len(firm) * SLOTS, [5, 3, 2, 1, 0.6]).reshape(-1, SLOTS)
    return narrow[firm[:, None], picked]


def _change_routes(rng: Generator, means: Means, channels: pd.DataFrame) -> pd.DataFrame:
    """Some channels turn to another dispatch or partner: at any time, more around the crackdown."""
    changes = channels[chance(rng, 0.22, len(channels))]
    size = len(changes)
    anytime = rng.integers(FIRST + 60, LAST - 60, size)
    about = (CRACKDOWN + rng.normal(10, 30, size)).astype(int)
    turn = np.where(chance(rng, 0.45, size), about, anytime)
    turn = np.clip(turn, changes["first"] + 10, LAST)
    later = changes.assign(first=turn).reset_index(drop=True)
    later["dispatch"] = draw_dispatch(rng, later["origin"].to_numpy(dtype=object), 0.4)
    channels.loc[changes.index, "last"] = turn
    return pd.concat([channels, take_route(rng, means, later)], ignore_index=True)


def _outgoing(rng: Generator, means: Means, channels: pd.DataFrame) -> list[pd.DataFrame]:
    """Honest goods that leave again: onward within the union, exports, and transit."""
    onward = send_on(rng, means, channels[chance(rng, 0.17, len(channels))])
    export = _send(rng, means, channels[chance(rng, 0.06, len(channels))], "export", ABROAD)
    transit = channels[chance(rng, 0.035, len(channels))].assign(direction="transit")
    transit["destination"] = pick(rng, ["KG", "UZ", "RU", "TJ"], len(transit), [4, 4, 2, 1])
    return [onward, export, transit]


def send_on(rng: Generator, means: Means, channels: pd.DataFrame) -> pd.DataFrame:
    """Channels by which what came in moves on to another state of the union, weeks later."""
    sent = _send(rng, means, channels, "onward", ONWARD)
    sent["border"] = None
    sent["documented"] = 0.85
    sent["first"] = np.minimum(sent["first"] + rng.integers(4, 40, len(sent)), LAST - 5)
    sent["last"] = np.maximum(sent["last"], sent["first"])
    return sent


def _send(rng: Generator, means: Means, channels: pd.DataFrame, direction: str,
          to: dict[str, float]) -> pd.DataFrame:  # fmt: skip
    sent = channels.reset_index(drop=True).assign(direction=direction, dispatch="KZ", transit="")
    sent["destination"] = pick(rng, list(to), len(sent), list(to.values())).astype(object)
    sent["partner_country"] = sent["destination"]
    sent["trading"] = sent["destination"]
    sent["partner"] = usual_partner(rng, means, len(sent))
    sent["mode"] = pick(rng, ["3", "2"], len(sent), [4, 1]).astype(object)
    sent["currency"] = np.where(sent["destination"] == "RU", "RUB", sent["currency"])
    sent["price_level"] += 0.12
    return sent
