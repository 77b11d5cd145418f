"""Which shipments of a day are to be inspected, drawn from its scores, with their chances."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import Engine, select

from ...selection import Selection, chances_by_route
from ...selection import select as selected
from ...sent import ScoreIds
from .clock import now
from .errors import DeskError
from .queue import Queue
from .tables import LISTED, LISTS


class Drawn(NamedTuple):
    """A list as it was drawn: when, by whom, and how the capacity was spent."""

    list_id: str
    at: str
    by: str
    day: date
    capacity: str
    random_share: float
    seed: int


class Chosen(NamedTuple):
    """Why a shipment is on a list: by the model or at random, and its chance of it."""

    selected_by: str
    selection_probability: float


@dataclass(frozen=True)
class Lists:
    """The lists on record. Of a day the last that was drawn counts."""

    engine: Engine

    def draw(self, day: date, selection: Selection, by: str) -> int:
        """Draw the list of a day from the scores on record; how many shipments are on it.

        DeskError where nothing of the day is on record.
        """
        risks = Queue(self.engine).risks(day)
        if not risks:
            raise DeskError(f"no scores of {day} are on record")
        names = np.array([name for name, _ in risks], dtype=object)
        days = np.full(len(names), np.datetime64(day))
        chosen = selected(names, days, np.array([risk for _, risk in risks]), selection)
        with self.engine.begin() as connection:
            list_id = ScoreIds.new().of(0)
            told = {
                "list_id": list_id, "at": now(), "by": by, "day": day,
                "capacity": str(selection.capacity), "random_share": selection.random_share,
                "seed": selection.seed,
            }  # fmt: skip
            rows = [
                {"list_id": list_id, "declaration_id": name, "selected_by": route,
                 "selection_probability": chance}
                for name, route, chance in zip(
                    names, chosen["selected_by"], chances_by_route(chosen).tolist(), strict=True
                )
                if isinstance(route, str)
            ]  # fmt: skip
            connection.execute(LISTS.insert(), told)
            if rows:
                connection.execute(LISTED.insert(), rows)
        return len(rows)

    def of_day(self, day: date) -> Drawn | None:
        """The list that counts on a day; None where none was drawn."""
        asked = select(*(LISTS.c[name] for name in Drawn._fields)).where(LISTS.c.day == day)
        with self.engine.connect() as connection:
            row = connection.execute(asked.order_by(LISTS.c.list_id.desc()).limit(1)).one_or_none()
        return None if row is None else Drawn(*row)

    def why(self, day: date, declaration_id: str) -> Chosen | None:
        """Why a shipment is on the list of its day; None where it is on none."""
        drawn = self.of_day(day)
        return self.chosen(drawn, [declaration_id]).get(declaration_id) if drawn else None

    def chosen(self, drawn: Drawn, declarations: Collection[str]) -> dict[str, Chosen]:
        """Those of the shipments that are on a list, and why."""
        asked = select(
            LISTED.c.declaration_id, LISTED.c.selected_by, LISTED.c.selection_probability
        ).where(LISTED.c.list_id == drawn.list_id, LISTED.c.declaration_id.in_(declarations))
        with self.engine.connect() as connection:
            return {name: Chosen(*told) for name, *told in connection.execute(asked)}
