"""What partners publish of their exports here: by month, goods and country; late and not exact."""

from dataclasses import dataclass, field

import numpy as np

from .channels import IMPORT
from .columns import Columns, taken
from .countries import COUNTRIES, HOME, number
from .draw import Array, Generator, chance, stream
from .economy import Economy
from .goods import HS2022_FROM, SANCTIONING, column
from .scenario import Published

# They publish nothing that can be read by month and goods.
SILENT = number(("RU", "IR", "AF", "TM"))

LONGEST_WAY_DAYS = 25  # what arrives early in a month was sent in the month before
FREIGHT = (0.02, 0.12)  # what is paid for the way counts here, and not where goods leave
NOISE = 0.06  # of a figure's mass
LUMPS = 0.8  # spread of what leaves unrecorded, of one month and group
LEAVES = 0.4  # share of what is to leave unrecorded that does so in a month
FROM_MAKER = 0.5  # share of it that a sanctioning maker sends straight, whatever is declared


@dataclass
class Reporters:
    """The partners, with what they will publish: goods (rows) by country (columns).

    sent_kg, sent_usd: of the month before and of this one. unrecorded_kg: is still to leave
    without arriving on record. usual_lag: days from a month's end to its publication, by country.
    """

    economy: Economy
    usual_lag: Array
    sent_kg: Array = field(default_factory=lambda: _nothing(2))
    sent_usd: Array = field(default_factory=lambda: _nothing(2))
    unrecorded_kg: Array = field(default_factory=lambda: _nothing(1)[0])

    @classmethod
    def of(cls, economy: Economy) -> "Reporters":
        """The partners of a world before its first month."""
        least, most = economy.scenario.published.lag_days
        rng = stream(economy.seed, "reporters")
        return cls(economy, rng.integers(least, most + 1, len(COUNTRIES)))

    def figures(self, month: int, items: Columns) -> Columns:
        """The figures of the month before one whose rows are given, those known in time."""
        rng = stream(self.economy.seed, "published", month)
        self._observe(rng, taken(items, items["direction"] == IMPORT), month)
        published = self._published(rng, month - 1) if month else _NO_FIGURES
        for kept in (self.sent_kg, self.sent_usd):
            kept[0], kept[1] = kept[1], 0.0
        return published

    @property
    def _rules(self) -> Published:
        return self.economy.scenario.published

    def _observe(self, rng: Generator, items: Columns, month: int) -> None:
        """Add what was sent: recorded imports, in the goods and month of the paper of dispatch."""
        size, first = len(items["day"]), self.economy.calendar.months[month][0]
        named = items["previous"] >= 0
        goods = np.where(named, items["previous"], items["goods"])
        # Goods bought through a third country: whose exports they are is told one way or another.
        by_origin = chance(rng, self._rules.elsewhere, size) & (items["origin"] != HOME)
        reporter = np.where(by_origin, items["origin"], items["dispatch"])
        sent_on = items["day"] - rng.integers(1, LONGEST_WAY_DAYS + 1, size)
        paid = items["customs_value_usd"] / (1 + rng.uniform(*FREIGHT, size))
        for at, sent in enumerate((sent_on < first, sent_on >= first)):
            self.sent_kg[at] += _summed(goods[sent], reporter[sent], items["net_mass_kg"][sent])
            self.sent_usd[at] += _summed(goods[sent], reporter[sent], paid[sent])
        self._leave_unrecorded(rng, items)

    def _leave_unrecorded(self, rng: Generator, items: Columns) -> None:
        """Listed goods that never arrive on record: as many as come in to be diverted, and more.

        They leave in lumps, months later, and by no means from where the recorded ones do.
        """
        share = self._rules.unrecorded
        rows = taken(items, items["diverts"] & column("listed")[items["inside"]])
        size = len(rows["day"])
        straight = chance(rng, FROM_MAKER, size) & np.isin(rows["origin"], number(SANCTIONING))
        reporter = np.where(straight, rows["origin"], rows["dispatch"])
        beside = rows["net_mass_kg"] * share / (1 - share)
        self.unrecorded_kg += _summed(rows["inside"], reporter, beside)
        lumps = rng.lognormal(-(LUMPS**2) / 2, LUMPS, self.unrecorded_kg.shape)
        leaving = np.minimum(LEAVES * lumps, 1) * self.unrecorded_kg
        self.unrecorded_kg -= leaving
        self.sent_kg[1] += leaving
        self.sent_usd[1] += leaving * column("price")[:, None]

    def _published(self, rng: Generator, month: int) -> Columns:
        """A month's figures by subheading and reporter, but for small ones and those too late."""
        first, last = self.economy.calendar.months[month]
        codes, subheading = np.unique(_subheadings(first), return_inverse=True)
        kg, usd = (_by_subheading(kept[0], subheading) for kept in (self.sent_kg, self.sent_usd))
        kg *= rng.lognormal(0, NOISE, kg.shape)
        size = len(COUNTRIES)
        late = chance(rng, self._rules.late, size) * rng.integers(40, 151, size)
        published = last + self.usual_lag + rng.integers(-4, 10, size) + late
        told = (usd >= self._rules.least_usd) & (published <= self.economy.calendar.last)
        told[:, [HOME, *SILENT]] = False
        reporter, goods = np.nonzero(told.T)
        return {
            "reporter": reporter,
            "month": np.full(len(reporter), first),
            "hs_code": codes[goods],
            "net_mass_kg": np.round(kg[goods, reporter]),
            "value_usd": np.round(usd[goods, reporter]),
            "published_on": published[reporter],
        }


def _nothing(months: int) -> Array:
    return np.zeros((months, len(column("hs_code")), len(COUNTRIES)))


_NO_FIGURES: Columns = {
    "reporter": np.empty(0, dtype=np.int64),
    "month": np.empty(0, dtype=np.int64),
    "hs_code": np.empty(0, dtype=object),
    "net_mass_kg": np.empty(0),
    "value_usd": np.empty(0),
    "published_on": np.empty(0, dtype=np.int64),
}


def _summed(goods: Array, country: Array, amount: Array) -> Array:
    """Amounts added up by goods and country."""
    countries, rows = len(COUNTRIES), len(column("hs_code"))
    cell = goods.astype(np.int64) * countries + country
    return np.bincount(cell, amount, rows * countries).reshape(rows, countries)


def _by_subheading(amounts: Array, subheading: Array) -> Array:
    summed = np.zeros((subheading.max() + 1, amounts.shape[1]))
    np.add.at(summed, subheading, amounts)
    return summed


def _subheadings(day: int) -> Array:
    """The first six digits of each code, as the nomenclature of the day has it."""
    codes = column("hs_code" if day >= HS2022_FROM else "hs2017")
    return np.array([code[:6] for code in codes], dtype=object)
