"""A block of records with everything that can be worked out about them, when it is asked for."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from .columns import Columns, absent, missing, rows_of
from .declare import Fact
from .keys import hashed
from .listed import Listed, NearListed
from .registered import Registered
from .trailing import Trailing

# What only a memory can answer.
Asked = Trailing | Registered | Listed | NearListed
Node = Fact | Asked


class Memory(Protocol):
    """What answers trailing totals: a History."""

    def remembered(self, trailing: Trailing, block: "Block") -> np.ndarray:
        """The trailing total of each record of the block."""

    def registered(self, asked: Registered, block: "Block") -> np.ndarray:
        """What the firm register said around the firm of each record of the block."""

    def listed(self, asked: Listed, block: "Block") -> np.ndarray:
        """What the list of parties said of a party of each record of the block."""

    def near_listed(self, asked: NearListed, block: "Block") -> np.ndarray:
        """The listed party that firms beside each record of the block were tied to."""


class Block:
    """Columns, facts and trailing totals of the same records, by name, each computed once.

    columns: the records. nodes: the facts, signals and totals that may be asked for.
    memory: what is remembered; without it only what the records themselves say can be had.
    """

    def __init__(
        self, columns: Columns, nodes: Mapping[str, Node], memory: Memory | None = None
    ) -> None:
        self.rows = rows_of(columns)
        self._columns = columns
        self._nodes = nodes
        self._memory = memory
        self._values: dict[str, np.ndarray] = {}
        self._hashes: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        """The values of a column, fact, signal or trailing total, one per record."""
        if name not in self._values:
            self._values[name] = self._worked_out(name)
        return self._values[name]

    def hashed(self, name: str) -> np.ndarray:
        """The values of a column or fact as 64-bit key parts."""
        if name not in self._hashes:
            self._hashes[name] = hashed(self[name])
        return self._hashes[name]

    def missing(self, name: str) -> np.ndarray:
        """True for each record that has no value."""
        return missing(self[name])

    def _worked_out(self, name: str) -> np.ndarray:
        node = self._nodes.get(name)
        if isinstance(node, Asked):
            if self._memory is None:
                raise LookupError(f"{name} is a trailing total, and this block has no history")
            return self._remembered(node, self._memory)
        if isinstance(node, Fact):
            return node(*(self[input_name] for input_name in node.inputs))
        return self._columns[name] if name in self._columns else absent(name, self.rows)

    def _remembered(self, node: Asked, memory: Memory) -> np.ndarray:
        match node:
            case Trailing():
                return memory.remembered(node, self)
            case Registered():
                return memory.registered(node, self)
            case Listed():
                return memory.listed(node, self)
            case NearListed():
                return memory.near_listed(node, self)
