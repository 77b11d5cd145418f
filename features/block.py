"""A block of records with everything that can be worked out about them, when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from .columns import Columns, absent, rows_of
from .declare import Fact
from .keys import FEW, hashed, parts_of_few, parts_of_one
from .listed import Listed, NearListed
from .registered import Registered
from .trailing import Trailing
from .values import Values, alone, column_of, missing

# What only a memory can answer.
Remembered = Trailing | Registered | Listed | NearListed
Node = Fact | Remembered

_UNASKED: Any = object()

# A fact or signal: its name, its function and its inputs.
Step = tuple[str, Callable[..., Values], tuple[str, ...]]


class Memory(Protocol):
    """What answers totals of the past: a History."""

    def remembered(self, names: tuple[str, ...], block: "Block") -> Mapping[str, Values]:
        """All that the named facts, signals and totals need of the past, for each record."""

    def steps(self, names: tuple[str, ...]) -> Sequence[Step]:
        """The facts and signals that the named ones rest on, each after its inputs."""


class Block:
    """Columns, facts and trailing totals of the same records, by name, each computed once.

    Of many records everything is worked out on arrays; of one on its values (see values.py).

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
        self._values: dict[str, Values] = {}
        self._parts: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        """The column of a column, fact, signal or trailing total: an array, one per record."""
        found = self.values(name)
        return found if self.rows != 1 else column_of(found)

    def values(self, name: str) -> Values:
        """The same as signals take it: of one record its value."""
        found = self._values.get(name, _UNASKED)
        if found is _UNASKED:
            found = self._values[name] = self._worked_out(name)
        return found

    def work_out(self, names: tuple[str, ...]) -> None:
        """Work out the named facts and signals at once: quicker than one after the other."""
        if self._memory is None:
            raise LookupError(f"{names[0]} needs the past, and this block has no history")
        values = self._values
        values.update(self._memory.remembered(names, self))
        with _quiet():
            for name, function, inputs in self._memory.steps(names):
                if name not in values:
                    values[name] = _applied(
                        function, [values[x] if x in values else self.values(x) for x in inputs]
                    )

    def key_parts(self, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns or facts as 64-bit parts of keys, and where they are missing: names × records."""
        if self.rows == 1:
            return parts_of_one([self.values(name) for name in names])
        if self.rows <= FEW:
            return parts_of_few([self[name] for name in names], self.rows)
        parts = np.empty((len(names), self.rows), dtype=np.uint64)
        absent = np.empty((len(names), self.rows), dtype=bool)
        for at, name in enumerate(names):
            if name not in self._parts:
                self._parts[name] = hashed(self[name]), missing(self[name])
            parts[at], absent[at] = self._parts[name]
        return parts, absent

    def missing(self, name: str) -> np.ndarray:
        """True for each record that has no value."""
        return missing(self[name])

    def _worked_out(self, name: str) -> Values:
        node = self._nodes.get(name)
        if isinstance(node, Fact):
            inputs = [self.values(input_name) for input_name in node.inputs]
            with _quiet():
                return _applied(node.function, inputs)
        if node is not None:
            self.work_out((name,))
            return self._values[name]
        column = self._columns[name] if name in self._columns else absent(name, self.rows)
        return column if self.rows != 1 else alone(column)


def _applied(function: Callable[..., Values], inputs: list[Values]) -> Values:
    """What a function makes of its inputs; where a number alone stops, an array goes on."""
    try:
        return function(*inputs)
    except ArithmeticError:
        return alone(function(*map(column_of, inputs)))


def _quiet() -> np.errstate:
    """What is missing goes through as NaN, and a ratio that is no number any more becomes it."""
    return np.errstate(invalid="ignore", over="ignore")
