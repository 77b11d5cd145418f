"""What reviewers wrote of shipments: one record follows another, none is changed."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from ...sent import ScoreIds
from .clock import now
from .errors import DeskError, Overtaken
from .outcome import Finding, Item, Outcome, newest_of
from .tables import OUTCOMES

_OVERTAKEN = "somebody else has written an outcome meanwhile: look at it, then write yours"


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
                _check_newest(connection, outcomes)
                connection.execute(OUTCOMES.insert(), [asdict(one) for one in outcomes])
        except IntegrityError:  # between the look and the writing
            raise Overtaken(_OVERTAKEN) from None


def _read(connection: Connection, *where: Any) -> list[Outcome]:
    asked = select(OUTCOMES).where(*where).order_by(OUTCOMES.c.outcome_id)
    return [Outcome(**row) for row in connection.execute(asked).mappings()]


def _check_newest(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """Overtaken where one follows anything but the newest of its item, whatever a form says."""
    names = {one.declaration_id for one in outcomes}
    newest = newest_of(_read(connection, OUTCOMES.c.declaration_id.in_(names)))
    for one in outcomes:
        known = newest.get((one.declaration_id, one.item_number))
        if one.follows != (known.outcome_id if known else ""):
            raise Overtaken(_OVERTAKEN)
