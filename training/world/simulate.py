"""The front of the world: four Parquet files from a scenario, a size and a seed."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from . import tables
from .columns import Columns, count, joined, taken
from .draw import Array, stream
from .economy import Economy
from .firms import NEVER
from .inspection import Authority, Selector
from .networks import Networks
from .scenario import Scenario
from .stock import sent_on

# Makes parts of a month, given their numbers and sizes: honest rows, and what leaves again.
Make = Callable[[int, list[tuple[int, int]]], Iterator[tuple[Columns, Columns]]]

# Rows made at once, by one worker: a world has the same parts whoever makes them.
PART = 32_768
FILLING = 10_000  # the number of the part that fills a month exactly
LEAST, MOST = 500, 20_000_000
# Of the rows still wanted in a month this part is asked of the economy; what those send on within
# the month and a last, exactly fitting part fill the rest.
FIRST_ASKED = 0.86


def simulate(
    directory: Path,
    declarations: int,
    seed: int,
    scenario: Scenario | str | Path = "default",
    workers: int = 1,
    selector: Selector | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Write declarations, traders, inspections and the hidden truth of a simulated world.

    `declarations` is the number of goods items, exactly. The same size, seed, scenario and selector
    give the same bytes, whatever the number of workers (processes). A selector scores each month's
    declarations in place of the rule book, see `Selector`. `world.json` keeps what was asked for.
    progress is told after each month how many rows are written, and of how many.
    Raises ValueError for a size that cannot be, ScenarioError for a scenario that cannot be read.
    """
    if not LEAST <= declarations <= MOST:
        raise ValueError(f"a world has {LEAST:,} to {MOST:,} declarations, not {declarations:,}")
    if not isinstance(scenario, Scenario):
        scenario = Scenario.load(scenario)
    economy = Economy.found(seed, declarations, scenario)
    world = _World(economy, Networks.gather(economy, scenario, declarations),
                   Authority.of(scenario, seed), selector, seed)  # fmt: skip
    directory.mkdir(parents=True, exist_ok=True)
    with _makers(economy, workers) as make, _Files(directory) as files:
        done = 0
        for month, rows in enumerate(economy.calendar.shares(declarations).tolist()):
            world.hand_on(files, month, world.live(month, rows, make))
            progress(done := done + rows, declarations)
        world.close(files)
        files.about(scenario, declarations, seed)


@dataclass
class _World:
    """What is carried from month to month."""

    economy: Economy
    networks: Networks
    authority: Authority
    selector: Selector | None
    seed: int
    due: Columns = field(default_factory=dict)  # leaves again, in later months
    waiting: Columns = field(default_factory=dict)  # outcomes not yet known
    known: list[pd.DataFrame] = field(default_factory=list)  # kept for a selector only

    def live(self, month: int, rows: int, make: "Make") -> Columns:
        """Exactly so many rows of a month, in order of day: trade, evasion, and what leaves again."""
        last = self.economy.calendar.months[month][1]
        parts = [self._due(last), self.networks.trade(month, rows)]
        if count(parts[1]):
            rng = stream(self.seed, "leave", month, "evasive")
            self._expect(sent_on(rng, self.economy.means, parts[1]))
        asked = int(FIRST_ASKED * max(rows - sum(map(count, parts)), 0))
        for items, leaving in make(month, _parts(asked)):
            parts.append(items)
            self._expect(leaving)
        parts.append(self._due(last, rows - sum(map(count, parts))))
        if room := rows - sum(map(count, parts)):
            ((items, leaving),) = make(month, [(FILLING, room)])
            parts.append(items)
            # Too late for this month: these leave next month at the earliest.
            self._expect(leaving | {"day": np.maximum(leaving["day"], last + 1)})
        items = joined(parts)
        return taken(items, _order(items))

    def _expect(self, leaving: Columns) -> None:
        if count(leaving):
            inside = leaving["day"] <= self.economy.calendar.last
            self.due = joined([self.due, taken(leaving, inside)])

    def _due(self, last: int, room: int | None = None) -> Columns:
        """Take out what leaves by a day: whole papers, the first ones if there is not enough room.

        The others wait for the next month.
        """
        if not count(self.due):
            return {}
        self.due = taken(self.due, _order(self.due))
        leaves = self.due["day"] <= last
        if room is not None:
            begins = np.flatnonzero(self.due["item_number"] == 1)
            ends = np.append(begins[1:], count(self.due))
            fits = (ends <= room)[np.cumsum(self.due["item_number"] == 1) - 1]
            self.due["day"] = np.where(leaves & ~fits, last + 1, self.due["day"])
            leaves &= fits
        out, self.due = taken(self.due, leaves), taken(self.due, ~leaves)
        return out

    def hand_on(self, files: "_Files", month: int, items: Columns) -> None:
        """Write a month, inspect it, and let the networks learn from what was found."""
        last = self.economy.calendar.months[month][1]
        networks, brokers = self.networks, tables.broker_ids(self.economy.means.brokers)
        table = tables.declarations(items, networks.traders, brokers)
        rng = stream(self.seed, "inspect", month)
        registered = networks.firms["registered"][items["firm"]]
        outcomes = self.authority.inspect(rng, items, registered, self._scores(table))
        ids = table["declaration_id"].combine_chunks()
        row = outcomes.pop("row")
        outcomes["declaration_id"] = ids.take(pa.array(row)).to_numpy(zero_copy_only=False)
        files.add("declarations", table)
        files.add("truth", tables.truth(items, ids))
        self.waiting = joined([self.waiting, outcomes])
        self._tell(files, last)
        networks.learn(month, taken(items, row[outcomes["violation"]]))

    def _scores(self, table: pa.Table) -> Array | None:
        if self.selector is None:
            return None
        known = pd.concat(self.known, ignore_index=True) if self.known else pd.DataFrame()
        scores = np.asarray(self.selector(table.to_pandas(), known), dtype=float)
        if scores.shape != (len(table),) or not np.isfinite(scores).all():
            raise ValueError(f"a selector gives {len(table)} finite scores, not {scores.shape}")
        return scores

    def _tell(self, files: "_Files", last: int) -> None:
        """Write the outcomes that are known by a day."""
        now = self.waiting["known_on"] <= last
        told = tables.inspections(taken(self.waiting, now))
        files.add("inspections", told)
        if self.selector is not None:
            self.known.append(told.to_pandas())
        self.waiting = taken(self.waiting, ~now)

    def close(self, files: "_Files") -> None:
        """Write what became known after the last month, and the register."""
        self._tell(files, NEVER)
        networks, last = self.networks, self.economy.calendar.last
        files.add("traders", tables.traders(networks.firms, networks.traders, last))


