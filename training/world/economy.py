"""The honest economy: its firms, its channels and how much each trades in a month."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .calendar import Calendar
from .channels import IMPORT
from .columns import Columns, count, joined
from .draw import Array, stream
from .filing import file_shipments
from .firms import Means, honest_firms
from .goods import demand
from .scenario import Scenario
from .trade import honest_channels

DEALERS, STARTERS = 0.035, 0.03  # of the firms
FIRMS_AT_ONCE = 10_000  # their channels take much more room while they are drawn


@dataclass
class Economy:
    """All honest trade of a world of that size; demand is of goods (rows) in months (columns)."""

    seed: int
    declarations: int
    scenario: Scenario
    means: Means
    firms: Columns
    channels: Columns
    demand: Array
    _month: tuple[int, Array] = field(default=(-1, np.empty(0)), repr=False)

    @classmethod
    def found(cls, seed: int, declarations: int, scenario: Scenario) -> "Economy":
        """The economy of a world of that size."""
        calendar = scenario.calendar
        means = Means.of(declarations, calendar)
        firms = honest_firms(stream(seed, "firms"), means, DEALERS, STARTERS)
        turns = [shock.day for shock in scenario.shocks]
        channels = []
        for block, start in enumerate(range(0, count(firms), FIRMS_AT_ONCE)):
            of_block = np.arange(start, min(start + FIRMS_AT_ONCE, count(firms)))
            rng = stream(seed, "channels", block)
            channels.append(honest_channels(rng, means, firms, of_block, turns))
        all_channels = joined(channels)
        return cls(seed, declarations, scenario, means, firms, all_channels, demand(seed, calendar))

    @cached_property
    def rows(self) -> list[int]:
        """How many rows each month has, whoever's they are."""
        return self.calendar.shares(self.declarations).tolist()

    @property
    def calendar(self) -> Calendar:
        """Its days and months."""
        return self.means.calendar

    def trade(self, month: int, part: int, rows: int) -> Columns:
        """A part of a month's honest rows, exactly so many; the same whoever asks and when."""
        rng = stream(self.seed, "trade", month, part)
        return file_shipments(rng, self.means, self.channels, self._edges(month), month, rows)

    def _edges(self, month: int) -> Array:
        """Running totals of how much each channel trades in the month, remembered for its parts."""
        if self._month[0] != month:
            self._month = (month, np.cumsum(self._weights(month)))
        return self._month[1]

    def _weights(self, month: int) -> Array:
        share = self.calendar.open_share(self.channels["first"], self.channels["last"], month)
        leaves = np.where(self.channels["direction"] == IMPORT, 1.0, 0.7)
        wanted = self.demand[self.channels["goods_0"], month]
        return self.channels["rate"].astype(np.float64) * share * leaves * wanted
