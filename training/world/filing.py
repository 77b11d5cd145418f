"""From channels to goods items: what each declaration says, still as numbers."""

import numpy as np

from .channels import SLOTS, TYPES, USUAL_SLOT, usual_partner
from .columns import Columns, count
from .countries import NONE
from .draw import Array, Generator, chance, pick, spread_evenly
from .firms import Means
from .goods import HS2022_FROM, column, origin_price
from .words import describe

# Share of consignments that repeat the mass of an earlier one of the same channel.
STANDARD_LOADS = 0.2
MOST_ITEMS = 8
MOST_USD = 2e7  # at usual prices no goods item is worth more
USUALLY_SPLIT = 0.75  # of the consignments of those who split
WHOLE_KILOGRAMS = 0.6  # share of masses that are given without decimals
OLD_PAPERS_DAYS = 150  # how long documents may still use the older nomenclature
LOT_DAYS = 2  # the lots of a consignment follow each other within so many days

# What an item takes over from its channel.
HANDED_ON = (
    "firm", "direction", "typology", "network", "operation", "origin", "dispatch", "destination",
    "trading", "partner_country", "partner", "mode", "transit", "border", "broker", "office",
    "incoterms", "currency", "sends_on", "sends_to", "dwell", "closes",
)  # fmt: skip
# What decides how an item is filled in, and is forgotten then.
HABITS = (
    "price_level", "mass_level", "blend", "documented", "previous_digits", "untidy", "reveals",
    "slips", "vague",
)  # fmt: skip


def file_shipments(rng: Generator, means: Means, channels: Columns, edges: Array,
                   month: int, rows: int) -> Columns:  # fmt: skip
    """Exactly so many goods items, their channels chosen in proportion to running weights."""
    return _file(rng, means, channels, spread_evenly(rng, edges, rows), month, rows)


def file_consignments(rng: Generator, means: Means, channels: Columns, counts: Array,
                      month: int) -> Columns:  # fmt: skip
    """The goods items of so many consignments of each channel."""
    chosen = np.repeat(np.arange(count(channels)), counts)
    return _file(rng, means, channels, chosen, month, None)


def _file(rng: Generator, means: Means, channels: Columns, chosen: Array, month: int,
          rows: int | None) -> Columns:  # fmt: skip
    """A consignment is filed as one or several declarations (lots) of one or several items."""
    opens, ends = means.calendar.months[month]
    first = np.maximum(channels["first"][chosen], opens)
    day = means.calendar.draw(rng, first, np.minimum(channels["last"][chosen], ends))
    lots = 1 + rng.poisson(np.maximum(channels["lots"][chosen] - 1, 0))
    lots = np.where(chance(rng, USUALLY_SPLIT, len(chosen)), lots, 1)
    consignment = np.repeat(np.arange(len(chosen)), lots)
    several = 1 + np.minimum(rng.geometric(0.55, len(consignment)), MOST_ITEMS - 1)
    items = np.where(chance(rng, 0.15, len(consignment)), several, 1)
    if rows is not None:
        items = _cut(items, rows)
        consignment = consignment[: len(items)]
    later = np.where(lots[consignment] > 1, rng.integers(0, LOT_DAYS + 1, len(consignment)), 0)
    filed = {
        "channel": chosen[consignment],
        "day": np.minimum(day[consignment] + later, ends),
        "lots": lots[consignment],
    }
    return _items(rng, means, channels, filed, items)


def _cut(items: Array, rows: int) -> Array:
    """The first declarations whose items add up to exactly `rows`."""
    ends = np.cumsum(items)
    kept = items[: int(np.searchsorted(ends, rows)) + 1].copy()
    kept[-1] -= ends[len(kept) - 1] - rows
    return kept


