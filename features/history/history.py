"""The only state: everything remembered of the past, as running totals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ..block import Block, Memory, Node, Step
from ..columns import Columns, columns_of
from ..trailing import LedgerKey, Trailing, ledgers_of
from ..values import Values, alone
from .asked import Asked
from .building import ROWS_AT_ONCE, merged, shelf_of
from .contacts import Contacts, pairs_of
from .ledger import Ledger
from .links import Links
from .needs import Needs
from .parties import ListedParties
from .register import VERSION, Register
from .screened import screened
from .shelf import ARRAYS, Shelf
from .statistics import Statistics, arrivals_of

_BEFORE_ALL = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True)
class History:
    """What declarations, outcomes, register, statistics and a list said, as known day by day.

    nodes: the facts and totals by name. shelves: ledgers that are summed; days appended are a
    shelf of their own. register: the versions of the firm register. through: the last day declared.
    statistics: trade as countries publish it. parties: the list that the user supplied. contacts:
    who traded with whom. digest: names all of it, where it was read from disk.
    """

    nodes: Mapping[str, Node]
    shelves: tuple[Shelf, ...] = ()
    register: Register = field(default_factory=Register.empty)
    through: np.datetime64 = _BEFORE_ALL
    statistics: Statistics = field(default_factory=Statistics.empty)
    parties: ListedParties = field(default_factory=ListedParties.empty)
    contacts: Contacts = field(default_factory=Contacts)
    digest: str = ""
    # Ties to listed parties, where an earlier history of the same firms has worked them out.
    _ties: Links | None = field(default=None, compare=False, repr=False)
    # What names need of the past, worked out when they are first asked for.
    _needs: dict[tuple[str, ...], Needs] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    # This history with further totals, as they were asked for.
    _asking: dict[frozenset[tuple[str, Trailing]], "History"] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def extended(
        self,
        declared: pd.DataFrame | Iterable[pd.DataFrame] | None = None,
        inspected: pd.DataFrame | None = None,
        traders: pd.DataFrame | None = None,
        trade_statistics: pd.DataFrame | None = None,
        listed_parties: pd.DataFrame | None = None,
    ) -> "History":
        """This history and more of the past; the same, in any order, as building it at once.

        declared: declarations, in parts where they are too many for memory, which are gone through
        several times. inspected: declarations with `known_on` and `violation`, one row
        per outcome. traders: versions of the firm register, which hold for both. trade_statistics:
        figures that countries published. listed_parties: a list, which holds for all of the past.
        """
        register = self.register if traders is None else self.register.extended(traders)
        past = {"declared_on": declared, "known_on": inspected}
        blocks = (
            (on, Block(register.joined(columns_of(part)), self.nodes))
            for on, frame in past.items()
            for part in _parts(frame)
        )
        shelf = shelf_of(self.ledgers, blocks)
        lasts = (part["declared_on"].to_numpy().max() for part in _parts(declared))
        beside = replace(self, register=register).beside_extended(
            map(arrivals_of, _parts(declared)),
            map(pairs_of, _parts(declared)),
            trade_statistics,
            listed_parties,
        )
        through = max([self.through, *(last.astype("datetime64[D]") for last in lasts)])
        same_ties = declared is None and traders is None and listed_parties is None
        return replace(
            beside, shelves=(*self.shelves, shelf), through=through, digest="",
            _ties=self._links if same_ties else None,
        )  # fmt: skip

    def beside_extended(
        self,
        arrived: Iterable[pd.DataFrame] = (),
        pairs: Iterable[pd.DataFrame] = (),
        trade_statistics: pd.DataFrame | None = None,
        listed_parties: pd.DataFrame | None = None,
    ) -> "History":
        """This history with more of what stands beside its totals.

        arrived, pairs: what `arrivals_of` and `pairs_of` made of declarations, in parts.
        """
        statistics = self.statistics
        if any(key.on == "published_on" for key in self.ledgers):
            statistics = statistics.extended(trade_statistics, arrived)
        parties = self.parties if listed_parties is None else self.parties.extended(listed_parties)
        contacts = self.contacts.extended(pairs)
        return replace(self, statistics=statistics, parties=parties, contacts=contacts, _ties=None)

    def compacted(self) -> "History":
        """The same history on one shelf."""
        room = sum((shelf.room() for shelf in self.shelves), np.zeros(len(ARRAYS), dtype=int))
        shelf = merged(self.ledgers, self._of_key, room)
        return replace(self, shelves=(shelf,), contacts=self.contacts.compacted(), _ties=None)

    def merged(self) -> Iterator[tuple[LedgerKey, Ledger]]:
        """Each ledger, over all shelves, one after the other."""
        for key, columns in self.ledgers.items():
            yield key, Ledger.merged(self._of_key(key), len(columns))

    def block(self, records: pd.DataFrame | Columns, memory: Memory | None = None) -> Block:
        """Validated declarations, as a frame or as arrays, with what the past says of each.

        memory: what answers in this history's place.
        """
        columns = columns_of(records) if isinstance(records, pd.DataFrame) else records
        return Block(self.register.joined(columns), self.nodes, memory or self)

    def remembered(self, names: tuple[str, ...], block: Block) -> Mapping[str, Values]:
        """What the named facts, signals and totals need of the past, for each record of a block.

        Totals are float64, and missing where a part of the key is; days are datetime64[D].
        """
        return self.asked(names).answered(self._every_shelf, block) | self.beside(names, block)

    def asked(self, names: tuple[str, ...]) -> Asked:
        """The totals that the named facts, signals and totals need."""
        return self._needs_of(names).totals

    def beside(self, names: tuple[str, ...], block: Block) -> dict[str, Values]:
        """What they need beside totals: of the register, and of the list of parties."""
        needs = self._needs_of(names)
        told = dict[str, Values]()
        if needs.firms.names:
            told |= needs.firms.answered([self.register.shelf(needs.counts)], block)
        further = screened(needs.listed, self._links, block)
        for name, asked in needs.changes.items():
            further[name] = self.register.last_change(asked, block[VERSION])
        if block.rows == 1:
            further = {name: alone(column) for name, column in further.items()}
        return told | further

    def steps(self, names: tuple[str, ...]) -> Sequence[Step]:
        """The facts and signals that the named ones rest on, each after its inputs."""
        return self._needs_of(names).steps

    def asking(self, further: Mapping[str, Trailing]) -> "History":
        """The same past with further totals by name, which its ledgers can answer as they are.

        LookupError where they cannot: what no signal remembers is not there to be asked for.
        """
        key = frozenset(further.items())
        if key not in self._asking:
            self._asking[key] = self._asked_further(further)
        return self._asking[key]

    def _asked_further(self, further: Mapping[str, Trailing]) -> "History":
        asked = replace(self, nodes={**self.nodes, **further})
        if asked.ledgers != self.ledgers:
            more = [x.name for x, of in asked.ledgers.items() if of != self.ledgers.get(x)]
            raise LookupError(f"this history keeps no totals for {', '.join(more)}")
        vars(asked)["_every_shelf"] = self._every_shelf  # made once for all who ask
        return asked

    @cached_property
    def _links(self) -> Links:
        return self._ties or Links(self.parties, self.contacts, self.register)

    @cached_property
    def _every_shelf(self) -> tuple[Shelf, ...]:
        return (*self.shelves, *self.published)

    @property
    def published(self) -> tuple[Shelf, ...]:
        """A shelf with what statistics published, if anything, in the same order of ledgers."""
        if not len(self.statistics.figures):
            return ()
        return (self.statistics.shelf(self.ledgers, self.nodes),)

    @cached_property
    def ledgers(self) -> Mapping[LedgerKey, tuple[str, ...]]:
        """The ledgers that the declared totals need, with the columns of each."""
        return ledgers_of(node for node in self.nodes.values() if isinstance(node, Trailing))

    def _of_key(self, key: LedgerKey) -> list[Ledger]:
        return [shelf.ledger(key) for shelf in self.shelves]

    def _needs_of(self, names: tuple[str, ...]) -> Needs:
        if names not in self._needs:
            self._needs[names] = Needs.of(names, self.nodes)
        return self._needs[names]


def _parts(frames: pd.DataFrame | Iterable[pd.DataFrame] | None) -> Iterator[pd.DataFrame]:
    """Frames in parts of no more rows than are worked on at once, and of at least one."""
    for frame in [frames] if isinstance(frames, pd.DataFrame) else frames or ():
        for start in range(0, len(frame), ROWS_AT_ONCE):
            yield frame.iloc[start : start + ROWS_AT_ONCE]
