"""A channel is one standing way to trade: a firm, a partner, up to three goods and a route.

Channels are named arrays of numbers: goods and countries by their row, days since 1970, -1 for
none, `rate` in consignments a month (for honest ones relative to each other).
"""

import numpy as np

from .columns import Columns, count, taken
from .countries import HOME, NONE, RUSSIA, number, one
from .draw import Array, Generator, chance, pick
from .firms import Means
from .goods import column, draw_origin
from .routes import (
    OFFICE_SHARES,
    OFFICES,
    ONWARD,
    RAIL,
    ROAD,
    THROUGH_RUSSIA,
    draw_destination,
    draw_dispatch,
    draw_route,
    draw_route_through_russia,
    draw_trading_country,
    routes,
)

SLOTS = 3  # goods of a channel, the first the most common
USUAL_SLOT = (0.65, 0.25, 0.10)
DIRECTIONS = ("import", "onward", "export", "transit")
IMPORT, ONWARD_LEG, EXPORT, TRANSIT = range(4)
INCOTERMS = ("FCA", "DAP", "CPT", "EXW", "CIP", "FOB", "CIF", "CFR")
CURRENCIES = ("USD", "EUR", "CNY", "RUB")
USD, EUR, CNY, RUB = range(4)
EURO = number(("DE", "NL", "IT", "FR", "PL", "LT", "CZ"))

# Small types for what channels and their items hold: a world has millions of them.
TYPES: dict[str, type[np.generic]] = {
    **dict.fromkeys(("firm", "network", "operation", "partner", "broker"), np.int32),
    **dict.fromkeys(("first", "last", "day", "previous_on", "description"), np.int32),
    **dict.fromkeys(("origin", "dispatch", "destination", "trading", "partner_country"), np.int16),
    **dict.fromkeys(("sends_to", "transit", "goods", "inside", "previous", "amendments"), np.int16),
    **dict.fromkeys(("direction", "typology", "mode", "border", "office", "incoterms"), np.int8),
    **dict.fromkeys(("currency", "previous_digits", "item_number"), np.int8),
    **{f"{kind}_{slot}": np.int16 for kind in ("goods", "inside") for slot in range(SLOTS)},
    **{f"diverts_{slot}": np.bool_ for slot in range(SLOTS)},
}


def compact(channels: Columns) -> Columns:
    """The same in the smallest types that hold it."""
    return {name: values.astype(TYPES.get(name, np.float32)) for name, values in channels.items()}


def open_channels(rng: Generator, means: Means, firms: Columns, firm: Array, goods_rows: Array,
                  indirect: float | Array = 0.19) -> Columns:  # fmt: skip
    """Honest import channels of the given firms for the given goods (one row of three each)."""
    size = len(firm)
    channels = {"firm": firm, "direction": np.full(size, IMPORT)}
    for slot in range(SLOTS):
        channels[f"goods_{slot}"] = channels[f"inside_{slot}"] = goods_rows[:, slot]
        channels[f"diverts_{slot}"] = np.zeros(size, dtype=bool)
    channels |= dict.fromkeys(("typology", "network", "operation"), np.full(size, NONE))
    channels["origin"] = draw_origin(rng, goods_rows[:, 0])
    channels["dispatch"] = draw_dispatch(rng, channels["origin"], indirect)
    channels["destination"] = np.full(size, HOME)
    channels |= way(rng, means, channels)
    return channels | _habits(rng, taken(firms, firm), channels["trading"])


def way(rng: Generator, means: Means, channels: Columns) -> Columns:
    """Route, partner and seller's country that follow from the country of dispatch."""
    light = column("mass")[channels["goods_0"]] < 400
    route = along(draw_route(rng, channels["dispatch"], light))
    trading = draw_trading_country(rng, channels["origin"], channels["dispatch"])
    partner = usual_partner(rng, means, count(channels))
    return route | {"trading": trading, "partner_country": trading, "partner": partner}


def along(route: Array) -> Columns:
    """Mode, transit countries and border office of these routes."""
    known = routes()
    return {"mode": known.mode[route], "transit": known.transit[route],
            "border": known.border[route]}  # fmt: skip


def usual_partner(rng: Generator, means: Means, size: int) -> Array:
    """The number of a foreign partner within its country, well-known ones more often."""
    return (means.partners * rng.random(size) ** 2.2).astype(np.int64)


