"""How are we doing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from starlette.responses import Response

from ...scorer import Scorer
from ..figures import Figures, Inspected
from ..rates import risks_picture, weeks_picture
from ..store import DOCUMENTS, VIOLATION, Outcome, Store
from ..store import trail as steps
from .settings import DeskSettings
from .visit import Visit


class Drift(NamedTuple):
    """What `monitor` told of recent records."""

    model_version: str
    first_day: str
    last_day: str
    shipments: int
    alarms: Sequence[str]


@dataclass(frozen=True)
class FiguresPage:
    """What was found, and by which model."""

    store: Store
    settings: DeskSettings
    scorer: Callable[[], Scorer]

    def show(self, visit: Visit) -> Response:
        """The page."""
        newest = self.store.outcomes.newest()
        figures = Figures.of(self._inspected(newest))
        scorer = self.scorer()
        self.store.trail.note(visit.who.name, steps.FIGURES, address=visit.address)
        return visit.page(
            "figures.html",
            figures=figures,
            weeks=weeks_picture(figures, visit.words),
            risks=risks_picture(figures, visit.words),
            waiting=[one for one in newest if one.waits],
            asked=sum(one.found == DOCUMENTS for one in newest),
            model=scorer.model.version,
            about=scorer.model.about,
            through=scorer.history.through,
            changed=scorer.changed_lists,
            card=scorer.model.card,
            drift=self._drift(),
            asked_for_drift=self.settings.drift is not None,
        )

    def _drift(self) -> Drift | None:
        """What `monitor` found last; None where there is nothing to read."""
        if self.settings.drift is None:
            return None
        try:
            told = json.loads(self.settings.drift.with_suffix(".json").read_bytes())
            return Drift(*(told[name] for name in Drift._fields))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _inspected(self, newest: list[Outcome]) -> list[Inspected]:
        """Shipments, each by the item of which most was found, with the risk that was told."""
        looked_at = [one for one in newest if one.inspected]
        of_shipment: dict[str, Outcome] = {}
        for one in looked_at:
            before = of_shipment.get(one.declaration_id)
            if before is None or (one.found == VIOLATION and before.found != VIOLATION):
                of_shipment[one.declaration_id] = one
        told = self.store.queue.told({one.score_id for one in of_shipment.values()})
        return [
            Inspected(one.known_on, one.found == VIOLATION, one.selected_by, *told[one.score_id])
            for one in of_shipment.values()
            if one.score_id in told
        ]
