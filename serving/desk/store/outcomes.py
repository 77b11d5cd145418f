"""What reviewers wrote of shipments: one record follows another, none is changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from shiprisk.features import FINDINGS, SELECTIONS

from ...sent import ScoreIds
from .clock import now
from .errors import DeskError, Overtaken
from .tables import OUTCOMES

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


@dataclass(frozen=True)
class Outcomes:
    """The outcomes on record."""

    engine: Engine

    def write(
        self,
        items: Sequence[Item],
        finding: Finding,
        by: str,
        needs_second: bool,
        follows: Sequence[str],
    ) -> list[Outcome]:
        """Record what was found of goods items, of all of them or of none.

        follows: of each item the newest outcome that the writer knew, empty where there was none.
        Overtaken where there is a newer one; DeskError where an outcome would be known before its
        day.
        """
        if early := [item for item in items if finding.known_on < item.day]:
            raise DeskError(f"declared on {early[0].day}, an outcome cannot be known earlier")
        ids, at = ScoreIds.new(), now()
        written = [
            Outcome(
                outcome_id=ids.of(place),
                at=at,
                by=by,
                **asdict(item),
                **asdict(finding),
                needs_second=needs_second,
                follows=last,
            )
            for place, (item, last) in enumerate(zip(items, follows, strict=True))
        ]
        self._record(written)
        return written

    def confirm(self, outcome: Outcome, by: str) -> Outcome:
        """Record that a second person finds the same; DeskError if they may not, or need not."""
        if not outcome.waits:
            raise DeskError("this outcome waits for nobody")
        if outcome.by == by:
            raise DeskError("a second person has to confirm this, not who wrote it")
        confirmed = replace(
            outcome,
            outcome_id=ScoreIds.new().of(0),
            at=now(),
            by=by,
            confirms=outcome.outcome_id,
            follows=outcome.outcome_id,
        )
        self._record([confirmed])
        return confirmed

    def find(self, outcome_id: str) -> Outcome | None:
        """One outcome; None where there is none of this id."""
        with self.engine.connect() as connection:
            found = _read(connection, OUTCOMES.c.outcome_id == outcome_id)
        return found[0] if found else None

    def of_shipments(self, declarations: Collection[str]) -> dict[str, list[Outcome]]:
        """All outcomes of shipments, each in the order of writing."""
        of: dict[str, list[Outcome]] = {name: [] for name in declarations}
        with self.engine.connect() as connection:
            for outcome in _read(connection, OUTCOMES.c.declaration_id.in_(declarations)):
                of[outcome.declaration_id].append(outcome)
        return of

    def newest(self) -> list[Outcome]:
        """The outcome that counts of every goods item, in the order of writing."""
        with self.engine.connect() as connection:
            every = _read(connection)
        return list(newest_of(every).values())

    def _record(self, outcomes: Sequence[Outcome]) -> None:
        try:
            with self.engine.begin() as connection:
                connection.execute(OUTCOMES.insert(), [asdict(one) for one in outcomes])
        except IntegrityError:
            raise Overtaken(
                "somebody else has written an outcome meanwhile: look at it, then write yours"
            ) from None


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
        if one.settled and one.found in _INSPECTED
    ]
    columns = [
        "declaration_id", "item_number", "known_on", "violation", "kind", "selected_by",
        "selection_probability",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _read(connection: Connection, *where: Any) -> list[Outcome]:
    asked = select(OUTCOMES).where(*where).order_by(OUTCOMES.c.outcome_id)
    return [Outcome(**row) for row in connection.execute(asked).mappings()]
