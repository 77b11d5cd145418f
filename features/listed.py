"""What is asked of the list of parties that the user supplies, declared as data."""

from dataclasses import dataclass
from typing import Literal

# Of sixty made-up pairs of names (tests/features/names/pairs.csv) this takes 24 of the 30 that mean
# the same party for it, and 3 of the 30 that do not; from 0.90 on it would be 7 of these. See
# docs/decisions/008-names-that-are-alike.md.
SAME_PARTY = 0.92


@dataclass(frozen=True)
class Listed:
    """What the list, as known strictly before a record's day, says of a party of the record.

    number, name, country: where the record names the party; its identifier may be on the list too.
    take: `likeness` (of its name to the most similar one on the list, 0 to 1), `closest` (that one,
        in words) or `match` (the listed party that it is taken for, in words).
    at_least: the likeness from which a name is taken for the listed one.
    """

    number: str
    name: str
    country: str
    take: Literal["likeness", "closest", "match"]
    at_least: float = SAME_PARTY

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns and facts that the answer depends on."""
        return (self.number, self.name, self.country)


@dataclass(frozen=True)
class NearListed:
    """A listed party, in words, that firms with the record's value of a field are tied to by then.

    of: `trader_id` for the firm itself, or a field of the register that firms share.
    tie: `is` (a firm is that party) or `traded` (a firm has declared trade with it before).
    """

    of: str
    tie: Literal["is", "traded"]
    at_least: float = SAME_PARTY

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that the answer depends on."""
        traded = ("partner_id", "partner_name", "partner_country")
        return (self.of, *(traded if self.tie == "traded" else ("trader_name",)))
