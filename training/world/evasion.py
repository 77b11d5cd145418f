"""How a network opens channels of one typology: whose firm, what is declared, by which way."""

from typing import TYPE_CHECKING

import numpy as np

from .channels import IMPORT, SLOTS, compact, honest_channels, in_transit, open_channels, way
from .columns import Columns, count, joined
from .countries import RUSSIA
from .draw import Array, Generator, chance, pick, stream
from .firms import NEVER, Means, activities, electronic, found
from .goods import column, draw_among, draw_goods, draw_sanctioning_origin, group_numbers, groups
from .routes import OFFICES
from .typology import NAMES, Typology

if TYPE_CHECKING:
    from .networks import Networks

# Lines of business over whose goods others are hidden, and consumer goods that are taken apart.
COVERS = ("clothes", "food", "toys", "textile", "plastic", "furniture", "tools", "autoparts",
          "appliance", "cosmetics")  # fmt: skip
CANNIBALISED = ("8450", "8418", "8525", "8703", "8516", "8422", "8415")
OWN_PARTNERS = 6  # foreign partners that a network keeps
OWN_DIRECTORS = 3
FIRST_OWN_PARTNER = 900_000  # numbers of partners below which networks keep theirs


def open_evasive(rng: Generator, networks: "Networks", name: str, network: Array,
                 month: int) -> Columns:  # fmt: skip
    """Channels of one typology for the asked networks, and the cover trade of firms that are new.

    network: one entry for each channel that is asked for.
    """
    typology, means = networks.scenario.typologies[name], networks.economy.means
    days = networks.economy.calendar.months[month]
    firm, cover = _firms(rng, networks, typology, network, days)
    business, bold = networks.firms["business"][firm], networks.boldness[network]
    declared, inside = _goods(rng, typology, networks.goods_asked(rng, network), business)
    opened = open_channels(rng, means, networks.firms, firm, declared, typology.indirect)
    opened["network"], opened["operation"] = network, networks.next_operations(len(network))
    opened["typology"] = np.full(len(network), NAMES.index(name))
    opened |= _diverted(rng, typology, inside, bold)
    opened |= _way(rng, networks, typology, opened)
    opened |= _conduct(rng, typology, opened, bold, networks.greed[network])
    opened |= _complicit(rng, networks, typology, opened, bold)
    opened |= _pace(rng, typology, opened, rng.integers(*days, len(network)))
    return joined([compact(opened), cover])


def _firms(rng: Generator, networks: "Networks", typology: Typology, network: Array,
           days: tuple[int, int]) -> tuple[Array, Columns]:  # fmt: skip
    """The firm of each channel: honest, new or bought for it, or had for long; and cover trade."""
    luck, shares = rng.random(len(network)), (typology.honest_firm, typology.new_firm,
                                              typology.bought_firm)  # fmt: skip
    kind = np.searchsorted(np.cumsum(shares), luck, "right")
    firm = np.full(len(network), -1)
    firm[kind == 0] = _accomplices(rng, networks, int((kind == 0).sum()), days)
    firm[kind == 3] = _fronts(rng, networks, network[kind == 3])
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


def _goods(rng: Generator, typology: Typology, asked: Array,
           business: Array) -> tuple[Array, Array]:  # fmt: skip
    """Goods as declared and as they are, three per channel; the third is ordinary trade."""
    if typology.declares == "consumer":
        consumer = np.isin([code[:4] for code in column("hs_code")], CANNIBALISED)
        asked = draw_among(rng, consumer, asked.size).reshape(asked.shape)
    inside = asked.copy()
    inside[:, SLOTS - 1] = draw_goods(rng, business)
    if typology.declares == "cover":
        declared = np.column_stack([draw_goods(rng, business) for _ in range(SLOTS)])
        inside[:, SLOTS - 1] = declared[:, SLOTS - 1]
        return declared, inside
    if typology.declares == "neighbour":
        return np.where(column("listed")[inside], column("passes_for")[inside], inside), inside
    return inside, inside


def _diverted(rng: Generator, typology: Typology, inside: Array, bold: Array) -> Columns:
    """What is really inside, and which goods are diverted: a part stays in the country."""
    sought = column("listed")[inside]
    if typology.declares == "consumer":
        sought[:, : SLOTS - 1] = True
    stays = np.minimum(2 * (1 - bold) * typology.local_sale, 0.9)
    goes = sought & (rng.random(inside.shape) >= stays[:, None])
    # A channel is opened to divert something.
    goes[:, 0] |= sought[:, 0] & ~goes[:, :2].any(axis=1)
    return {f"inside_{slot}": inside[:, slot] for slot in range(SLOTS)} | {
        f"diverts_{slot}": goes[:, slot] for slot in range(SLOTS)
    }


