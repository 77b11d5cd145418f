"""What must be remembered, declared as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Take = Literal["total", "below", "first_day", "last_day"]


@dataclass(frozen=True)
class Trailing:
    """A running total over the days strictly before a record's day, among records with its key.

    by: columns or facts that make up the key; empty means all records together.
    of: a number to sum, one per record; empty counts records. A record without it does not enter.
    days: how far back the total reaches; None means the whole past.
    on: the day on which a record enters: `declared_on`, `known_on` for an outcome, `published_on`
        for a figure of trade statistics, whose amounts begin with `trade_statistics.`.
    take: `total` (the sum), `below` (how many of `of` are lower, those of the same bin counting
        half: the numerator of a percentile), `first_day` or `last_day` (when the key was seen;
        with `of`, when there was any of it: the last violation, the first listed goods).
    """

    by: tuple[str, ...]
    of: str = ""
    days: int | None = None
    on: Literal["declared_on", "known_on", "published_on"] = "declared_on"
    take: Take = "total"

    def __post_init__(self) -> None:
        """Refuse a declaration that no engine could compute."""
        if self.take == "below" and not self.of:
            raise ValueError("Trailing(take='below') needs `of`: the number that is ranked")
        if self.days is not None and (self.days < 1 or self.take in ("first_day", "last_day")):
            raise ValueError(f"Trailing: days={self.days} has no meaning with take={self.take!r}")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns and facts that an entry is made from."""
        return (*self.by, *((self.of,) if self.of else ()))

    @property
    def ledger(self) -> "LedgerKey":
        """Which ledger holds this total; several totals may share one."""
        return LedgerKey(self.by, self.on, ranked=self.of if self.take == "below" else "")

    @property
    def column(self) -> str:
        """What is summed in that ledger; empty where records are counted."""
        return "" if self.take == "below" else self.of


@dataclass(frozen=True)
class LedgerKey:
    """What tells one ledger from another: what is summed, over which window, does not.

    ranked: the number whose histogram the ledger counts, empty in an ordinary one.
    """

    by: tuple[str, ...]
    on: str
    ranked: str = ""

    @property
    def name(self) -> str:
        """A readable name."""
        what = f"{self.ranked}-bins" if self.ranked else "records"
        return f"{what}_by_{'+'.join(self.by) or 'all'}_on_{self.on}"


def ledgers_of(totals: Iterable[Trailing]) -> dict[LedgerKey, tuple[str, ...]]:
    """The ledgers that totals need, each with its columns: what is summed, in order of name."""
    columns: dict[LedgerKey, set[str]] = {}
    for total in totals:
        columns.setdefault(total.ledger, set()).add(total.column)
    return {ledger: tuple(sorted(columns[ledger])) for ledger in columns}
