"""Work of which most is compiled or sorting, and lets go of Python's lock: on several cores."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Parts of the same work that may be done at once.
PARTS = 4


def of_each(work: Callable[[T], R], parts: Sequence[T]) -> list[R]:
    """What a function makes of each of a few parts, in their order: as many at once as cores."""
    with ThreadPoolExecutor(max(min(len(parts), _cores()), 1)) as pool:
        return list(pool.map(work, parts))


def ahead(work: Callable[[T], R], items: Iterable[T], most: int = 1) -> Iterator[R]:
    """What a function makes of each item, in their order, while the next items are made here.

    most: how many may be ready or wait; with several, short and long ones even out.
    """
    with ThreadPoolExecutor(1) as pool:
        waiting = deque[Future[R]]()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > most:
                yield waiting.popleft().result()
        for last in waiting:
            yield last.result()


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
