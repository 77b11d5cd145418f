"""The firms: when they were registered, who owns and runs them, where they sit, what they trade."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .dates import FIRST, LAST
from .draw import Array, Generator, chance, pick
from .goods import group_numbers, groups
from .routes import OFFICE_SHARES, OFFICES

OWNERS = {"KZ": 0.8, "RU": 0.07, "CN": 0.045, "TR": 0.03, "UZ": 0.015, "KG": 0.015, "DE": 0.015}
OWNERS |= {"US": 0.01, "BY": 0.01, "AE": 0.005}
ELECTRONIC = ("electronics", "components", "instruments", "bearings", "industry", "aircraft")


@dataclass(frozen=True)
class Means:
    """How many brokers, partners and addresses a world of this size has."""

    firms: int
    brokers: int
    partners: int
    networks: int

    @classmethod
    def of(cls, declarations: int) -> "Means":
        """Means that grow with the number of rows."""
        firms = max(80, declarations // 16)
        return cls(firms, max(12, firms // 45), 6 + firms // 4, max(2, declarations // 2500))


def ordinary(rng: Generator, means: Means, size: int) -> pd.DataFrame:
    """Firms of any age and any goods, with heavy-tailed sizes."""
    age = 20 + 9500 * rng.random(size) ** 1.7
    business = pick(rng, np.arange(len(groups())), size, rng.random(len(groups())) + 0.4)
    sizes = np.minimum(rng.pareto(1.25, size), 40) + 0.3
    return firms(rng, means, "ordinary", LAST - age, business, sizes)


def distributors(rng: Generator, means: Means, size: int) -> pd.DataFrame:
    """Honest dealers in electronics and bearings, most of them long in the trade."""
    age = 300 + 6500 * rng.random(size) ** 1.4
    return firms(rng, means, "distributor", LAST - age, electronic(rng, size),
                  rng.pareto(1.5, size) + 0.8)  # fmt: skip


def starters(rng: Generator, means: Means, size: int) -> pd.DataFrame:
    """Honest young firms that deal in priority goods from their first day: the shells' double."""
    frame = firms(rng, means, "starter", newly(rng, size), electronic(rng, size),
                   rng.lognormal(0, 0.6, size))  # fmt: skip
    frame["active_to"] = np.where(chance(rng, 0.45, size), LAST,
                                  frame["active_from"] + rng.integers(60, 300, size))  # fmt: skip
    moved = chance(rng, 0.25, size)
    frame.loc[moved, "owner"], frame.loc[moved, "owner_share"] = "RU", 1.0
    return frame


def newly(rng: Generator, size: int) -> Array:
    """Registration days spread over the world's months, so that new firms appear all the time."""
    return rng.integers(FIRST - 150, LAST - 60, size)


def electronic(rng: Generator, size: int) -> Array:
    """Businesses in which priority goods are ordinary."""
    numbers = group_numbers()
    return pick(rng, [numbers[name] for name in ELECTRONIC], size, [5, 4, 2, 2, 1, 0.4])


def firms(rng: Generator, means: Means, role: str, registered: Array, business: Array,
          size: Array) -> pd.DataFrame:  # fmt: skip
    """Firms of a role with ordinary owners, addresses, brokers and offices."""
    count = len(size)
    frame = pd.DataFrame({"role": pd.Series([role] * count, dtype=object)})
    frame["network"] = -1
    frame["boldness"] = 0.0  # of evaders: how openly they act, 0 to 1
    frame["registered"] = registered.astype(int)
    frame["business"] = business
    frame["size"] = size
    lag = 5 + rng.gamma(1.3, 50, count)
    frame["active_from"] = np.minimum(registered + lag, LAST - 20).astype(int)
    frame["active_to"] = LAST
    return _conduct(rng, means, _people(rng, means, frame))


def _people(rng: Generator, means: Means, frame: pd.DataFrame) -> pd.DataFrame:
    count = len(frame)
    centres = max(4, means.firms // 50)
    shared = rng.integers(0, centres, count)
    own = centres + rng.integers(0, means.firms, count)
    frame["address"] = np.where(chance(rng, 0.25, count), shared, own)
    few = rng.integers(0, max(5, means.firms // 12), count)
    sole = rng.integers(means.firms, 4 * means.firms, count)
    frame["director"] = np.where(chance(rng, 0.22, count), few, sole)
    frame["owner"] = pick(rng, list(OWNERS), count, list(OWNERS.values())).astype(object)
    frame["partner_owner"] = pick(rng, list(OWNERS), count, list(OWNERS.values())).astype(object)
    frame["owner_share"] = pick(
        rng, [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4], count, [14, 1, 1, 1, 1, 2, 1]
    )
    frame["owner_changed"] = np.where(
        chance(rng, 0.06, count), rng.integers(FIRST - 100, LAST, count), -1
    )
    return frame


def _conduct(rng: Generator, means: Means, frame: pd.DataFrame) -> pd.DataFrame:
    count = len(frame)
    frame["activity"] = _activities(rng, frame["business"].to_numpy())
    frame["legal_form"] = pick(rng, ["LLP", "JSC", "branch", "cooperative"], count, [90, 4, 4, 2])
    frame["broker"] = usual_broker(rng, means, count)
    frame["own_filing"] = pick(rng, [0.0, 0.5, 1.0], count, [6, 1, 3])
    frame["untidy"] = pick(rng, [0.02, 0.12, 0.4], count, [80, 12, 8])
    frame["office"] = pick(rng, np.array(OFFICES, dtype=object), count, OFFICE_SHARES)
    frame["in_register"] = ~chance(rng, 0.02, count)
    return frame


def usual_broker(rng: Generator, means: Means, size: int) -> Array:
    """A customs broker, the large ones more often."""
    ranks = np.arange(means.brokers)
    return pick(rng, ranks, size, 1 / (2 + ranks) ** 0.8)


def _activities(rng: Generator, business: Array) -> Array:
    fitting = groups()["activity"].to_numpy(dtype=object)[business]
    general = pick(rng, ["4690", "4619", "5229", "4711"], len(business), [6, 1, 1, 1]).astype(
        object
    )
    other = pick(rng, groups()["activity"].to_numpy(dtype=object), len(business))
    luck = rng.random(len(business))
    return np.where(luck < 0.66, fitting, np.where(luck < 0.88, general, other))


def bin_numbers(registered: Array, foreign: Array, first: int = 1) -> Array:
    """BIN-like identifiers: year and month of registration, 4 or 5 (non-resident), a serial."""
    months = pd.Series(pd.to_datetime(registered, unit="D")).dt.strftime("%y%m")
    serial = pd.Series(np.arange(first, first + len(registered))).astype(str).str.zfill(6)
    kind = pd.Series(np.where(foreign, "50", "40"), dtype=object)
    return (months.astype(object) + kind + serial.astype(object)).to_numpy(dtype=object)
