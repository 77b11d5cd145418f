"""Ties between firms and listed parties: own names, past trade, shared addresses and directors."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from ..columns import columns_of
from ..keys import hashed
from ..listed import NearListed
from ..values import missing
from .contacts import Contacts
from .parties import ListedParties
from .register import Register
from .screening import Party, first_match
from .timeline import Timeline
from .versions import known_until


@dataclass(frozen=True)
class Links:
    """Which listed party firms are tied to, from which day on, worked out when it is asked for."""

    listed: ListedParties
    contacts: Contacts
    register: Register
    _known_from: dict[NearListed, Timeline] = field(init=False, default_factory=dict, compare=False)

    def near(self, asked: NearListed, keys: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The place of a listed party that firms with each key are tied to before the day, or -1.

        keys: the values of the asked field, hashed.
        """
        if not len(self.listed):
            return np.full(len(keys), -1)
        return self._known(asked).before(keys, days)

    def _known(self, asked: NearListed) -> Timeline:
        if asked not in self._known_from:
            of_firm = asked.of == "trader_id"
            self._known_from[asked] = (
                self._of_trade(asked.at_least) if of_firm else self._of_neighbours(asked)
            )
        return self._known_from[asked]

    def _of_trade(self, least: float) -> Timeline:
        """Of each firm the partner that was first known to be listed after they had traded."""
        place = first_match(self.listed, self.contacts.partners, least)
        tied = np.flatnonzero(place >= 0)
        keys = hashed(self.contacts.columns["trader_id"][tied])
        since = np.maximum(self.contacts.columns["since"][tied], self.listed.days[place[tied]])
        order = np.lexsort((place[tied], since, keys))
        first = np.append(True, np.diff(keys[order]) != 0)[: len(order)]
        at = order[first]
        return Timeline.of(keys[at], since[at], place[tied][at])

    def _of_neighbours(self, asked: NearListed) -> Timeline:
        """Of each value of a field of the register, a listed party that a firm with it knows."""
        register = self.register
        if asked.of not in register.versions:
            return Timeline.of(*np.empty((3, 0), dtype=np.int64))
        values = columns_of(register.versions[[asked.of]])[asked.of]
        place, since = self._of_versions(asked)
        begin = np.maximum(register.days, since)
        end = known_until(register.keys, register.days)
        tied = (place >= 0) & (begin < end) & ~missing(values)
        spells = zip(
            hashed(values)[tied].tolist(), begin[tied].tolist(), end[tied].tolist(),
            place[tied].tolist(), strict=True,
        )  # fmt: skip
        steps = np.array(list(_in_force(list(spells))), dtype=np.uint64).reshape(-1, 3)
        return Timeline.of(
            steps[:, 0], steps[:, 1].astype(np.int64), steps[:, 2].astype(np.int64) - 1
        )

    def _of_versions(self, asked: NearListed) -> tuple[np.ndarray, np.ndarray]:
        """For each version of a firm its listed party (-1: none), and since when that is known."""
        register = self.register
        if asked.tie == "traded":
            steps = self._known(NearListed("trader_id", "traded", asked.at_least))
            return steps.first(register.keys), steps.first_day(register.keys)
        columns = columns_of(register.versions)
        nothing = np.full(len(register.keys), None, dtype=object)
        firm = Party(columns["trader_id"], columns.get("trader_name", nothing), nothing)
        place = first_match(self.listed, firm, asked.at_least)
        return place, np.where(place >= 0, self.listed.days[place], 0)


def _in_force(spells: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Key, day and value of each step that spells (key, begin, end, value) make.

    Where several hold at once, the one that began first counts; a value of 0 stands for none, the
    others are raised by one.
    """
    by_key: dict[int, list[tuple[int, int, int]]] = {}
    for key, begin, end, value in spells:
        by_key.setdefault(key, []).append((begin, end, value))
    for key, of_key in by_key.items():
        waiting, held = deque(sorted(of_key)), list[tuple[int, int, int]]()
        for day in sorted({day for begin, end, _ in of_key for day in (begin, end)}):
            while waiting and waiting[0][0] <= day:
                heappush(held, waiting.popleft())
            while held and held[0][1] <= day:
                heappop(held)
            yield key, day, held[0][2] + 1 if held else 0