def _way(rng: Generator, networks: "Networks", typology: Typology, opened: Columns) -> Columns:
    """The way that the goods come: the network's hub, Russia, a sanctioning maker, or as usual."""
    means, size = networks.economy.means, count(opened)
    changed = {"origin": opened["origin"], "dispatch": opened["dispatch"]}
    if typology.through == "maker":
        changed["origin"] = draw_sanctioning_origin(rng, opened["inside_0"])
        indirect = chance(rng, typology.indirect, size)
        changed["dispatch"] = np.where(indirect, opened["dispatch"], changed["origin"])
    hub = typology.through == "hub"
    by_hub = hub | (changed["dispatch"] != changed["origin"])
    by_hub &= chance(rng, 0.85 if hub else 0.45, size)
    changed["dispatch"] = np.where(by_hub, networks.hub[opened["network"]], changed["dispatch"])
    changed |= way(rng, means, opened | changed)
    if typology.through == "russia":
        changed |= in_transit(rng, opened | changed, chance(rng, 0.9, size))
    return changed


def _conduct(rng: Generator, typology: Typology, opened: Columns, bold: Array,
             greed: Array) -> Columns:  # fmt: skip
    """Prices and papers: the bolder the network, the more shows."""
    size = len(bold)
    over = (0.4 + 1.2 * bold) * greed * typology.overpay
    least, most = typology.blend
    kept = FIRST_OWN_PARTNER - 1 - OWN_PARTNERS * opened["network"]
    kept -= rng.integers(0, OWN_PARTNERS, size)
    own = chance(rng, np.minimum(2 * bold * typology.own_partner, 1), size)
    return {
        "partner": np.where(own, kept, opened["partner"]),
        "price_level": opened["price_level"] + rng.normal(over, typology.overpay_spread),
        "mass_level": opened["mass_level"] + typology.mass,
        "blend": least + (most - least) * (0.7 * bold + 0.3 * rng.random(size)),
        "reveals": np.minimum(1.4 * bold * typology.reveals, 1),
        "slips": np.minimum(2 * bold * typology.slips, 1),
        "vague": np.maximum(opened["vague"], 2 * bold * typology.vague),
        "amends": np.maximum(opened["amends"], 2 * bold * typology.amends),
    }


def _complicit(rng: Generator, networks: "Networks", typology: Typology, opened: Columns,
               bold: Array) -> Columns:  # fmt: skip
    """The broker of the network and a post that finds nothing, as far as they are used."""
    size = len(bold)
    broker = network_broker(networks.economy.means, opened["network"])
    own = chance(rng, np.minimum(2 * bold * typology.own_broker, 1), size)
    office = opened["office"]
    posts = corrupt_posts(networks.economy.seed, networks.scenario.inspection.corrupt_posts)
    if len(posts):
        to_post = chance(rng, typology.corrupt_post, size)
        office = np.where(to_post, pick(rng, posts, size), office)
    return {
        "broker": np.where(own, broker, opened["broker"]),
        "own_filing": np.where(own, 0.0, opened["own_filing"]),
        "office": office,
    }


def corrupt_posts(seed: int, size: int) -> Array:
    """The offices that write findings down as clean."""
    return np.sort(stream(seed, "posts").permutation(len(OFFICES))[:size])


def _pace(rng: Generator, typology: Typology, opened: Columns, first: Array) -> Columns:
    """How much and for how long, in how many lots, and what follows."""
    size = len(first)
    least, most = typology.life_days
    lots = opened["lots"] if typology.lots == 1 else np.full(size, typology.lots)
    a_month = typology.rows_a_month * rng.lognormal(0, 0.5, size)
    sends = np.minimum(typology.sends_on * rng.uniform(0.4, 1.6, size), 1)
    return {
        "first": first,
        "last": first + rng.integers(int(least), int(most) + 1, size),
        "lots": lots,
        "rate": a_month / (1 + 0.75 * (lots - 1)),
        "sends_on": np.where(opened["direction"] == IMPORT, sends, 0.0),
        "sends_to": np.where(chance(rng, 0.85, size), RUSSIA, opened["sends_to"]),
        "dwell": np.full(size, typology.dwell_days),
        "closes": np.full(size, typology.closes),
    }
