"""What leaves again of what came in: onward movement drawn on stock, and the exit of transit.

Every row here follows from a row that came in: it never holds more than entered. Goods that are
diverted without a paper stay in the ledger as stock and exist nowhere else.
"""

import numpy as np

from .channels import EXPORT, IMPORT, ONWARD_LEG, TRANSIT, leaving
from .columns import Columns, count, joined, taken
from .countries import NONE
from .draw import Array, Generator, chance
from .firms import Means

TRANSIT_DAYS = (3, 14)
WHOLE = 0.45  # share of onward movements that take everything that came
NAMED = 0.85  # share of the later papers that name the earlier code


def sent_on(rng: Generator, means: Means, items: Columns) -> Columns:
    """Onward movements and transit exits that follow from these items, on their later days.

    items: those of a declaration together, their first one first.
    """
    return joined([_onward(rng, means, items), _exits(rng, items)])


def _onward(rng: Generator, means: Means, items: Columns) -> Columns:
    """Waybills for a part of the imports: whole declarations, all of their goods or a share."""
    sends = np.where(items["direction"] == IMPORT, items["sends_on"], 0.0)
    rows = taken(items, _by_declaration(rng, items, sends))
    paper = _papers(rows)
    papers = int(paper.max(initial=-1)) + 1
    dwell = np.maximum(rows["dwell"][rows["item_number"] == 1] - 1, 0.5)
    waited = 1 + np.floor(rng.gamma(1.6, dwell / 1.6)).astype(int)
    share = np.where(chance(rng, WHOLE, papers), 1.0, rng.uniform(0.2, 0.95, papers))
    rows |= _follow(rng, rows, waited[paper], rng.random(papers)[paper])
    rows |= leaving(rng, rows["currency"], ONWARD_LEG, rows["sends_to"])
    rows |= _share(rng, rows, share[paper])
    rows["partner"] = _customer(rows, means)
    rows["files_itself"] = np.ones(count(rows), dtype=bool)
    rows["incoterms"] = np.full(count(rows), NONE)
    return rows


def _exits(rng: Generator, items: Columns) -> Columns:
    """Transit that reached the far border: the same goods, declared out."""
    closes = np.where(items["direction"] == TRANSIT, items["closes"], 0.0)
    rows = taken(items, _by_declaration(rng, items, closes))
    paper = _papers(rows)
    papers = int(paper.max(initial=-1)) + 1
    days = rng.integers(*TRANSIT_DAYS, papers)[paper]
    rows |= _follow(rng, rows, days, rng.random(papers)[paper])
    rows["direction"] = np.full(count(rows), EXPORT)
    rows["closing"] = np.ones(count(rows), dtype=bool)
    return rows


def _papers(rows: Columns) -> Array:
    """The number of the declaration on each row."""
    return np.cumsum(rows["item_number"] == 1) - 1


def _by_declaration(rng: Generator, items: Columns, share: Array) -> Array:
    """True for the rows of declarations that are chosen whole."""
    paper = _papers(items)
    return rng.random(int(paper.max(initial=-1)) + 1)[paper] < share


def _follow(rng: Generator, rows: Columns, days: Array, place: Array) -> Columns:
    """Later days, and the code on the way in as the earlier one where the papers name it."""
    size = count(rows)
    return {
        "previous": np.where(chance(rng, NAMED, size), rows["goods"], NONE),
        "previous_on": rows["day"],
        "previous_digits": np.full(size, 10),
        "day": rows["day"] + days,
        "place": place,
        "amendments": rng.poisson(0.04, size),
    }


def _share(rng: Generator, rows: Columns, share: Array) -> Columns:
    """A share of the masses, packages and quantities; sold on at a small margin."""
    came = rows["net_mass_kg"]
    net = np.maximum(np.floor(came * share * 100) / 100, 0.01)
    gross = np.round(rows["gross_mass_kg"] * net / came + 0.005, 2)
    value = rows["customs_value_usd"] * (net / came) * np.exp(rng.normal(0.1, 0.08, count(rows)))
    return {
        "net_mass_kg": net,
        "gross_mass_kg": gross,
        "packages": np.maximum(np.ceil(rows["packages"] * share), 1.0),
        "supplementary_quantity": np.maximum(np.ceil(rows["supplementary_quantity"] * share), 1.0),
        "customs_value_usd": np.maximum(np.round(value, 2), 1.0),
    }


def _customer(rows: Columns, means: Means) -> Array:
    """A customer that stays the same for a firm and supplier."""
    mixed = rows["partner"].astype(np.int64) * 31 + rows["firm"] % 5
    return mixed % means.partners
