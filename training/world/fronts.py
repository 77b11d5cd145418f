"""In whose name a network trades: firms founded, bought or had for long, or honest ones."""

from typing import TYPE_CHECKING

import numpy as np

from .channels import compact
from .columns import Columns, joined
from .countries import RUSSIA
from .draw import Array, Generator, chance, pick
from .firms import NEVER, Means, activities, electronic, found
from .goods import group_numbers, groups
from .trade import honest_channels
from .typology import Typology

if TYPE_CHECKING:
    from .networks import Networks

# Lines of business over whose goods others are hidden.
COVERS = ("clothes", "food", "toys", "textile", "plastic", "furniture", "tools", "autoparts",
          "appliance", "cosmetics")  # fmt: skip
OWN_DIRECTORS = 3


def firms_for(rng: Generator, networks: "Networks", typology: Typology, network: Array,
           days: tuple[int, int]) -> tuple[Array, Columns]:  # fmt: skip
    """The firm of each channel: honest, new or bought for it, or had for long; and cover trade."""
    luck, shares = rng.random(len(network)), (typology.honest_firm, typology.new_firm,
                                              typology.bought_firm)  # fmt: skip
    kind = np.searchsorted(np.cumsum(shares), luck, "right")
    firm = np.full(len(network), -1)
    firm[kind == 0] = _accomplices(rng, networks, int((kind == 0).sum()), days)
    # Who has no use for the goods was mostly found for this.
    any_front = (kind == 3) & ~chance(rng, typology.unrelated_business, len(network))
    firm[any_front] = _fronts(rng, networks, network[any_front])
    covers: list[Columns] = [{}]
    for number, name in enumerate(("honest", "new", "bought", "front")):
        asked = (kind == number) & (firm < 0)
        if asked.any():
            firm[asked], cover = _founded(rng, networks, typology, network[asked], name, days)
            covers.append(cover)
    return firm, joined(covers)


def _accomplices(rng: Generator, networks: "Networks", size: int, days: tuple[int, int]) -> Array:
    """Honest dealers and large firms that trade on these days and lend their name."""
    firms = networks.economy.firms
    works = (firms["active_from"] < days[0]) & (firms["active_to"] > days[1])
    able = np.flatnonzero(works & (firms["dealer"] | (firms["size"] > 8)))
    return pick(rng, able, size) if len(able) else np.full(size, -1)


def _fronts(rng: Generator, networks: "Networks", network: Array) -> Array:
    """A firm that the network already has and that was not found, two times in three; else -1."""
    usable = np.flatnonzero((networks.of_firm >= 0) & ~networks.burned)
    usable = usable[np.argsort(networks.of_firm[usable], kind="stable")]
    owner = networks.of_firm[usable]
    low, high = np.searchsorted(owner, network), np.searchsorted(owner, network, "right")
    has = (high > low) & chance(rng, 0.66, len(network))
    place = low + np.floor(rng.random(len(network)) * (high - low)).astype(int)
    return np.where(has, np.append(usable, -1)[np.where(has, place, -1)], -1)


def _founded(rng: Generator, networks: "Networks", typology: Typology, network: Array, kind: str,
             days: tuple[int, int]) -> tuple[Array, Columns]:  # fmt: skip
    """Firms of a kind, one for every few channels of the same network, with honest cover trade."""
    order = np.argsort(network, kind="stable")
    # Channels of one network share a firm until it has its usual number.
    begins = np.concatenate([[True], np.diff(network[order]) != 0])
    begins |= chance(rng, 1 / typology.channels, len(order))
    owner = network[order][begins]
    entered = networks.take_on(_new_firms(rng, networks, typology, owner, kind, days), owner)
    firm = np.empty(len(network), dtype=int)
    firm[order] = entered[np.cumsum(begins) - 1]
    return firm, _cover(rng, networks, typology, entered, owner)


def _new_firms(rng: Generator, networks: "Networks", typology: Typology, owner: Array, kind: str,
               days: tuple[int, int]) -> Columns:  # fmt: skip
    size, means = len(owner), networks.economy.means
    age = 200 + 8500 * rng.random(size) ** 1.8
    if kind == "new":
        age = 8 + rng.gamma(1.6, 45, size)
    firms = found(rng, means, days[0] - age, _business(rng, typology, size),
                  rng.lognormal(0.3, 0.7, size))  # fmt: skip
    began = days[0] - (rng.integers(0, 700, size) if kind == "front" else 0)
    firms["active_from"] = np.maximum(began, firms["registered"] + 3)
    firms["active_to"] = np.full(size, NEVER)
    other = activities(rng, rng.integers(0, len(groups()), size))
    unrelated = chance(rng, typology.unrelated_business, size)
    firms["activity"] = np.where(unrelated, other, firms["activity"])
    if kind == "bought":
        firms["owner_changed"] = days[0] - rng.integers(0, 150, size)
    return firms | _ties(rng, means, typology, firms, owner, networks.boldness[owner], kind)


def _business(rng: Generator, typology: Typology, size: int) -> Array:
    if typology.declares in ("cover", "consumer"):
        numbers = group_numbers()
        return pick(rng, [numbers[name] for name in COVERS], size)
    return electronic(rng, size)


def _ties(rng: Generator, means: Means, typology: Typology, firms: Columns, owner: Array,
          bold: Array, kind: str) -> Columns:  # fmt: skip
    """What a firm shares with its network: address, directors, broker, and owners abroad."""
    size, beyond = len(owner), 5 * means.firms

    def where_bold(share: float, shared: Array | int, usual: str) -> Array:
        return np.where(chance(rng, np.minimum(2 * bold * share, 1), size), shared, firms[usual])

    director = beyond + OWN_DIRECTORS * owner + rng.integers(0, OWN_DIRECTORS, size)
    owned = "partner_owner" if kind == "bought" else "owner"
    return {
        "address": where_bold(typology.shared_means, beyond + owner, "address"),
        "director": where_bold(typology.shared_means, director, "director"),
        owned: where_bold(typology.foreign_owner, RUSSIA, owned),
        "broker": where_bold(typology.own_broker, network_broker(means, owner), "broker"),
    }


def network_broker(means: Means, network: Array) -> Array:
    """The broker who works for a network: one in nine, none of the very largest."""
    return 3 + 9 * network % max(means.brokers - 3, 1)


def _cover(rng: Generator, networks: "Networks", typology: Typology, firm: Array,
           owner: Array) -> Columns:  # fmt: skip
    """Honest trade of these firms, so many rows for each that they divert."""
    if typology.covers == 0:
        return {}
    cover = honest_channels(rng, networks.economy.means, networks.firms, firm, [])
    place = cover["firm"] - firm[0]
    total = np.bincount(place, cover["rate"], len(firm))
    usual = typology.covers * typology.rows_a_month * typology.channels * 0.7
    cover["rate"] = cover["rate"] / total[place] * usual
    cover["network"] = owner[place]
    return compact(cover)
