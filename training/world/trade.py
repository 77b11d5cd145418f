"""Ordinary trade: the channels of honest firms, and the cover trade of others."""

from collections.abc import Sequence

import numpy as np

from .channels import EXPORT, SLOTS, compact, in_transit, leaving, open_channels, way
from .columns import Columns, count, joined, taken
from .countries import HOME
from .draw import Array, Generator, chance, pick
from .firms import NEVER, Means, electronic
from .goods import column, draw_among, draw_goods, group_numbers
from .routes import ABROAD, draw_destination, draw_dispatch

DOMESTIC = ("farm", "food", "fresh", "metal", "chem", "build")  # what this country makes itself
ODD_PURCHASES = 0.35  # share of channels whose third goods are anything


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
    whole = joined([both, _exports(rng, means, both), _transits(rng, both)])
    first, last = means.span
    return compact(taken(whole, (whole["last"] >= first) & (whole["first"] <= last)))


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