def _items(rng: Generator, means: Means, channels: Columns, filed: Columns,
           items_each: Array) -> Columns:  # fmt: skip
    """One row per goods item; declarations differ in `place`, their order within the day."""
    declarations = count(filed)
    at = np.repeat(np.arange(declarations), items_each)
    place_in_it = np.arange(len(at)) - np.repeat(np.cumsum(items_each) - items_each, items_each)
    channel = filed["channel"][at]
    items = {"day": filed["day"][at], "item_number": place_in_it + 1}
    items |= {name: channels[name][channel] for name in HANDED_ON}
    slot = (pick(rng, np.arange(SLOTS), declarations, USUAL_SLOT)[at] + place_in_it) % SLOTS
    for name in ("goods", "inside", "diverts"):
        by_slot = [channels[f"{name}_{number}"][channel] for number in range(SLOTS)]
        items[name] = np.choose(slot, by_slot)
    items |= {name: values[at] for name, values in _papers(rng, means, channels, filed).items()}
    spot = items.pop("spot_partner")
    items["partner"] = np.where(spot >= 0, spot, items["partner"])
    items["trading"] = np.where(items.pop("trading_known"), items["trading"], NONE)
    habits = {name: channels[name][channel] for name in HABITS}
    items |= _measures(rng, items, habits, np.log(filed["lots"])[at])
    items |= _earlier_code(rng, items, habits)
    items["description"] = describe(rng, items, habits)
    return {name: values.astype(TYPES.get(name, values.dtype)) for name, values in items.items()}


def _papers(rng: Generator, means: Means, channels: Columns, filed: Columns) -> Columns:
    """What holds for a declaration as a whole."""
    size, channel = count(filed), filed["channel"]
    on_the_spot = chance(rng, channels["spot"][channel], size)
    return {
        "spot_partner": np.where(on_the_spot, usual_partner(rng, means, size), NONE),
        "place": rng.random(size),
        "files_itself": chance(rng, channels["own_filing"][channel], size),
        "partner_known": ~chance(rng, 0.03, size),
        "trading_known": ~chance(rng, 0.35, size),
        "amendments": rng.poisson(channels["amends"][channel]),
        "closing": np.zeros(size, dtype=bool),  # the exit of a transit
    }


def _measures(rng: Generator, items: Columns, habits: Columns, log_lots: Array) -> Columns:
    """Masses, packages, quantity and value; what is inside shows as far as the channel blends."""
    size, goods, inside = count(items), items["goods"], items["inside"]
    shows = np.where(items["diverts"], habits["blend"], 0.0)

    def usual(name: str) -> Array:
        values = np.log(column(name) + 1e-9)
        return (1 - shows) * values[goods] + shows * values[inside]

    # Some orders are the channel's standard load again, to the kilogram.
    varied = np.where(chance(rng, STANDARD_LOADS, size), 0.0, rng.normal(0, 1.2, size))
    net = np.exp(usual("mass") + habits["mass_level"] + varied - log_lots)
    net = np.minimum(net, MOST_USD / column("price")[goods])
    whole = (net >= 10) & chance(rng, WHOLE_KILOGRAMS, size)
    net = np.clip(np.where(whole, np.round(net), np.round(net, 2)), 0.01, 4e6)
    gross = np.round(net * (1 + np.exp(usual("tare") + rng.normal(0, 0.35, size))) + 0.01, 2)
    packs = net / np.exp(usual("pack") + rng.normal(0, 0.3, size))
    spread = 0.55 * column("spread")[goods] * rng.normal(0, 1, size)
    price = usual("price") + origin_price(items["origin"]) + habits["price_level"]
    counted = column("unit")[goods] != ""
    piece = np.where(counted, column("piece")[goods], 1.0)
    quantity = np.maximum(np.round(net / piece * np.exp(rng.normal(0, 0.2, size))), 1.0)
    given = counted & ~chance(rng, 0.07, size)
    return {
        "net_mass_kg": net,
        "gross_mass_kg": np.where(chance(rng, 0.02, size), np.nan, gross),
        "packages": np.maximum(np.ceil(packs), 1.0),
        "customs_value_usd": np.maximum(np.round(np.exp(price + spread) * net, 2), 1.0),
        "supplementary_quantity": np.where(given, quantity, np.nan),
    }


def _earlier_code(rng: Generator, items: Columns, habits: Columns) -> Columns:
    """The code on the document before: often none, mostly the same, as exact as that document.

    `previous` is a row of the goods or -1; for a while some documents still use the older HS.
    """
    size, goods = count(items), items["goods"]
    shown = items["diverts"] & chance(rng, habits["reveals"], size)
    confused = chance(rng, habits["untidy"], size)
    row = np.where(confused, column("passes_for")[goods], goods)
    row = np.where(shown, items["inside"], row)
    given = chance(rng, habits["documented"], size)
    lag = np.where(items["day"] >= HS2022_FROM, rng.integers(0, OLD_PAPERS_DAYS, size), 0)
    return {
        "previous": np.where(given, row, NONE),
        "previous_digits": habits["previous_digits"],
        "previous_on": items["day"] - lag,
    }
