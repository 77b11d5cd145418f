"""A block of records with everything that can be worked out about them, when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from weakref import WeakMethod

import numpy as np

from .columns import Columns, absent, rows_of
from .declare import Fact
from .keys import FEW, hashed, parts_of_few, parts_of_one
from .listed import Listed, NearListed
from .registered import Registered
from .trailing import Trailing
from .values import Values, alone, column_of, missing, plain, value_of

# What only a memory can answer.
Remembered = Trailing | Registered | Listed | NearListed
Node = Fact | Remembered


class Step(NamedTuple):
    """A fact or signal to work out: its name and function, and what takes its inputs by name."""

    name: str
    function: Callable[..., Values]
    inputs: Callable[[Mapping[str, Values]], Sequence[Values]]


class Memory(Protocol):
    """What answers totals of the past: a History."""

    def remembered(self, names: tuple[str, ...], block: "Block") -> Mapping[str, Values]:
        """All that the named facts, signals and totals need of the past, for each record."""

    def steps(self, names: tuple[str, ...]) -> Sequence[Step]:
        """The facts and signals that the named ones rest on, each after its inputs."""


class _WhenAsked(dict[str, Values]):
    """Values of a block by name, each worked out when it is first asked for.

    The block is held weakly: in a circle, its arrays would stay until someone looks for circles.
    """

    def __init__(self, work_out: Callable[[str], Values]) -> None:
        super().__init__()
        self._work_out = WeakMethod(work_out)

    def __missing__(self, name: str) -> Values:
        work_out = self._work_out()
        assert work_out is not None, "its block is at work"
        found = self[name] = work_out(name)
        return found


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
        self._values = _WhenAsked(self._worked_out)
        if self.rows == 1:
            self._values.update(zip(columns, map(value_of, columns.values()), strict=True))
        self._parts: dict[str, tuple[Any, Any]] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        """The column of a column, fact, signal or trailing total: an array, one per record."""
        found = self.values(name)
        return found if self.rows != 1 else column_of(found)

    def values(self, name: str) -> Values:
        """The same as signals take it: of one record its value."""
        return self._values[name]

    def told(self, name: str, rows: np.ndarray) -> list[Any]:
        """The values of some rows as plain ones: text, numbers, dates; None or NaN without."""
        if self.rows == 1:
            return [plain(self._values[name])] * len(rows)
        return list(self[name][rows].tolist())

    def row(self, names: Sequence[str]) -> np.ndarray:
        """The numbers of one record side by side, float64."""
        values = self._values
        return np.array([values[name] for name in names], dtype=np.float64)

    def work_out(self, names: tuple[str, ...]) -> None:
        """Work out the named facts and signals at once: quicker than one after the other."""
        if self._memory is None:
            raise LookupError(f"{names[0]} needs the past, and this block has no history")
        values = self._values
        values.update(self._memory.remembered(names, self))
        steps = self._memory.steps(names)
        if self.rows == 1:
            self._work_out_of_one(steps)
            return
        with _quiet():
            for name, function, inputs in steps:
                if name not in values:
                    values[name] = function(*inputs(values))

    def _work_out_of_one(self, steps: Sequence[Step]) -> None:
        values = self._values
        for name, function, inputs in steps:
            if name not in values:
                taken = inputs(values)
                try:
                    values[name] = function(*taken)
                except ArithmeticError:
                    values[name] = _as_columns(function, taken)

    def key_parts(self, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns or facts as 64-bit parts of keys, and where they are missing: names × records."""
        if self.rows == 1:
            return self._key_parts_of_one(names)
        if self.rows <= FEW:
            return parts_of_few([self[name] for name in names], self.rows)
        parts = np.empty((len(names), self.rows), dtype=np.uint64)
        absent = np.empty((len(names), self.rows), dtype=bool)
        for at, name in enumerate(names):
            if name not in self._parts:
                self._parts[name] = hashed(self[name]), missing(self[name])
            parts[at], absent[at] = self._parts[name]
        return parts, absent

    def _key_parts_of_one(self, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The same of one record: what was hashed for one question serves the next."""
        hashed_before = self._parts
        if further := [name for name in names if name not in hashed_before]:
            hashes = parts_of_one([self._values[name] for name in further])
            hashed_before.update(zip(further, zip(*hashes, strict=True), strict=True))
        found = [hashed_before[name] for name in names]
        parts = np.array([part for part, _ in found], dtype=np.uint64)
        return parts[:, None], np.array([absent for _, absent in found], dtype=bool)[:, None]

    def _worked_out(self, name: str) -> Values:
        node = self._nodes.get(name)
        if isinstance(node, Fact):
            return self._of_fact(node)
        if node is not None:
            self.work_out((name,))
            return self._values[name]
        if name in self._columns:
            return self._columns[name]
        column = absent(name, self.rows)
        return column if self.rows != 1 else alone(column)

    def _of_fact(self, node: Fact) -> Values:
        inputs = [self._values[name] for name in node.inputs]
        if self.rows != 1:
            with _quiet():
                return node.function(*inputs)
        try:
            return node.function(*inputs)
        except ArithmeticError:
            return _as_columns(node.function, inputs)


def _as_columns(function: Callable[..., Values], inputs: Sequence[Values]) -> Values:
    """What a function makes of one record where a number alone stops: a column goes on."""
    with _quiet():
        return alone(function(*map(column_of, inputs)))


def _quiet() -> np.errstate:
    """What is missing goes through as NaN, and a ratio that is no number any more becomes it."""
    return np.errstate(invalid="ignore", over="ignore")
