"""A world as it lives: month by month, with what is carried from one to the next."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from . import tables
from .answers import learn
from .columns import Columns, count, joined, taken
from .draw import Array, stream
from .economy import Economy
from .files import Files
from .firms import NEVER
from .inspection import Authority, Selector
from .listing import Sightings, listed_parties
from .names import on_papers
from .networks import Networks
from .statistics import Reporters
from .stock import sent_on
from .workers import Makers


@dataclass
class World:
    """What is carried from month to month."""

    economy: Economy
    networks: Networks
    authority: Authority
    reporters: Reporters
    selector: Selector | None
    seen: Sightings
    due: Columns = field(default_factory=dict)  # leaves again, in later months
    waiting: Columns = field(default_factory=dict)  # outcomes not yet known
    known: list[pd.DataFrame] = field(default_factory=list)  # kept for a selector only

    def live(self, month: int, makers: Makers) -> Columns:
        """Exactly so many rows of a month, in order: trade, evasion, and what leaves again."""
        last, rows = self.economy.calendar.months[month][1], self.economy.rows[month]
        parts = []
        for items, leaving in makers.regular(month):
            parts.append(items)
            self._expect(leaving)
        parts.append(self._evasive(month, rows - sum(map(count, parts)), rows))
        parts.append(self._due(last, rows - sum(map(count, parts))))
        for items, leaving in makers.filling(month, rows - sum(map(count, parts))):
            parts.append(items)
            # Too late for this month: these leave next month at the earliest.
            self._expect(leaving | {"day": np.maximum(leaving["day"], last + 1)})
        items = joined(parts)
        return taken(items, _order(items))

    def _evasive(self, month: int, room: int, rows: int) -> Columns:
        """The networks' rows, whole declarations, as far as there is room for them."""
        items = self.networks.trade(month, rows)
        items = taken(items, _fits(items, room))
        if count(items):
            rng = stream(self.economy.seed, "leave", month, "evasive")
            self._expect(sent_on(rng, self.economy.means, items))
        return items

    def _expect(self, leaving: Columns) -> None:
        if count(leaving):
            inside = leaving["day"] <= self.economy.calendar.last
            self.due = joined([self.due, taken(leaving, inside)])

    def _due(self, last: int, room: int) -> Columns:
        """Take out what leaves by a day: whole papers, the first ones if there is not enough room.

        The others wait for the next month.
        """
        self.due = taken(self.due, _order(self.due)) if count(self.due) else {}
        by_then = self.due.get("day", np.empty(0)) <= last
        leaves = by_then & _fits(self.due, room)
        out, self.due = taken(self.due, leaves), taken(self.due, ~leaves)
        if count(self.due):
            self.due["day"] = np.maximum(self.due["day"], np.where(by_then[~leaves], last + 1, 0))
        return out

    def hand_on(self, files: Files, month: int, items: Columns) -> None:
        """Write a month, inspect it, and let the networks learn from what was found."""
        last = self.economy.calendar.months[month][1]
        networks, brokers = self.networks, tables.broker_ids(self.economy.means.brokers)
        names = on_papers(stream(self.economy.seed, "names", month), items)
        table = tables.declarations(items, networks.traders, brokers, names)
        self.seen.add(items)
        rng = stream(self.economy.seed, "inspect", month)
        registered = networks.firms["registered"][items["firm"]]
        outcomes = self.authority.inspect(rng, items, registered, self._scores(table))
        ids = table["declaration_id"].combine_chunks()
        row = outcomes.pop("row")
        outcomes["declaration_id"] = ids.take(pa.array(row)).to_numpy(zero_copy_only=False)
        files.add("declarations", table)
        files.add("truth", tables.truth(items, ids))
        figures = self.reporters.figures(month, items)
        files.add("trade_statistics", tables.trade_statistics(figures))
        self.waiting = joined([self.waiting, outcomes])
        self._tell(files, last)
        learn(networks, month, taken(items, row[outcomes["violation"]]))

    def _scores(self, table: pa.Table) -> Array | None:
        if self.selector is None:
            return None
        known = pd.concat(self.known, ignore_index=True) if self.known else pd.DataFrame()
        scores = np.asarray(self.selector(table.to_pandas(), known), dtype=float)
        if scores.shape != (len(table),) or not np.isfinite(scores).all():
            raise ValueError(f"a selector gives {len(table)} finite scores, not {scores.shape}")
        return scores

    def _tell(self, files: Files, last: int) -> None:
        """Write the outcomes that are known by a day."""
        now = self.waiting["known_on"] <= last
        told = tables.inspections(taken(self.waiting, now))
        files.add("inspections", told)
        if self.selector is not None:
            self.known.append(told.to_pandas())
        self.waiting = taken(self.waiting, ~now)

    def close(self, files: Files) -> None:
        """Write what became known after the last month, the register and the list."""
        self._tell(files, NEVER)
        networks, last = self.networks, self.economy.calendar.last
        files.add("traders", tables.traders(networks.firms, networks.traders, last))
        files.add("listed_parties", listed_parties(networks, self.seen))


def _order(items: Columns) -> Array:
    """By day, then in the order of the day, items of a declaration together."""
    return np.lexsort((items["item_number"], items["place"], items["day"]))


def _fits(items: Columns, room: int) -> Array:
    """True for the first declarations, whole, that together hold at most so many items."""
    if not count(items):
        return np.empty(0, dtype=bool)
    opens = items["item_number"] == 1
    ends = np.append(np.flatnonzero(opens)[1:], count(items))
    return (ends <= room)[np.cumsum(opens) - 1]