def _order(items: Columns) -> Array:
    """By day, then in the order of the day, items of a declaration together."""
    return np.lexsort((items["item_number"], items["place"], items["day"]))


def _parts(rows: int) -> list[tuple[int, int]]:
    """Numbers and sizes of the parts that make up so many rows."""
    full, rest = divmod(rows, PART)
    sizes = [PART] * full + ([rest] if rest else [])
    return list(enumerate(sizes))


def _part(economy: Economy, month: int, part: int, rows: int) -> tuple[Columns, Columns]:
    """Honest rows, and what of them leaves again."""
    items = economy.trade(month, part, rows)
    rng = stream(economy.seed, "leave", month, part)
    return items, sent_on(rng, economy.means, items)


@contextmanager
def _makers(economy: Economy, workers: int) -> Iterator[Make]:
    """A way to make parts of months: here, or in other processes, in the same order."""
    if workers <= 1:
        yield lambda month, parts: (_part(economy, month, *part) for part in parts)
        return
    # Spawned, not forked: the parent has threads, and a fork may inherit a held lock.
    with ProcessPoolExecutor(workers, get_context("spawn"), _settle, (economy,)) as pool:
        yield lambda month, parts: pool.map(_part_here, [(month, *part) for part in parts])


def _settle(economy: Economy) -> None:
    """Keep the economy in a worker, so that it is sent once."""
    global _HERE
    _HERE = economy


def _part_here(asked: tuple[int, int, int]) -> tuple[Columns, Columns]:
    return _part(_HERE, *asked)


_HERE: Economy


class _Files:
    """Parquet files that grow month by month; they take their names only when all is written."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._open: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> "_Files":
        return self

    def add(self, name: str, table: pa.Table) -> None:
        """Write rows of a table."""
        if name not in self._open:
            path = self._directory / f"{name}.parquet.part"
            self._open[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._open[name].write_table(table)

    def about(self, scenario: Scenario, declarations: int, seed: int) -> None:
        """Keep what was asked for beside the tables."""
        asked = {
            "declarations": declarations,
            "seed": seed,
            "events": {name: str(on) for name, on in scenario.events().items()},
            "scenario": json.loads(scenario.model_dump_json()),
        }
        text = json.dumps(asked, indent=1, ensure_ascii=False)
        (self._directory / "world.json").write_text(text + "\n", encoding="utf-8")

    def __exit__(self, *failure: object) -> None:
        for name, writer in self._open.items():
            writer.close()
            part = self._directory / f"{name}.parquet.part"
            if failure[0] is None:
                part.replace(self._directory / f"{name}.parquet")
            else:
                part.unlink()
