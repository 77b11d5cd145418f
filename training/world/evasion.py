"""How a network opens channels of one typology: whose firm, what is declared, by which way."""

from typing import TYPE_CHECKING

import numpy as np

from .channels import IMPORT, SLOTS, compact, in_transit, open_channels, way
from .columns import Columns, count, joined
from .countries import RUSSIA
from .draw import Array, Generator, chance, pick, stream
from .fronts import firms_for, network_broker
from .goods import column, draw_among, draw_goods, draw_sanctioning_origin
from .routes import OFFICES
from .typology import NAMES, Typology

if TYPE_CHECKING:
    from .networks import Networks

# Headings of consumer goods that are taken apart for what is inside.
CANNIBALISED = ("8450", "8418", "8525", "8703", "8516", "8422", "8415")
OWN_PARTNERS = 6  # foreign partners that a network keeps
FIRST_OWN_PARTNER = 900_000  # numbers of partners below which networks keep theirs


def open_evasive(rng: Generator, networks: "Networks", name: str, network: Array,
                 month: int) -> Columns:  # fmt: skip
    """Channels of one typology for the asked networks, and the cover trade of firms that are new.

    network: one entry for each channel that is asked for.
    """
    typology, means = networks.scenario.typologies[name], networks.economy.means
    days = networks.economy.calendar.months[month]
    firm, cover = firms_for(rng, networks, typology, network, days)
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
        sought = np.broadcast_to(np.arange(SLOTS) < SLOTS - 1, inside.shape)
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
