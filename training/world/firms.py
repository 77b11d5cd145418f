"""The firms: when they were registered, who owns and runs them, where they sit, what they trade.

A firm is a row of named arrays: registered, active_from, active_to and owner_changed are days since
1970; business is a group of goods; size is relative; dealer says that it deals in priority goods.
"""

from dataclasses import dataclass

import numpy as np

from .calendar import Calendar
from .columns import Columns, count, joined, taken
from .countries import RUSSIA, number
from .draw import Array, Generator, chance, pick, scattered
from .goods import group_numbers, groups
from .routes import OFFICE_SHARES, OFFICES

OWNERS = {"KZ": 0.8, "RU": 0.07, "CN": 0.045, "TR": 0.03, "UZ": 0.015, "KG": 0.015, "DE": 0.015}
OWNERS |= {"US": 0.01, "BY": 0.01, "AE": 0.005}
OWNER_SHARES, OWNER_SHARE_WEIGHTS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4), (14, 1, 1, 1, 1, 2, 1)
LEGAL_FORMS = ("LLP", "JSC", "branch", "cooperative")
BRANCH = LEGAL_FORMS.index("branch")
ELECTRONIC = ("electronics", "components", "instruments", "bearings", "industry", "aircraft")
GENERAL = ("4690", "4619", "5229", "4711")  # wholesale of anything, agents, forwarders, shops
NEVER = 10**6  # a day after every world


