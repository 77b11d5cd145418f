"""A channel is one standing way to trade: a firm, a partner, up to three goods and a route.

Channels are named arrays of numbers: goods and countries by their row, days since 1970, -1 for
none, `rate` in consignments a month (for honest ones relative to each other).
"""

from collections.abc import Sequence

import numpy as np

from .columns import Columns, count, joined, taken
from .countries import HOME, NONE, RUSSIA, number, one
from .draw import Array, Generator, chance, pick
from .firms import NEVER, Means, electronic
from .goods import column, draw_among, draw_goods, draw_origin, group_numbers
from .routes import (
    ABROAD,
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
ODD_PURCHASES = 0.35  # share of channels whose third goods are anything
DOMESTIC = ("farm", "food", "fresh", "metal", "chem", "build")  # what this country makes itself
# Small types for what channels and their items hold: a world has millions of them.
TYPES = dict.fromkeys(("firm", "network", "partner", "broker", "first", "last"), np.int32)
TYPES |= dict.fromkeys(("direction", "typology", "mode", "border", "office", "incoterms",
                        "currency", "previous_digits"), np.int8)  # fmt: skip
TYPES |= dict.fromkeys(("origin", "dispatch", "destination", "trading", "partner_country",
                        "transit", "sends_to"), np.int16)  # fmt: skip
TYPES |= dict.fromkeys(("operation", "day", "description", "previous_on"), np.int32)
TYPES |= dict.fromkeys(("goods", "inside", "previous", "amendments"), np.int16)
TYPES |= {"item_number": np.int8}
TYPES |= {f"{kind}_{slot}": np.int16 for kind in ("goods", "inside") for slot in range(SLOTS)}
TYPES |= {f"diverts_{slot}": np.bool_ for slot in range(SLOTS)}


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


def honest_channels(rng: Generator, means: Means, firms: Columns, firm: Array,
                    turns: Sequence[int]) -> Columns:  # fmt: skip
    """Ordinary trade of the given firms: more suppliers for larger ones, goods of their business.

    `turns` are days around which more channels than usual change their route.
    """
    suppliers = 1 + rng.poisson(np.minimum(1.2 + 0.9 * np.sqrt(firms["size"][firm]), 9))
    ranges = _range_of_goods(rng, firms["business"][firm], firms["dealer"][firm])
    place = np.repeat(np.arange(len(firm)), suppliers)
    picked = pick(rng, np.arange(5), len(place) * SLOTS, [5, 3, 2, 1, 0.6]).reshape(-1, SLOTS)
    goods_rows = ranges[place[:, None], picked]
    # Every firm now and then buys what it does not deal in: furniture, a machine, spare parts.
    goods_rows[:, SLOTS - 1] = np.where(
        chance(rng, ODD_PURCHASES, len(place)), draw_among(rng, column("weight") > 0, len(place)),
        goods_rows[:, SLOTS - 1],
    )  # fmt: skip
    # Electronics often come through a trading hub.
    indirect = np.where(firms["dealer"][firm][place], 0.4, 0.19)
    channels = open_channels(rng, means, firms, firm[place], goods_rows, indirect)
    channels |= _come_and_go(rng, means, channels)
    turn, later = _changed_routes(rng, means, channels, turns)
    channels["last"] = np.minimum(channels["last"], turn)
    both = joined([channels, later])
    return compact(joined([both, _exports(rng, means, both), _transits(rng, both)]))


def _range_of_goods(rng: Generator, business: Array, dealer: Array) -> Array:
    """Five goods of each firm's business, of dealers in electronics also beside it."""
    size = len(business)
    ranges = np.column_stack([draw_goods(rng, business) for _ in range(5)])
    for place in (2, 3):
        beside = draw_goods(rng, electronic(rng, size))
        ranges[:, place] = np.where(dealer & chance(rng, 0.7, size), beside, ranges[:, place])
    stray = draw_goods(rng, rng.permutation(business))
    ranges[:, 4] = np.where(chance(rng, 0.5, size), stray, ranges[:, 4])
    return ranges


def _come_and_go(rng: Generator, means: Means, channels: Columns) -> Columns:
    """First and last days: suppliers come and go; else only evaders would have short-lived ones."""
    first, last = means.span
    size = count(channels)
    begins = np.maximum(channels["first"], rng.integers(first - 400, last, size))
    begins = np.where(chance(rng, 0.6, size), begins, channels["first"])
    ends = np.minimum(channels["last"], begins + rng.integers(60, 900, size))
    return {"first": begins, "last": np.where(chance(rng, 0.5, size), ends, channels["last"])}


def _changed_routes(rng: Generator, means: Means, channels: Columns,
                    turns: Sequence[int]) -> tuple[Array, Columns]:  # fmt: skip
    """Some channels turn to another dispatch or partner: at any time, more around the turns.

    Returns the day on which each channel ends so (or never), and what follows it.
    """
    first, last = means.span
    changes = chance(rng, 0.25, count(channels))
    later = taken(channels, changes)
    size = count(later)
    turn = rng.integers(first + 30, last, size)
    if turns:
        about = pick(rng, turns, size) + rng.normal(10, 30, size).astype(int)
        turn = np.where(chance(rng, 0.45, size), about, turn)
    turn = np.maximum(turn, later["first"] + 10)
    later |= {"first": turn, "dispatch": draw_dispatch(rng, later["origin"], 0.4)}
    later |= way(rng, means, later)
    ends = np.full(len(changes), NEVER)
    ends[changes] = turn
    return ends, later


def _exports(rng: Generator, means: Means, channels: Columns) -> Columns:
    """Exports, many of them of what the country itself makes."""
    export = taken(channels, chance(rng, 0.06, count(channels)))
    size = count(export)
    own, made = chance(rng, 0.6, size), [group_numbers()[name] for name in DOMESTIC]
    made_here = draw_goods(rng, pick(rng, made, size))
    for slot in range(SLOTS):
        kept = np.where(own, made_here, export[f"goods_{slot}"])
        export[f"goods_{slot}"] = export[f"inside_{slot}"] = kept
    export["origin"] = np.where(own, HOME, export["origin"])
    to = draw_destination(rng, ABROAD, size)
    return export | leaving(rng, export["currency"], EXPORT, to) | {"sends_on": np.zeros(size)}


def _transits(rng: Generator, channels: Columns) -> Columns:
    """Transit to the neighbours, some of it through Russia."""
    transit = taken(channels, chance(rng, 0.035, count(channels)))
    return transit | in_transit(rng, transit, chance(rng, 0.4, count(transit)))


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
