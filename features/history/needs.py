"""What facts and signals need of the past, found by following their inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..block import Node
from ..registered import Registered
from ..trailing import Trailing, ledgers_of
from .asked import Asked, Question


@dataclass(frozen=True)
class Needs:
    """Totals of trade and outcomes, counts of firms, and changes of a firm, by name."""

    totals: Asked
    firms: Asked
    changes: Mapping[str, Registered]

    @classmethod
    def of(cls, names: tuple[str, ...], nodes: Mapping[str, Node]) -> "Needs":
        """All that the named facts, signals and totals rest on."""
        behind = set(_past_behind(names, nodes))
        needed = {name: node for name, node in nodes.items() if name in behind}
        totals = {name: node for name, node in needed.items() if isinstance(node, Trailing)}
        asked = {name: node for name, node in needed.items() if isinstance(node, Registered)}
        return cls(
            Asked.of(_questions(totals, nodes)),
            Asked.of(_firm_questions(asked, nodes)),
            {name: node for name, node in asked.items() if node.take != "firms"},
        )


def firm_counts(nodes: Mapping[str, Node]) -> tuple[Registered, ...]:
    """The distinct counts of firms among all nodes: what a register keeps ledgers of."""
    asked = (node for node in nodes.values() if isinstance(node, Registered))
    return tuple(dict.fromkeys(node for node in asked if node.take == "firms"))


def _past_behind(names: tuple[str, ...], nodes: Mapping[str, Node]) -> Iterator[str]:
    waiting, seen = list(names), set(names)
    while waiting:
        name = waiting.pop()
        node = nodes.get(name)
        if isinstance(node, Trailing | Registered):
            yield name
        elif node is not None:
            waiting += (new := set(node.inputs) - seen)
            seen |= new


def _questions(totals: Mapping[str, Trailing], nodes: Mapping[str, Node]) -> dict[str, Question]:
    ledgers = ledgers_of(node for node in nodes.values() if isinstance(node, Trailing))
    places = {ledger: place for place, ledger in enumerate(ledgers)}
    return {
        name: Question(
            total.by, places[total.ledger], ledgers[total.ledger].index(total.column),
            total.days, total.take, total.ledger.ranked,
        )
        for name, total in totals.items()
    }  # fmt: skip


def _firm_questions(
    asked: Mapping[str, Registered], nodes: Mapping[str, Node]
) -> dict[str, Question]:
    places = {count: place for place, count in enumerate(firm_counts(nodes))}
    return {
        name: Question((count.of,) if count.of else (), places[count])
        for name, count in asked.items()
        if count in places
    }
