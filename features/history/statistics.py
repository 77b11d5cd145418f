"""Trade statistics as they were published, and the records' own imports month by month."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from ..block import Block, Node
from ..columns import columns_of
from ..records.schema import PUBLISHED_AFTER_DAYS, TRADE_STATISTICS
from ..trailing import LedgerKey
from .arrow import read_arrow, write_arrow
from .building import shelf_of
from .compared import compared
from .entries import UNIT
from .shelf import Shelf

_KEY = list(TRADE_STATISTICS.key)
_NUMBERS = ["net_mass_kg", "value_usd"]
_FIGURES, _ARRIVALS = "trade_statistics.arrow", "arrivals.arrow"

# What arrivals are told apart by; hs_code has six digits, month is its first day.
CELL = ["hs_code", "country_of_dispatch", "country_of_destination", "month"]


@dataclass(frozen=True)
class Statistics:
    """What totals of published figures are made from: neither part depends on the other's order.

    figures: rows of the `trade_statistics` table, each with the day on which it was published.
    arrivals: `units` (of mass, see entries.py) that the declarations imported, by cell and month.
    """

    figures: pd.DataFrame
    arrivals: pd.DataFrame
    # Made of both once it was asked for: a late declaration belongs to a month published before.
    _shelves: dict[tuple[LedgerKey, ...], Shelf] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def empty(cls) -> "Statistics":
        """Nothing published, nothing recorded."""
        texts = {name: pd.Series(dtype="str") for name in CELL[:-1]}
        months, units = pd.Series(dtype="datetime64[s]"), pd.Series(dtype="int64")
        return cls(pd.DataFrame(), pd.DataFrame({**texts, "month": months, "units": units}))

    def extended(
        self, published: pd.DataFrame | None, arrived: Iterable[pd.DataFrame]
    ) -> "Statistics":
        """These and further figures and declarations; the same in any order.

        arrived: what `arrivals_of` made of the declarations, in parts.
        """
        figures, months = self.figures, list[pd.Timestamp]()
        if published is not None and len(published):
            figures = _first_published(pd.concat([figures, _dated(published)]))
        arrivals = _summed(self.arrivals, _noting_months(arrived, months))
        if figures is self.figures and arrivals is self.arrivals:
            return self
        further = Statistics(figures, arrivals)
        if figures is self.figures and not self._speak_of(months):
            further._shelves.update(self._shelves)
        return further

    def _speak_of(self, months: list[pd.Timestamp]) -> bool:
        """Whether arrivals may lie in months of which something is published.

        If not, they enter nowhere yet, and what was worked out holds: so it is day by day.
        """
        return bool(len(self.figures) and months) and min(months) <= self.figures["month"].max()

    def shelf(
        self, ledgers: Mapping[LedgerKey, tuple[str, ...]], nodes: Mapping[str, Node]
    ) -> Shelf:
        """The given ledgers, those of published figures filled and all others empty."""
        if (asked := tuple(ledgers)) not in self._shelves:
            arrived = self.arrivals.assign(kg=self.arrivals["units"] / UNIT)
            block = Block(columns_of(compared(self.figures, arrived)), nodes)
            self._shelves[asked] = shelf_of(ledgers, [("published_on", block)])
        return self._shelves[asked]

    def save(self, directory: Path) -> None:
        """Write both parts as Arrow files."""
        write_arrow(self.figures, directory / _FIGURES)
        write_arrow(self.arrivals, directory / _ARRIVALS)

    @classmethod
    def load(cls, directory: Path) -> "Statistics":
        """Read what `save` wrote."""
        return cls(read_arrow(directory / _FIGURES), read_arrow(directory / _ARRIVALS))


def _dated(published: pd.DataFrame) -> pd.DataFrame:
    """Figures with all columns, and the usual day of publication where none is given."""
    figures = published.reindex(columns=list(TRADE_STATISTICS.names))
    figures[_NUMBERS] = figures[_NUMBERS].astype("float64")
    after = figures["month"].to_numpy().astype("datetime64[M]") + 1
    usual = pd.Series(after.astype("datetime64[D]") + (PUBLISHED_AFTER_DAYS - 1), figures.index)
    days = pd.to_datetime(figures["published_on"]).astype("datetime64[s]")
    return figures.assign(published_on=days.fillna(usual.astype("datetime64[s]")))


def _first_published(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per key: what was published first stays, whatever is said of it later."""
    ordered = figures.sort_values([*_KEY, "published_on", *_NUMBERS], ignore_index=True)
    return ordered.drop_duplicates(_KEY, ignore_index=True)


def _summed(arrivals: pd.DataFrame, further: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Arrivals with further parts of them; summed whenever what waits has doubled them."""
    waiting = [arrivals]
    for part in further:
        waiting.append(part)
        if sum(map(len, waiting)) > 2 * len(waiting[0]):
            waiting = [_by_cell(pd.concat(waiting))]
    return waiting[0] if len(waiting) == 1 else _by_cell(pd.concat(waiting))


def _noting_months(
    arrived: Iterable[pd.DataFrame], months: list[pd.Timestamp]
) -> Iterator[pd.DataFrame]:
    """The parts, with the first month of each put on a list as it goes by."""
    for part in arrived:
        if len(part):
            months.append(part["month"].min())
            yield part


def _by_cell(arrivals: pd.DataFrame) -> pd.DataFrame:
    return arrivals.groupby(CELL, as_index=False)["units"].sum()


def arrivals_of(declared: pd.DataFrame) -> pd.DataFrame:
    """Imported mass by cell and month; what lacks a country or its mass is in no cell."""
    columns = ["hs_code", "country_of_dispatch", "country_of_destination", "net_mass_kg"]
    rows = declared.reindex(columns=[*columns, "declared_on"])
    rows = rows[(declared["direction"] == "import") & rows.notna().all(axis=1)]
    mass = rows["net_mass_kg"].to_numpy(dtype=np.float64)
    rows = rows.assign(
        hs_code=rows["hs_code"].str[:6].astype("str"),
        country_of_dispatch=rows["country_of_dispatch"].astype("str"),
        country_of_destination=rows["country_of_destination"].astype("str"),
        month=_months(rows),
        units=np.rint(mass * UNIT).astype(np.int64),
    )
    return _by_cell(rows)


def _months(declared: pd.DataFrame) -> np.ndarray:
    """The first day of the month of each declaration."""
    return declared["declared_on"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