def _habits(rng: Generator, own: Columns, trading: Array) -> Columns:
    """How these firms fill in their papers, price, pack, and send on."""
    size = len(trading)
    another = pick(rng, np.arange(len(OFFICES)), size, OFFICE_SHARES)
    # Some order in many small shipments, as those do who split a consignment.
    lots = pick(rng, [1.0, 2.0, 5.0], size, [90, 6, 4])
    return {
        "first": own["active_from"],
        "last": own["active_to"],
        "rate": own["size"] * rng.gamma(0.8, 1.0, size),
        "price_level": _price_level(rng, size),
        "mass_level": rng.normal(0, 1.3, size) - np.where(lots > 1, 0.7, 0.0),
        "blend": np.zeros(size),  # how far the goods inside show in price, packing and tare
        "documented": pick(rng, [0.05, 0.35, 0.9], size, [4, 3, 3]),
        "previous_digits": pick(rng, [6, 8, 10], size, [4, 2, 4]),
        "untidy": own["untidy"],
        "reveals": np.zeros(size),  # how often the earlier document names the goods inside
        "slips": np.zeros(size),  # how often the description names the goods inside
        "vague": pick(rng, [0.01, 0.08, 0.3], size, [70, 20, 10]),
        "amends": pick(rng, [0.03, 0.1, 0.3], size, [6, 3, 1]),
        "broker": own["broker"],
        "own_filing": own["own_filing"],
        "office": np.where(chance(rng, 0.2, size), another, own["office"]),
        "incoterms": pick(rng, np.arange(len(INCOTERMS)), size, [22, 24, 18, 12, 8, 6, 5, 3]),
        "currency": _currency(rng, trading),
        "lots": lots,
        "spot": pick(rng, [0.03, 0.25, 1.0], size, [6, 3, 1]),  # bought of whoever sells
        "sends_on": np.where(chance(rng, 0.17, size), rng.uniform(0.2, 0.95, size), 0.0),
        "sends_to": draw_destination(rng, ONWARD, size),
        "dwell": pick(rng, [5.0, 20.0, 50.0], size, [2, 4, 4]),
        "closes": np.full(size, 0.92),
    }


def _price_level(rng: Generator, size: int) -> Array:
    """Log of a channel's price: ordinary, premium (1 in 12) or cheap bulk (1 in 14)."""
    luck = rng.random(size)
    premium, bulk = rng.uniform(0.7, 2.3, size), -rng.uniform(0.6, 1.7, size)
    level = np.where(luck < 0.08, premium, np.where(luck > 0.93, bulk, 0))
    return rng.normal(0, 0.28, size) + level


def _currency(rng: Generator, trading: Array) -> Array:
    local = np.where(np.isin(trading, EURO), EUR, np.where(trading == one("CN"), CNY, USD))
    return np.where(chance(rng, 0.55, len(trading)), local, USD)


def in_transit(rng: Generator, channels: Columns, russian: Array) -> Columns:
    """What turns imports into transit to a neighbour; where `russian`, through Russia."""
    size = count(channels)
    dispatch, route = draw_route_through_russia(rng, size)
    through = along(route) | dict.fromkeys(("dispatch", "trading", "partner_country"), dispatch)
    taken_over = {name: np.where(russian, values, channels[name])
                  for name, values in through.items()}  # fmt: skip
    return taken_over | {
        "direction": np.full(size, TRANSIT),
        "destination": draw_destination(rng, THROUGH_RUSSIA, size),
        "sends_on": np.zeros(size),
    }


def leaving(rng: Generator, currency: Array, direction: int, to: Array) -> Columns:
    """What turns rows of goods that came in into rows of goods that leave to other countries."""
    size = len(to)
    changed = dict.fromkeys(("destination", "partner_country", "trading"), to)
    changed |= {
        "direction": np.full(size, direction),
        "dispatch": np.full(size, HOME),
        "transit": np.zeros(size, dtype=np.int64),
        "mode": pick(rng, [ROAD, RAIL], size, [4, 1]),
        "currency": np.where(to == RUSSIA, RUB, currency),
    }
    if direction == ONWARD_LEG:  # no border post within the union
        changed["border"] = np.full(size, NONE)
    return changed
