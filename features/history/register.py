"""The firm register: which version of a firm was known on a day."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numba import njit

from ..columns import Columns, columns_of
from ..keys import hashed
from ..registered import Registered
from ..values import as_column, missing, where
from .arrow import read_arrow, write_arrow
from .shelf import Shelf
from .versions import firms_ledger, last_changes

FIELDS = (
    "registered_on", "legal_form", "activity_code", "address_id", "director_id",
    "owner_nationalities", "trader_name",
)  # fmt: skip


# The position among all versions of what was known of the firm on a record's day, -1 where nothing.
VERSION = "version_on_register"


@dataclass(frozen=True)
class Register:
    """Versions of firms, sorted by firm and by the day each became known."""

    versions: pd.DataFrame
    keys: np.ndarray
    days: np.ndarray
    # What was worked out of the versions, once it was asked for.
    _shelves: dict[tuple[Registered, ...], Shelf] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    _changes: dict[str, Columns] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def empty(cls) -> "Register":
        """No firm known."""
        return cls(pd.DataFrame(), np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64))

    @classmethod
    def of(cls, traders: pd.DataFrame) -> "Register":
        """The register of a validated `traders` table; a repeated version counts once."""
        if not len(traders):
            return cls.empty()
        traders = traders.drop_duplicates(["trader_id", "known_from"], keep="last")
        columns = columns_of(traders[["trader_id", "known_from"]])
        keys, days = hashed(columns["trader_id"]), columns["known_from"].astype(np.int64)
        order = np.lexsort((days, keys))
        versions = traders.iloc[order].reset_index(drop=True)
        return cls(versions, keys[order], days[order])

    def extended(self, traders: pd.DataFrame) -> "Register":
        """This register and further versions."""
        if not len(self.versions):
            return Register.of(traders)
        return Register.of(pd.concat([self.versions, traders], ignore_index=True))

    def joined(self, columns: Columns) -> Columns:
        """Records with what the register knew of their trader strictly before their day.

        What a record says of its firm itself stays; the register fills what it leaves open.
        """
        trader, day = as_column(columns["trader_id"]), as_column(columns["declared_on"])
        at = self.version_before(trader, day)
        filled = dict(columns) | {VERSION: at}
        for name, known in self._fields.items():
            own = columns.get(name)
            filled[name] = known[at] if own is None else where(missing(own), known[at], own)
        return filled

    @cached_property
    def _fields(self) -> Columns:
        """The fields of each version, and as the last what is known of a firm unheard of."""
        if not len(self.versions):
            return {}
        nothing = self.versions.iloc[:1].reindex([-1])
        known = pd.concat([self.versions, nothing])
        return columns_of(known[[name for name in FIELDS if name in known]])

    def shelf(self, counts: tuple[Registered, ...]) -> Shelf:
        """For each count of firms, how many were known by day to have each value of its field."""
        if counts not in self._shelves:
            self._shelves[counts] = Shelf.of(
                {
                    asked: firms_ledger(self.versions, self.keys, self.days, asked)
                    for asked in counts
                }
            )
        return self._shelves[counts]

    def last_change(self, asked: Registered, at: np.ndarray) -> np.ndarray:
        """When a field of a firm last changed, or from what, at versions found by day."""
        if asked.of not in self.versions:
            as_text = asked.take == "before_change"
            return np.full(len(at), None if as_text else np.datetime64("NaT", "D"))
        return self._changes_of(asked.of)[asked.take][at]

    def _changes_of(self, name: str) -> Columns:
        if name not in self._changes:
            values = columns_of(self.versions[[name]])[name]
            self._changes[name] = last_changes(values, self.keys, self.days)
        return self._changes[name]

    def version_before(self, trader_ids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The position of the newest version known before each day, -1 where there is none."""
        if not len(self.keys):
            return np.full(len(days), -1)
        return _versions_before(self.keys, self.days, hashed(trader_ids), days.astype(np.int64))

    def sharing(self, name: str, value: str, day: np.datetime64) -> Columns:
        """The firms that had a value of a field, and their fields, as known before a day."""
        fields = {name: known[:-1] for name, known in self._fields.items()}
        if name not in fields:
            return {"trader_id": np.empty(0, dtype=object)}
        before = day.astype("datetime64[D]").astype(np.int64)
        at = np.flatnonzero((fields[name] == value) & (self.days < before))
        following = np.minimum(at + 1, len(self.keys) - 1)
        newer = (following > at) & (self.keys[following] == self.keys[at])
        at = at[~(newer & (self.days[following] < before))]
        return {name: known[at] for name, known in {**fields, "trader_id": self._firms}.items()}

    @cached_property
    def _firms(self) -> np.ndarray:
        """The firm of each version."""
        return columns_of(self.versions[["trader_id"]])["trader_id"]

    def save(self, path: Path) -> None:
        """Write the versions as an Arrow file."""
        write_arrow(self.versions, path)

    @classmethod
    def load(cls, path: Path) -> "Register":
        """Read what `save` wrote."""
        return cls.of(read_arrow(path))


@njit(cache=True, nogil=True)
def _versions_before(keys, days, of, limits):  # type: ignore[no-untyped-def]
    """The position of the newest version of each key known before its limit, -1 without one.

    keys, days: of the versions, in their order. of: keys asked for. limits: the days, as numbers.
    """
    found = np.full(len(of), -1)
    for at in range(len(of)):
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) >> 1
            earlier = keys[middle] < of[at] or (
                keys[middle] == of[at] and days[middle] < limits[at]
            )
            low, high = (middle + 1, high) if earlier else (low, middle)
        if low > 0 and keys[low - 1] == of[at]:
            found[at] = low - 1
    return found
