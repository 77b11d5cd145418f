"""Networks of evaders: each wants to move goods, has means for it, and learns from being caught."""

from dataclasses import dataclass, field

import numpy as np

from .channels import IMPORT, SLOTS, USUAL_SLOT
from .columns import Columns, count, joined
from .countries import number
from .draw import Array, Generator, pick, stream
from .economy import Economy
from .evasion import open_evasive
from .filing import USUALLY_SPLIT, file_consignments
from .firms import trader_ids
from .goods import column
from .scenario import Scenario

ROWS_EACH = 120  # diverted rows of a network of usual size in a world's life
BASKET = 12  # goods that a network is asked for
MOST_OPENED = 40  # channels that a network opens in a month
ITEMS_EACH = 1.25  # goods items of a declaration, in the mean
AT_REST = 0.15  # what a network that lies low still moves
LEAST_BOLD = 0.08


@dataclass
class Networks:
    """All networks, one entry of each array, and the channels that they have open.

    share: of all evasion. boldness: how much shows, 0 to 1. greed: of the usual overpaying.
    liking, usual: of each typology (columns), now
    and before anything was found. channels: as those of the honest, their cover trade with
    typology -1. firms: everybody's, those that networks found after the honest ones.
    """

    economy: Economy
    names: list[str]
    share: Array
    boldness: Array
    greed: Array
    hub: Array
    basket: Array
    liking: Array
    usual: Array
    quiet_until: Array
    firms: Columns
    traders: Array  # the identifier of each firm
    of_firm: Array  # the network of each firm, -1 for the honest
    burned: Array  # of each firm whether it was found
    channels: Columns = field(default_factory=dict)
    operations: int = 0  # how many evasive channels were ever opened

    @classmethod
    def gather(cls, economy: Economy) -> "Networks":
        """The networks of a world of that size, before their first month."""
        rng, scenario = stream(economy.seed, "networks"), economy.scenario
        size = max(4, round(economy.declarations * scenario.evasion / ROWS_EACH))
        names = [name for name, one in scenario.typologies.items() if one.weight > 0]
        weights = np.array([scenario.typologies[name].weight for name in names], dtype=float)
        sizes = 0.4 + np.minimum(rng.pareto(1.6, size), 8)
        honest = count(economy.firms)
        return cls(
            economy,
            names,
            share=sizes / sizes.sum(),
            boldness=0.1 + 0.8 * rng.random(size) ** 1.7,
            greed=np.ones(size),
            hub=pick(rng, number(scenario.hubs), size, list(scenario.hubs.values())),
            basket=_baskets(rng, size),
            liking=(usual := weights * rng.gamma(0.7, 1.0, (size, len(names))) + 1e-9),
            usual=usual,
            quiet_until=np.zeros(size, dtype=int),
            firms=economy.firms,
            traders=trader_ids(economy.firms),
            of_firm=np.full(honest, -1),
            burned=np.zeros(honest, dtype=bool),
        )

    @property
    def scenario(self) -> Scenario:
        """The world that they live in."""
        return self.economy.scenario

    def trade(self, month: int, rows: int) -> Columns:
        """Their goods items of a month that holds `rows` in all, honest cover trade among them."""
        first, last = self.economy.calendar.months[month]
        strength = self.scenario.strength(first, last)
        wanted = rows * self.scenario.evasion * strength * self.share
        wanted = np.where(self.quiet_until > first, AT_REST * wanted, wanted)
        self._open(month, wanted)
        return self._file(month, wanted) if count(self.channels) else {}

    def _open(self, month: int, wanted: Array) -> None:
        """Open channels until those that are left can carry what is wanted."""
        rng = stream(self.economy.seed, "open", month)
        missing = wanted - self._capacity(month)
        pace = np.mean([self.scenario.typologies[name].rows_a_month for name in self.names] or 1)
        times = np.clip(np.floor(missing / pace + rng.random(len(missing))), 0, MOST_OPENED)
        network = np.repeat(np.arange(len(wanted)), times.astype(int))
        edges = np.cumsum(self.liking, axis=1)[network]
        chosen = (rng.random((len(network), 1)) * edges[:, -1:] > edges).sum(axis=1)
        for place, name in enumerate(self.names):
            if len(asked := network[chosen == place]):
                opened = open_evasive(rng, self, name, asked, month)
                self.channels = joined([self.channels, opened])

    def _capacity(self, month: int) -> Array:
        """Diverted rows that the open channels of each network carry in a month."""
        if not self.channels:
            return np.zeros(len(self.share))
        share = self.economy.calendar.open_share(
            self.channels["first"], self.channels["last"], month
        )
        return np.bincount(self.channels["network"], self._diverting() * share, len(self.share))

    def _diverting(self) -> Array:
        """Diverted rows a month of each channel at its own pace, onward movements included."""
        inside = sum(self.channels[f"diverts_{slot}"] * part
                     for slot, part in enumerate(USUAL_SLOT))  # fmt: skip
        lots = 1 + USUALLY_SPLIT * (self.channels["lots"] - 1)
        onward = 1 + np.where(self.channels["direction"] == IMPORT, self.channels["sends_on"], 0)
        return inside * lots * onward * ITEMS_EACH * self.channels["rate"]

    def _file(self, month: int, wanted: Array) -> Columns:
        """What the open channels file, at the pace that brings what each network wants."""
        calendar = self.economy.calendar
        carried = self._capacity(month)
        pace = np.divide(wanted, carried, out=np.ones_like(wanted), where=carried > 0)
        share = calendar.open_share(self.channels["first"], self.channels["last"], month)
        rate = self.channels["rate"] * share
        evasive = self.channels["operation"] >= 0
        rate = np.where(evasive, rate * np.minimum(pace, 4)[self.channels["network"]], rate)
        rng = stream(self.economy.seed, "evade", month)
        return file_consignments(rng, self.economy.means, self.channels, rng.poisson(rate), month)

    def open_hubs(self, rng: Generator, size: int, day: int) -> Array:
        """Hubs that are open on a day; watched ones only for those who do not care."""
        hubs = dict(self.scenario.hubs)
        for shock in sorted(self.scenario.shocks, key=lambda shock: shock.on):
            if shock.day > day:
                break
            for hub, by in shock.hubs.items():
                watched = hubs.get(hub, 0.0) * (1 - min(by, 1.0)) + 1e-3
                hubs[hub] = watched if shock.kind == "crackdown" else by
        return pick(rng, number(hubs), size, list(hubs.values()))

    def take_on(self, firms: Columns, network: Array) -> Array:
        """Enter new firms of networks; their numbers among everybody's."""
        start = len(self.of_firm)
        self.firms = joined([self.firms, firms])
        self.traders = np.concatenate([self.traders, trader_ids(firms, start)])
        self.of_firm = np.concatenate([self.of_firm, network])
        self.burned = np.concatenate([self.burned, np.zeros(len(network), dtype=bool)])
        return np.arange(start, len(self.of_firm))

    def next_operations(self, size: int) -> Array:
        """Numbers for channels about to be opened."""
        self.operations += size
        return np.arange(self.operations - size, self.operations)

    def goods_asked(self, rng: Generator, network: Array) -> Array:
        """Goods out of the basket of each network, three per channel."""
        return self.basket[network[:, None], rng.integers(0, BASKET, (len(network), SLOTS))]


def _baskets(rng: Generator, size: int) -> Array:
    """Different priority goods for each network, the common ones more often."""
    weight = column("listed") * column("weight")
    # The highest of random keys, so weighted, are a weighted draw without repetition.
    keys = np.log(rng.random((size, len(weight)))) / np.maximum(weight, 1e-12)
    return np.argsort(-keys, axis=1)[:, :BASKET]
