"""Who saw and did what, when, from where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from .clock import ago, now
from .tables import TRAIL

# What is put on the trail.
SIGNED_IN, REFUSED, SIGNED_OUT = "signed_in", "refused", "signed_out"
QUEUE, SHIPMENT, REPORT, FIGURES = "queue", "shipment", "report", "figures"
TOOK, GAVE_BACK, DREW, WROTE, CONFIRMED = "took", "gave_back", "drew", "wrote", "confirmed"
ACCOUNT, READ_TRAIL = "account", "trail"

# Wrong passwords, by name and by address, after which nobody is let in for a while.
_MOST_OF_NAME, _MOST_OF_ADDRESS, _LOCKED_MINUTES = 5, 20, 15

# How long who took a shipment, or has it open, counts as being at it.
_TAKEN_HOURS, _OPEN_MINUTES = 8, 15

_MOST_DETAIL = 300


class Step(NamedTuple):
    """Something that somebody did."""

    at: str
    by: str
    what: str
    subject: str
    detail: str
    address: str


@dataclass(frozen=True)
class Trail:
    """What was seen and done; nothing of it is ever changed."""

    engine: Engine

    def note(
        self, by: str, what: str, subject: str = "", detail: str = "", address: str = ""
    ) -> None:
        """Put a step on the trail."""
        step = Step(now(), by[:64], what, subject, detail[:_MOST_DETAIL], address)
        with self.engine.begin() as connection:
            connection.execute(TRAIL.insert(), step._asdict())

    def locked(self, name: str, address: str) -> bool:
        """Whether there were too many wrong passwords for a name, or from an address, of late."""
        since = ago(minutes=_LOCKED_MINUTES)
        recent = select(func.count()).where(TRAIL.c.what == REFUSED, TRAIL.c.at > since)
        of_name = recent.where(TRAIL.c.by == name[:64])
        of_address = recent.where(TRAIL.c.address == address)
        with self.engine.connect() as connection:
            by_name = connection.execute(of_name).scalar_one()
            by_address = connection.execute(of_address).scalar_one()
        return by_name >= _MOST_OF_NAME or by_address >= _MOST_OF_ADDRESS

    def taken(self, declarations: Collection[str]) -> dict[str, tuple[str, str]]:
        """Who took which of these shipments and has not given it back, and when."""
        asked = (
            select(TRAIL.c.subject, TRAIL.c.what, TRAIL.c.by, TRAIL.c.at)
            .where(TRAIL.c.subject.in_(declarations), TRAIL.c.what.in_((TOOK, GAVE_BACK)))
            .where(TRAIL.c.at > ago(hours=_TAKEN_HOURS))
            .order_by(TRAIL.c.number)
        )
        held: dict[str, tuple[str, str]] = {}
        with self.engine.connect() as connection:
            for subject, what, by, at in connection.execute(asked):
                held.pop(subject, None)
                if what == TOOK:
                    held[subject] = by, at
        return held

    def looking(self, declaration: str, but: str) -> list[str]:
        """Who else has opened a shipment a short while ago."""
        asked = (
            select(TRAIL.c.by)
            .distinct()
            .where(TRAIL.c.subject == declaration, TRAIL.c.what == SHIPMENT, TRAIL.c.by != but)
            .where(TRAIL.c.at > ago(minutes=_OPEN_MINUTES))
            .order_by(TRAIL.c.by)
        )
        with self.engine.connect() as connection:
            return list(connection.scalars(asked))

    def latest(self, most: int, by: str = "", before: str = "") -> Sequence[Step]:
        """The latest steps, the newest first; of one person, or before a moment, if asked."""
        asked = select(*(TRAIL.c[name] for name in Step._fields))
        if by:
            asked = asked.where(TRAIL.c.by == by)
        if before:
            asked = asked.where(TRAIL.c.at < before)
        with self.engine.connect() as connection:
            found = connection.execute(asked.order_by(TRAIL.c.number.desc()).limit(most))
            return [Step(*row) for row in found]
