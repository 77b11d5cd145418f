"""Everything that is declared, by name, checked when imported."""

from collections.abc import Iterator, Mapping
from types import ModuleType

from .block import Node, Remembered
from .declare import Fact, Signal
from .history.compared import AMOUNTS
from .records.schema import DECLARATIONS
from .signals import MODULES
from .trailing import Trailing

# What only an outcome or a published figure has: it may be summed on the day it was known.
_SUMMED_ON = {"known_on": ("violation",), "published_on": AMOUNTS}


class CatalogueError(ValueError):
    """A declaration that does not hang together with the others."""


def gathered(modules: tuple[ModuleType, ...]) -> dict[str, Node]:
    """All facts, signals and totals of the modules, by name, in the order they are written."""
    nodes: dict[str, Node] = {}
    for module in modules:
        for name, node in vars(module).items():
            declared = isinstance(node, Fact | Remembered) and not name.startswith("_")
            if declared and nodes.setdefault(name, node) is not node:
                raise CatalogueError(f"{name} is declared twice, again in {module.__name__}")
    return nodes


def checked(nodes: dict[str, Node], columns: frozenset[str]) -> dict[str, Node]:
    """The same nodes, or an error that names the first input that nothing provides."""
    for name, node in nodes.items():
        if name in columns:
            raise CatalogueError(f"{name} is the name of a column already")
        on = node.on if isinstance(node, Trailing) else ""
        known = columns.union(nodes, _SUMMED_ON.get(on, ()))
        for input_name in node.inputs:
            if input_name not in known:
                raise CatalogueError(f"{name} asks for {input_name!r}: no column, fact or total")
        if isinstance(node, Trailing):
            _check_needs_no_past(name, node, nodes)
    return nodes


def columns_behind(name: str, nodes: Mapping[str, Node]) -> Iterator[str]:
    """The columns that a fact, signal or total is computed from in the end."""
    if name not in nodes:
        yield name
        return
    for input_name in nodes[name].inputs:
        yield from columns_behind(input_name, nodes)


def _check_needs_no_past(name: str, total: Trailing, nodes: Mapping[str, Node]) -> None:
    """A key or an amount that itself depends on totals could not be summed day by day."""
    waiting = list(total.inputs)
    while waiting:
        node = nodes.get(waiting.pop())
        if isinstance(node, Remembered):
            raise CatalogueError(f"{name} is keyed by or sums what depends on another total")
        waiting += node.inputs if node else ()


def _columns() -> frozenset[str]:
    return frozenset(column.name for column in DECLARATIONS.every_column)


NODES: Mapping[str, Node] = checked(gathered(MODULES), _columns())
SIGNALS: tuple[Signal, ...] = tuple(node for node in NODES.values() if isinstance(node, Signal))
