"""An outcome: what was found of a goods item, as one person wrote it down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd

from shiprisk.features import FINDINGS, SELECTIONS

from .errors import DeskError

CLEARED, DOCUMENTS, NOTHING, VIOLATION = "cleared", "documents", "nothing", "violation"
FOUND = (CLEARED, DOCUMENTS, NOTHING, VIOLATION)

# What was looked at, and so teaches a model.
_INSPECTED = (NOTHING, VIOLATION)

KINDS_OF_VIOLATION = tuple(kind for kind in FINDINGS if kind != "none")

MOST_REASON = 2_000


@dataclass(frozen=True)
class Item:
    """The goods item that an outcome is of, and the score that it was seen with."""

    score_id: str
    declaration_id: str
    item_number: int
    day: date


@dataclass(frozen=True)
class Outcome:
    """What was found of a goods item, as one person wrote it down.

    found: one of FOUND. kind: of a violation. known_on: the day from which it counts as known.
    needs_second: it counts once another person has confirmed it. confirms: the outcome that this
    one confirms. follows: the one that was the newest when this was written, if there was one.
    """

    outcome_id: str
    at: str
    by: str
    score_id: str
    declaration_id: str
    item_number: int
    day: date
    known_on: date
    found: str
    kind: str | None
    reason: str
    selected_by: str | None
    selection_probability: float | None
    needs_second: bool
    confirms: str | None = None
    follows: str = ""

    @property
    def waits(self) -> bool:
        """Whether a second person has yet to confirm it."""
        return self.needs_second and self.confirms is None

    @property
    def inspected(self) -> bool:
        """Whether somebody has looked, and nobody has yet to confirm it: this teaches."""
        return self.found in _INSPECTED and not self.waits

    @property
    def settled(self) -> bool:
        """Whether there is nothing more to do."""
        return not self.waits and self.found != DOCUMENTS


@dataclass(frozen=True)
class Finding:
    """What a reviewer writes, before it is on record; DeskError for what makes no sense."""

    found: str
    reason: str
    known_on: date
    kind: str | None = None
    selected_by: str | None = None
    selection_probability: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be recorded."""
        if self.found not in FOUND:
            raise DeskError(f"an outcome is one of {', '.join(FOUND)}")
        if (self.found == VIOLATION) != (self.kind in KINDS_OF_VIOLATION):
            raise DeskError(f"a violation, and only a violation, has a kind: {KINDS_OF_VIOLATION}")
        if not self.reason.strip() or len(self.reason) > MOST_REASON:
            raise DeskError(f"a reason is needed, of at most {MOST_REASON:,} characters")
        if self.known_on > datetime.now(UTC).date():
            raise DeskError(f"an outcome cannot be known on {self.known_on}, which is to come")
        if self.selected_by not in (None, *SELECTIONS):
            raise DeskError(f"an inspection is chosen by one of {', '.join(SELECTIONS)}")


def newest_of(outcomes: Iterable[Outcome]) -> dict[tuple[str, int], Outcome]:
    """The last of each goods item."""
    return {(one.declaration_id, one.item_number): one for one in outcomes}


def inspections_of(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """The outcomes of what was inspected, as a table of `inspections`.

    What waits for a second person, was cleared without a look or still waits for documents is no
    inspection and is left out.
    """
    rows = [
        {
            "declaration_id": one.declaration_id,
            "item_number": one.item_number,
            "known_on": one.known_on,
            "violation": one.found == VIOLATION,
            "kind": one.kind or "none",
            "selected_by": one.selected_by,
            "selection_probability": one.selection_probability,
        }
        for one in outcomes
        if one.inspected
    ]
    columns = [
        "declaration_id", "item_number", "known_on", "violation", "kind", "selected_by",
        "selection_probability",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
