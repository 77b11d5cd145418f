"""What facts and signals need of the past, found by following their inputs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ..block import Node, Step
from ..declare import Fact
from ..listed import Listed, NearListed
from ..registered import Registered
from ..trailing import Trailing, ledgers_of
from ..values import Values
from .asked import Asked, Question


@dataclass(frozen=True)
class Needs:
    """What must be looked up, and what is then worked out from it.

    totals: of trade and outcomes. firms: counts on the register, which keeps ledgers of `counts`.
    changes: of a firm, by name. listed: of the list of parties, by name. steps: facts and signals,
    each after its inputs.
    """

    totals: Asked
    firms: Asked
    counts: tuple[Registered, ...]
    changes: Mapping[str, Registered]
    listed: Mapping[str, Listed | NearListed]
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, names: tuple[str, ...], nodes: Mapping[str, Node]) -> "Needs":
        """All that the named facts, signals and totals rest on."""
        needed = {name: nodes[name] for name in _in_order(names, nodes)}
        counts = _firm_counts(nodes)
        totals = {name: node for name, node in needed.items() if isinstance(node, Trailing)}
        asked = {name: node for name, node in needed.items() if isinstance(node, Registered)}
        return cls(
            Asked.of(_questions(totals, nodes)),
            Asked.of(_firm_questions(asked, counts)),
            counts,
            {name: node for name, node in asked.items() if node.take != "firms"},
            {name: x for name, x in needed.items() if isinstance(x, Listed | NearListed)},
            tuple(
                Step(name, node.function, _taking(node.inputs))
                for name, node in needed.items()
                if isinstance(node, Fact)
            ),
        )


def _taking(names: tuple[str, ...]) -> Callable[[Mapping[str, Values]], Sequence[Values]]:
    """What takes the named values in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _firm_counts(nodes: Mapping[str, Node]) -> tuple[Registered, ...]:
    """The distinct counts of firms among all nodes: what a register keeps ledgers of."""
    asked = (node for node in nodes.values() if isinstance(node, Registered))
    return tuple(dict.fromkeys(node for node in asked if node.take == "firms"))


def _in_order(names: Iterable[str], nodes: Mapping[str, Node]) -> dict[str, None]:
    """The nodes that the named ones rest on and they themselves, each after its inputs.

    What a total is keyed by is not among them: the search asks for that itself.
    """
    found: dict[str, None] = {}
    for name in names:
        node = nodes.get(name)
        if node is None or name in found:
            continue
        if isinstance(node, Fact):
            found |= _in_order(node.inputs, nodes)
        found[name] = None
    return found


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
    asked: Mapping[str, Registered], counts: tuple[Registered, ...]
) -> dict[str, Question]:
    places = {count: place for place, count in enumerate(counts)}
    return {
        name: Question((count.of,) if count.of else (), places[count])
        for name, count in asked.items()
        if count in places
    }