@dataclass(frozen=True)
class Means:
    """How many firms, brokers and partners a world of this size has, and its days."""

    calendar: Calendar
    firms: int
    brokers: int
    partners: int

    @classmethod
    def of(cls, declarations: int, calendar: Calendar) -> "Means":
        """Means that grow more slowly than the rows: in larger worlds firms are larger."""
        firms = max(80, round(declarations**0.76))
        return cls(calendar, firms, max(12, firms // 40), 6 + firms // 4)

    @property
    def span(self) -> tuple[int, int]:
        """First and last day."""
        return self.calendar.first, self.calendar.last


def honest_firms(rng: Generator, means: Means, dealers: float, starters: float) -> Columns:
    """All firms that trade honestly, in mixed order; two shares of them deal in priority goods."""
    firms = joined([
        _ordinary(rng, means, means.firms),
        _distributors(rng, means, max(4, round(means.firms * dealers))),
        _starters(rng, means, max(4, round(means.firms * starters))),
    ])  # fmt: skip
    return taken(firms, rng.permutation(count(firms)))


def _ordinary(rng: Generator, means: Means, size: int) -> Columns:
    """Firms of any age and any goods, with heavy-tailed sizes."""
    age = 20 + 9500 * rng.random(size) ** 1.7
    business = pick(rng, np.arange(len(groups())), size, rng.random(len(groups())) + 0.4)
    sizes = np.minimum(rng.pareto(1.02, size), 250) + 0.2
    return found(rng, means, means.calendar.last - age, business, sizes)


def _distributors(rng: Generator, means: Means, size: int) -> Columns:
    """Honest dealers in electronics and bearings, most of them long in the trade."""
    age = 300 + 6500 * rng.random(size) ** 1.4
    sizes = np.minimum(rng.pareto(1.2, size), 60) + 0.8
    firms = found(rng, means, means.calendar.last - age, electronic(rng, size), sizes)
    return firms | {"dealer": np.ones(size, dtype=bool)}


def _starters(rng: Generator, means: Means, size: int) -> Columns:
    """Honest young firms that deal in priority goods from their first day: the shells' double."""
    first, last = means.span
    registered = rng.integers(first - 150, last - 30, size)
    firms = found(rng, means, registered, electronic(rng, size), rng.lognormal(0.5, 0.8, size))
    ends = firms["active_from"] + rng.integers(90, 500, size)
    firms["active_to"] = np.where(chance(rng, 0.45, size), NEVER, ends)
    moved = chance(rng, 0.22, size)
    firms["owner"] = np.where(moved, RUSSIA, firms["owner"])
    firms["owner_share"] = np.where(moved, 1.0, firms["owner_share"])
    return firms | {"dealer": np.ones(size, dtype=bool)}


def electronic(rng: Generator, size: int) -> Array:
    """Businesses in which priority goods are ordinary."""
    numbers = group_numbers()
    return pick(rng, [numbers[name] for name in ELECTRONIC], size, [5, 4, 2, 2, 1, 0.4])


def found(rng: Generator, means: Means, registered: Array, business: Array, size: Array) -> Columns:
    """Firms with ordinary owners, addresses, brokers and offices."""
    rows, registered = len(size), np.asarray(registered).astype(np.int64)
    active_from = registered + (5 + rng.gamma(1.3, 50, rows)).astype(np.int64)
    closes = means.calendar.first + rng.integers(0, 1500, rows)
    closes = np.where(chance(rng, 0.25, rows), closes, NEVER)
    return {
        "registered": registered,
        "business": np.asarray(business),
        "size": np.asarray(size),
        "dealer": np.zeros(rows, dtype=bool),
        "active_from": active_from,
        "active_to": np.maximum(closes, active_from + 40),
        **_people(rng, means, rows),
        "activity": activities(rng, np.asarray(business)),
        "legal_form": pick(rng, np.arange(4), rows, [90, 4, 4, 2]),
        "broker": usual_broker(rng, means, rows),
        "own_filing": pick(rng, [0.0, 0.5, 1.0], rows, [14, 3, 3]),
        "untidy": pick(rng, [0.02, 0.12, 0.4], rows, [80, 12, 8]),
        "office": pick(rng, np.arange(len(OFFICES)), rows, OFFICE_SHARES),
        "in_register": ~chance(rng, 0.02, rows),
    }


def _people(rng: Generator, means: Means, rows: int) -> Columns:
    """Addresses and directors, some of them shared, and owners, some of whom change."""
    centres = max(4, means.firms // 50)
    shared = rng.integers(0, centres, rows)
    own = centres + rng.integers(0, means.firms, rows)
    few = rng.integers(0, max(5, means.firms // 12), rows)
    sole = rng.integers(means.firms, 4 * means.firms, rows)
    first, last = means.span
    changed = rng.integers(first - 100, last, rows)
    shares = list(OWNERS.values())
    return {
        "address": np.where(chance(rng, 0.25, rows), shared, own),
        "director": np.where(chance(rng, 0.22, rows), few, sole),
        "owner": pick(rng, number(OWNERS), rows, shares),
        "partner_owner": pick(rng, number(OWNERS), rows, shares),
        "owner_share": pick(rng, OWNER_SHARES, rows, OWNER_SHARE_WEIGHTS),
        "owner_changed": np.where(chance(rng, 0.1, rows), changed, NEVER),
    }


def usual_broker(rng: Generator, means: Means, size: int) -> Array:
    """A customs broker, the large ones more often."""
    ranks = np.arange(means.brokers)
    return pick(rng, ranks, size, 1 / (2 + ranks) ** 0.8)


def activities(rng: Generator, business: Array) -> Array:
    """Activities as numbers into `activity_codes`: mostly those of the business."""
    known, size = len(groups()), len(business)
    general = known + pick(rng, np.arange(len(GENERAL)), size, [6, 1, 1, 1])
    other = rng.integers(0, known, size)
    luck = rng.random(size)
    return np.where(luck < 0.66, business, np.where(luck < 0.88, general, other))


def activity_codes() -> Array:
    """What the numbers of activities mean."""
    return np.array([*groups()["activity"], *GENERAL], dtype=object)


def bin_numbers(registered: Array, foreign: Array, serial: Array) -> Array:
    """BIN-like identifiers: year and month of registration, 4 or 5 (non-resident), a serial."""
    months, at = np.unique(
        np.asarray(registered).astype("datetime64[D]").astype("datetime64[M]"), return_inverse=True
    )
    begin = np.array([f"{str(month)[2:4]}{str(month)[5:7]}" for month in months], dtype=object)
    kind = np.array(["40", "50"], dtype=object)[np.asarray(foreign).astype(int)]
    digits = np.array([f"{one:06d}" for one in np.asarray(serial).tolist()], dtype=object)
    return begin[at] + kind + digits


def trader_ids(firms: Columns, start: int = 0) -> Array:
    """The identifier of each firm, consistent with its registration day.

    start: how many firms were entered before these.
    """
    serial = scattered(start + np.arange(count(firms)), 1_000_000)
    return bin_numbers(firms["registered"], firms["legal_form"] == BRANCH, serial)
