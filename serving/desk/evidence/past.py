"""What a history says of one shipment, on its day and on days before."""

import math
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, cast

import numpy as np

from shiprisk.features import Block, History, Trailing, checked_record, plain, repeated

from ...scorer import RejectedRecord

# What only pictures ask for, of ledgers that are kept for signals.
_FURTHER = {
    "value_of_trader": Trailing(by=("trader_id",), of="customs_value_usd"),
    "listed_shipments_of_trader": Trailing(by=("trader_id",), of="listed_goods"),
}


class NotKnown(LookupError):
    """What a picture would show cannot be told. Its text is the key of words that say why."""


class Past:
    """One shipment before its past. All that is told was known strictly before the day asked."""

    def __init__(self, history: History, received: Mapping[str, Any], day: date) -> None:
        values, faults = checked_record({**received, "declared_on": str(day)})
        if faults:
            raise RejectedRecord(faults)
        self.day = day
        self.history = history.asking(_FURTHER)
        self._values = values

    @cached_property
    def block(self) -> Block:
        """The shipment on its day."""
        return self.history.block(self._values)

    @property
    def through(self) -> date:
        """The last day that the history holds."""
        return cast(date, self.history.through.item())

    def value(self, name: str) -> Any:
        """A column, fact, signal or total of it as plain value; None where it is not known."""
        found = plain(self.block.values(name))
        return None if isinstance(found, float) and math.isnan(found) else found

    def count(self, name: str) -> int:
        """A total as whole number: 0 also where a part of its key is not known."""
        return round(self.value(name) or 0)

    def on_days(self, days: np.ndarray) -> Block:
        """The same shipment as if declared on other days: datetime64[D], one record for each."""
        same = repeated(self._values, len(days))
        return self.history.block({**same, "declared_on": days})

    def at_prices(self, log_prices: np.ndarray) -> Block:
        """The same shipment at other prices: natural logarithms of USD per kg."""
        same = repeated(self._values, len(log_prices))
        priced = {"net_mass_kg": np.ones(len(log_prices)), "customs_value_usd": np.exp(log_prices)}
        return self.history.block({**same, **priced})

    @cached_property
    def months(self) -> np.ndarray:
        """The first days of the 24 months before that of the shipment and of its own, then its
        day: datetime64[D], what 25 spans begin and end with, the last of which may be empty."""
        own = np.datetime64(self.day, "M")
        return np.append(
            np.arange(own - 24, own + 1).astype("datetime64[D]"), np.datetime64(self.day)
        )

    def by_month(self, name: str) -> list[float]:
        """What a running total of the whole past grew by within each of these months."""
        grown = np.diff(np.nan_to_num(self._on_months[name]))
        return [float(amount) for amount in grown]

    @cached_property
    def _on_months(self) -> Block:
        return self.on_days(self.months)

    @property
    def month_starts(self) -> list[date]:
        """The first day of each month of `by_month`."""
        return [day.item() for day in self.months[:-1]]
