"""Four ways to divert goods, each with its parameters and the channels it opens."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .channels import SLOTS, open_channels, send_on, take_route
from .dates import CRACKDOWN, LAST
from .draw import Array, Generator, chance, pick
from .firms import Means, electronic, firms, newly
from .goods import draw_goods, draw_listed, goods, group_numbers

SOUGHT = ("electronics", "components", "instruments", "bearings", "industry", "aircraft")
OWN_PARTNERS = 6  # foreign partners that a network keeps


@dataclass(frozen=True)
class Typology:
    """A way to divert goods: how much of it there is, and how openly it is done."""

    name: str
    share: float  # of all rows
    rows_per_firm: float
    honest_rows: float  # honest rows of the same firm for each diverted one
    overpay: float = 0.18  # mean log of the price against the usual one
    overpay_spread: float = 0.35
    indirect: float = 0.4  # sent from a country other than the origin
    local_sale: float = 0.38  # share of the listed goods that really stay in the country
    own_partner: float = 0.18  # share of channels whose partner belongs to the network
    own_broker: float = 0.25
    foreign_owner: float = 0.3  # owned from the country the goods go to
    shared_means: float = 0.2  # address or director shared within the network
    vague: float = 0.12
    amends: float = 0.12
    reveals: float = 0.0
    slips: float = 0.0
    blend: tuple[float, float] = (0.0, 0.0)  # how far goods hidden under a code show through
    onward: float = 0.0  # share of channels whose goods are recorded as moving on

    def firms(self, rng: Generator, means: Means, declarations: int) -> pd.DataFrame:
        """The firms that a world of this size has of this kind, with their networks' means."""
        size = max(2, round(declarations * self.share / self.rows_per_firm))
        business = self.business(rng, size)
        sizes = rng.lognormal(0, 0.5, size)
        frame = firms(rng, means, self.name, self.registered(rng, size), business, sizes)
        return self._join_networks(rng, means, frame)

    def registered(self, rng: Generator, size: int) -> Array:
        """Registration days of its firms."""
        return (LAST - 200 - 9300 * rng.random(size) ** 1.7).astype(int)

    def business(self, rng: Generator, size: int) -> Array:
        """Lines of business that its firms seem to have."""
        return electronic(rng, size)

    def _join_networks(self, rng: Generator, means: Means, frame: pd.DataFrame) -> pd.DataFrame:
        size = len(frame)
        network, bold = rng.integers(0, means.networks, size), 0.1 + 0.8 * rng.random(size) ** 1.7
        frame["network"], frame["boldness"] = network, bold
        shares = chance(rng, 2 * bold * self.shared_means, size)
        frame["address"] = np.where(shares, 5 * means.firms + network, frame["address"])
        shares = chance(rng, 2 * bold * self.shared_means, size)
        director = 5 * means.firms + 3 * network + rng.integers(0, 3, size)
        frame["director"] = np.where(shares, director, frame["director"])
        frame["owner"] = np.where(
            chance(rng, 2 * bold * self.foreign_owner, size), "RU", frame["owner"]
        )
        broker = 1 + 3 * network % (means.brokers // 3)
        frame["broker"] = np.where(
            chance(rng, 2 * bold * self.own_broker, size), broker, frame["broker"]
        )
        return frame

    def channels(self, rng: Generator, means: Means, frame: pd.DataFrame,
                 firm: Array) -> pd.DataFrame:  # fmt: skip
        """The channels by which the given firms (rows of `frame`) divert goods."""
        firm = np.repeat(firm, 1 + rng.poisson(2.2, len(firm)))
        declared, inside = self.goods(rng, frame.iloc[firm])
        opened = open_channels(rng, means, frame, firm, declared, self.indirect)
        opened["boldness"] = frame["boldness"].to_numpy()[firm]
        for slot in range(SLOTS):
            opened[f"inside_{slot}"] = inside[:, slot]
            opened[f"diverts_{slot}"] = self.slot_diverts(rng, opened, inside[:, slot])
        opened["typology"] = self.name
        opened = self.behave(rng, means, self._conduct(rng, frame, opened))
        sent = send_on(rng, means, opened[chance(rng, self.onward, len(opened))])
        sent["weight"] *= 0.6
        return pd.concat([opened, sent], ignore_index=True)

    def goods(self, rng: Generator, frame: pd.DataFrame) -> tuple[Array, Array]:
        """Goods as declared and as they are, three per channel."""
        inside = draw_listed(rng, len(frame) * SLOTS, SOUGHT).reshape(-1, SLOTS)
        ordinary = draw_goods(rng, frame["business"].to_numpy())
        inside[:, SLOTS - 1] = ordinary
        return inside, inside.copy()

    def slot_diverts(self, rng: Generator, opened: pd.DataFrame, inside: Array) -> Array:
        """Which goods of a channel are really the diverted ones."""
        listed = goods()["listed"].to_numpy()[inside]
        local = 2 * (1 - opened["boldness"].to_numpy()) * self.local_sale
        return listed & ~chance(rng, local, len(inside))

    def _conduct(self, rng: Generator, frame: pd.DataFrame, opened: pd.DataFrame) -> pd.DataFrame:
        size, bold = len(opened), opened["boldness"].to_numpy()
        network = frame["network"].to_numpy()[opened["firm"]]
        kept = 900_000 - 1 - OWN_PARTNERS * network - rng.integers(0, OWN_PARTNERS, size)
        opened["partner"] = np.where(
            chance(rng, 2 * bold * self.own_partner, size), kept, opened["partner"]
        )
        opened["price_level"] += rng.normal(3 * bold**2 * self.overpay, self.overpay_spread)
        opened["reveals"], opened["slips"] = 1.4 * bold * self.reveals, 2 * bold * self.slips
        opened["vague"] = np.maximum(opened["vague"], self.vague * bold * 2)
        opened["amends"] = 2 * bold * self.amends
        return opened

    def _blend(self, rng: Generator, opened: pd.DataFrame) -> Array:
        least, most = self.blend
        share = 0.7 * opened["boldness"].to_numpy() + 0.3 * rng.random(len(opened))
        return least + (most - least) * share

    def behave(self, rng: Generator, means: Means, opened: pd.DataFrame) -> pd.DataFrame:
        """What only this typology does."""
        return opened


@dataclass(frozen=True)
class ShellSurge(Typology):
    """T1: firms registered days to months ago that import priority goods at once."""

    lifetime_days: tuple[int, int] = (50, 240)

    def registered(self, rng: Generator, size: int) -> Array:
        """New shells all the time."""
        return newly(rng, size)

    def behave(self, rng: Generator, means: Means, opened: pd.DataFrame) -> pd.DataFrame:
        """Trade soon after registration, for a few months only."""
        opened["last"] = opened["first"] + rng.integers(*self.lifetime_days, len(opened))
        return opened


@dataclass(frozen=True)
class Misdeclared(Typology):
    """T3: harmless goods on paper, priority goods in the truck; price and packing show through."""

    covers: tuple[str, ...] = ("clothes", "food", "toys", "textile", "plastic", "furniture",
                               "tools", "autoparts", "appliance", "cosmetics")  # fmt: skip

    def business(self, rng: Generator, size: int) -> Array:
        """Consumer goods of every kind."""
        numbers = group_numbers()
        return pick(rng, [numbers[name] for name in self.covers], size)

    def goods(self, rng: Generator, frame: pd.DataFrame) -> tuple[Array, Array]:
        """Cover goods of the firm's business over priority goods."""
        declared = np.column_stack([draw_goods(rng, frame["business"]) for _ in range(SLOTS)])
        hidden = draw_listed(rng, declared.size, SOUGHT).reshape(-1, SLOTS)
        hidden[:, SLOTS - 1] = declared[:, SLOTS - 1]
        return declared, hidden

    def behave(self, rng: Generator, means: Means, opened: pd.DataFrame) -> pd.DataFrame:
        """Part of the value and packing of the goods inside shows."""
        opened["blend"] = self._blend(rng, opened)
        return opened


@dataclass(frozen=True)
class HSChange(Typology):
    """T4: a listed heading on the document of dispatch, its unlisted neighbour declared here."""

    def goods(self, rng: Generator, frame: pd.DataFrame) -> tuple[Array, Array]:
        """The neighbouring code declared over the listed goods."""
        declared, inside = super().goods(rng, frame)
        catalogue = goods()
        changed = catalogue["listed"].to_numpy()[inside]
        declared = np.where(changed, catalogue["passes_for"].to_numpy()[inside], inside)
        return declared, inside

    def behave(self, rng: Generator, means: Means, opened: pd.DataFrame) -> pd.DataFrame:
        """Price and packing lean towards the listed goods."""
        opened["blend"] = self._blend(rng, opened)
        return opened


@dataclass(frozen=True)
class Rerouting(Typology):
    """T7: the same priority goods, through other hubs once the usual ones are watched."""

    before: tuple[str, ...] = ("TR", "AE", "HK", "CN", "DE")
    before_shares: tuple[float, ...] = (0.34, 0.28, 0.12, 0.16, 0.1)
    after: tuple[str, ...] = ("CN", "KG", "GE", "AM", "UZ", "HK")
    after_shares: tuple[float, ...] = (0.36, 0.2, 0.14, 0.08, 0.12, 0.1)
    loyal: float = 0.12  # share of channels that keep their hub

    def behave(self, rng: Generator, means: Means, opened: pd.DataFrame) -> pd.DataFrame:
        """Every channel ends within weeks of the crackdown and goes on from another hub."""
        opened["dispatch"] = pick(rng, self.before, len(opened), self.before_shares).astype(object)
        later = opened.copy()
        moved = pick(rng, self.after, len(later), self.after_shares).astype(object)
        stays = chance(rng, self.loyal, len(later))
        later["dispatch"] = np.where(stays, opened["dispatch"], moved)
        turn = (CRACKDOWN + rng.normal(5, 15, len(opened))).astype(int)
        opened["last"] = np.maximum(turn, opened["first"])
        later["first"] = np.maximum(turn + rng.integers(0, 35, len(later)), later["first"])
        both = pd.concat([opened, later], ignore_index=True)
        return self._through_hubs(rng, means, both)

    def _through_hubs(self, rng: Generator, means: Means, both: pd.DataFrame) -> pd.DataFrame:
        kept = both["partner"].to_numpy()
        both = take_route(rng, means, both)
        both["partner"] = np.where(kept > means.partners, kept, both["partner"])
        return both


def usual_typologies() -> tuple[Typology, ...]:
    """The four typologies of this world, about three rows in a hundred together."""
    return (
        ShellSurge("T1", 0.010, 5, 0.8, onward=0.2, indirect=0.42, local_sale=0.45),
        Misdeclared(
            "T3",
            0.006,
            6,
            2.5,
            overpay=0.0,
            blend=(0.0, 0.45),
            slips=0.03,
            reveals=0.06,
            indirect=0.28,
        ),
        HSChange(
            "T4",
            0.0065,
            7,
            2.0,
            overpay=0.1,
            blend=(0.1, 0.8),
            reveals=0.5,
            slips=0.08,
            foreign_owner=0.2,
        ),
        Rerouting(
            "T7", 0.0075, 7, 2.5, onward=0.2, local_sale=0.45, foreign_owner=0.25, shared_means=0.15
        ),
    )
