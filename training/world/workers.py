"""Parts of a month's honest trade, made here or in other processes: the same either way."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from .columns import Columns
from .draw import stream
from .economy import Economy
from .scenario import Scenario
from .stock import sent_on

# Makes parts of a month, given their numbers and sizes: honest rows, and what leaves again.
Make = Callable[[int, list[tuple[int, int]]], Iterator[tuple[Columns, Columns]]]


def _part(economy: Economy, month: int, part: int, rows: int) -> tuple[Columns, Columns]:
    """Honest rows, and what of them leaves again."""
    items = economy.trade(month, part, rows)
    rng = stream(economy.seed, "leave", month, part)
    return items, sent_on(rng, economy.means, items)


@contextmanager
def makers(economy: Economy, workers: int) -> Iterator[Make]:
    """A way to make parts of months: here, or in other processes, in the same order."""
    if workers <= 1:
        yield lambda month, parts: (_part(economy, month, *part) for part in parts)
        return
    # Spawned, not forked: the parent has threads, and a fork may inherit a held lock. Each founds
    # the economy anew, which gives the same one and spares sending it.
    asked = (economy.seed, economy.declarations, economy.scenario)
    with ProcessPoolExecutor(workers, get_context("spawn"), _settle, asked) as pool:
        yield lambda month, parts: pool.map(_part_here, [(month, *part) for part in parts])


def _settle(seed: int, declarations: int, scenario: Scenario) -> None:
    """Found the economy in a worker, once."""
    global _HERE
    _HERE = Economy.found(seed, declarations, scenario)


def _part_here(asked: tuple[int, int, int]) -> tuple[Columns, Columns]:
    return _part(_HERE, *asked)


_HERE: Economy
