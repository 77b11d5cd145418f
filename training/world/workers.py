"""Parts of a month's honest trade, made here or in other processes: the same either way."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Protocol

from .columns import Columns
from .draw import stream
from .economy import Economy
from .scenario import Scenario
from .stock import sent_on

# Rows made at once, by one worker: a world has the same parts whoever makes them.
PART = 32_768
# Share of a month's rows that can be made before it is known what else the month holds.
REGULAR = 0.5
FILLING = 10_000  # the number of the first part that fills a month up

Part = tuple[Columns, Columns]  # honest rows, and what of them leaves again


class Makers(Protocol):
    """Who makes honest trade."""

    def regular(self, month: int) -> Iterator[Part]:
        """The parts that a month holds in any case."""
        ...

    def filling(self, month: int, rows: int) -> Iterator[Part]:
        """Parts that together have exactly so many more rows."""
        ...


def _make(economy: Economy, month: int, part: int, rows: int) -> Part:
    items = economy.trade(month, part, rows)
    rng = stream(economy.seed, "leave", month, part)
    return items, sent_on(rng, economy.means, items)


def _parts(rows: int, first: int = 0) -> list[tuple[int, int]]:
    """Numbers and sizes of the parts that make up so many rows."""
    full, rest = divmod(rows, PART)
    return list(enumerate([PART] * full + ([rest] if rest else []), first))


def _regular_parts(economy: Economy, month: int) -> list[tuple[int, int]]:
    return _parts(int(REGULAR * economy.rows[month]))


@dataclass(frozen=True)
class Here:
    """Makes everything in this process."""

    economy: Economy

    def regular(self, month: int) -> Iterator[Part]:
        """One after the other."""
        return (_make(self.economy, month, *part) for part in _regular_parts(self.economy, month))

    def filling(self, month: int, rows: int) -> Iterator[Part]:
        """One after the other."""
        return (_make(self.economy, month, *part) for part in _parts(rows, FILLING))


@dataclass
class Elsewhere:
    """Makes parts in other processes, those of the next month while this one is handed on."""

    economy: Economy
    pool: ProcessPoolExecutor
    _ahead: dict[int, list[Future[Part]]] = field(default_factory=dict)

    def regular(self, month: int) -> Iterator[Part]:
        """In the order of the parts; those of the next month are asked for now."""
        for asked in (month, month + 1):
            if asked not in self._ahead and asked < len(self.economy.rows):
                self._ahead[asked] = self._ask(asked, _regular_parts(self.economy, asked))
        return (future.result() for future in self._ahead.pop(month))

    def filling(self, month: int, rows: int) -> Iterator[Part]:
        """As the regular ones; they wait behind those that were asked for before."""
        return (future.result() for future in self._ask(month, _parts(rows, FILLING)))

    def _ask(self, month: int, parts: list[tuple[int, int]]) -> list[Future[Part]]:
        return [self.pool.submit(_make_here, month, *part) for part in parts]


@contextmanager
def makers(economy: Economy, workers: int) -> Iterator[Makers]:
    """Who makes the parts: this process, or so many others."""
    if workers <= 1:
        yield Here(economy)
        return
    # Spawned, not forked: the parent has threads, and a fork may inherit a held lock. Each founds
    # the economy anew, which gives the same one and spares sending it.
    asked = (economy.seed, economy.declarations, economy.scenario)
    with ProcessPoolExecutor(workers, get_context("spawn"), _settle, asked) as pool:
        yield Elsewhere(economy, pool)


def _settle(seed: int, declarations: int, scenario: Scenario) -> None:
    """Found the economy in a worker, once."""
    global _HERE
    _HERE = Economy.found(seed, declarations, scenario)


def _make_here(month: int, part: int, rows: int) -> Part:
    return _make(_HERE, month, part, rows)


_HERE: Economy
