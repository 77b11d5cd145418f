"""The only state: everything remembered of the past, as running totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from ..block import Block, Node
from ..columns import columns_of
from ..keys import complete, composite
from ..listed import Listed, NearListed
from ..registered import Registered
from ..trailing import LedgerKey, Trailing
from .bins import bins_of, nodes_below, nodes_counted
from .contacts import Contacts
from .ledger import Entries, Ledger
from .links import Links
from .parties import ListedParties
from .register import Register
from .screening import Party, Resembling, most_alike, told_of

Part = Mapping[LedgerKey, Ledger]

_BEFORE_ALL = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True)
class History:
    """Running totals of declarations and outcomes, firm register and listed parties, day by day.

    nodes: the facts and totals by name. parts: ledgers that are summed; a day appended is a part
    of its own. register: the versions of the firm register. through: the last day declared.
    parties: the list of parties that the user supplied. contacts: who traded with whom.
    """

    nodes: Mapping[str, Node]
    parts: tuple[Part, ...] = ()
    register: Register = field(default_factory=Register.empty)
    through: np.datetime64 = _BEFORE_ALL
    parties: ListedParties = field(default_factory=ListedParties.empty)
    contacts: Contacts = field(default_factory=Contacts)
    _alike: WeakKeyDictionary[Block, dict[tuple[str, ...], Resembling]] = field(
        init=False, default_factory=WeakKeyDictionary, compare=False
    )

    def extended(
        self,
        declared: pd.DataFrame | None = None,
        inspected: pd.DataFrame | None = None,
        traders: pd.DataFrame | None = None,
        listed_parties: pd.DataFrame | None = None,
    ) -> "History":
        """This history and more of the past; the same, in any order, as building it at once.

        declared: declarations. inspected: declarations with `known_on` and `violation`, one row
        per outcome. traders: versions of the firm register, which hold for both. listed_parties:
        a validated list, which holds for all of the past.
        """
        register = self.register if traders is None else self.register.extended(traders)
        parties = self.parties
        if listed_parties is not None:
            parties = parties.extended(listed_parties)
        history = replace(self, register=register, parties=parties)
        blocks = {
            "declared_on": history._block(declared),
            "known_on": history._block(inspected),
        }
        part = {key: _ledger(key, blocks[key.on]) for key in self.ledger_keys()}
        through = self.through
        if declared is not None and len(declared):
            last = declared["declared_on"].max().to_datetime64().astype("datetime64[D]")
            through = max(through, last)
        return replace(
            history,
            parts=(*self.parts, part),
            through=through,
            contacts=self.contacts.extended(blocks["declared_on"]),
        )

    def compacted(self) -> "History":
        """The same history in one part."""
        part = {
            key: Ledger.built([part[key].entries() for part in self.parts])
            for key in self.ledger_keys()
        }
        return replace(self, parts=(part,), contacts=self.contacts.compacted())

    def block(self, frame: pd.DataFrame) -> Block:
        """Validated declarations, with what the past says of each."""
        return Block(self.register.joined(columns_of(frame)), self.nodes, self)

    def remembered(self, trailing: Trailing, block: Block) -> np.ndarray:
        """A trailing total for each record of a block: float64, or days for first and last.

        Missing where a part of the key is missing; 0 (or no day) where the key was never seen.
        """
        asked = trailing.inputs if trailing.take == "below" else trailing.by
        whole = complete([block[name] for name in asked], block.rows)
        if not whole.all():
            found = np.full(block.rows, np.nan)
            found[whole] = self._totals(trailing, block, whole)
        else:
            found = self._totals(trailing, block, slice(None))
        return _as_days(found) if trailing.take in ("first_day", "last_day") else found

    def registered(self, asked: Registered, block: Block) -> np.ndarray:
        """What the register, as known before the day of each record, says around its firm.

        Missing where the record has no value of the field, or nothing ever changed.
        """
        days = block["declared_on"].astype(np.int64)
        if asked.take != "firms":
            told = self.register.last_change(asked, block["trader_id"], block["declared_on"])
            return told if asked.take == "before_change" else _as_days(told)
        by = (asked.of,) if asked.of else ()
        whole = complete([block[name] for name in by], block.rows)
        keys = composite([block.hashed(name) for name in by], block.rows)
        return np.where(whole, self.register.firms(asked, keys, days), np.nan)

    @cached_property
    def _links(self) -> Links:
        return Links(self.parties, self.contacts, self.register)

    def listed(self, asked: Listed, block: Block) -> np.ndarray:
        """What the list, as known before the day of each record, says of one of its parties."""
        party = Party(block[asked.number], block[asked.name], block[asked.country])
        days = block["declared_on"].astype(np.int64)
        # Several takes ask for the same parties.
        found = self._alike.setdefault(block, {})
        if asked.inputs not in found:
            found[asked.inputs] = most_alike(self.parties, party, days)
        return told_of(self.parties, asked, party, days, found[asked.inputs])

    def near_listed(self, asked: NearListed, block: Block) -> np.ndarray:
        """The listed party that firms beside the one of each record were tied to before its day."""
        days = block["declared_on"].astype(np.int64)
        place = self._links.near(asked, block.hashed(asked.of), days)
        return self.parties.in_words(np.where(block.missing(asked.of), -1, place))

    def _totals(self, trailing: Trailing, block: Block, rows: np.ndarray | slice) -> np.ndarray:
        keys = composite([block.hashed(name) for name in trailing.by], block.rows)[rows]
        days = block["declared_on"][rows].astype(np.int64)
        ledgers = [part[trailing.ledger] for part in self.parts] or [Ledger.built([])]
        if trailing.take == "below":
            nodes, weights = nodes_below(keys, bins_of(block[trailing.of][rows]))
            at = np.tile(days, len(nodes))
            counts = _added(ledger.total(nodes.ravel(), at, trailing.days) for ledger in ledgers)
            return (np.reshape(counts, nodes.shape) * weights).sum(axis=0)
        if trailing.take == "total":
            return _added(ledger.total(keys, days, trailing.days) for ledger in ledgers)
        seen = [getattr(ledger, trailing.take)(keys, days) for ledger in ledgers]
        return (np.fmin if trailing.take == "first_day" else np.fmax).reduce(seen)

    def ledger_keys(self) -> Iterable[LedgerKey]:
        """The ledgers that the declared totals need."""
        totals = (node for node in self.nodes.values() if isinstance(node, Trailing))
        return dict.fromkeys(total.ledger for total in totals)

    def _block(self, frame: pd.DataFrame | None) -> Block | None:
        if frame is None or not len(frame):
            return None
        return Block(self.register.joined(columns_of(frame)), self.nodes)


def _ledger(key: LedgerKey, block: Block | None) -> Ledger:
    return Ledger.built([_entries(key, block)] if block else [])


def _entries(key: LedgerKey, block: Block) -> Entries:
    """What the records of a block add to a ledger."""
    arrays = [block[name] for name in key.by]
    amounts = block[key.of] if key.of else np.ones(block.rows)
    whole = complete([*arrays, amounts, block[key.on]], block.rows)
    keys = composite([block.hashed(name) for name in key.by], block.rows)[whole]
    days = block[key.on][whole].astype(np.int64)
    if not key.binned:
        return Entries.of(keys, days, amounts[whole])
    nodes = nodes_counted(keys, bins_of(amounts[whole]))
    return Entries.of(nodes.ravel(), np.tile(days, len(nodes)), np.ones(nodes.size))


def _added(totals: Iterable[np.ndarray]) -> np.ndarray:
    first, *rest = totals
    return sum(rest, first)


def _as_days(numbers: np.ndarray) -> np.ndarray:
    days = np.full(len(numbers), np.datetime64("NaT", "D"))
    seen = ~np.isnan(numbers)
    days[seen] = numbers[seen].astype(np.int64).astype("datetime64[D]")
    return days
