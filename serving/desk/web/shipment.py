"""One shipment: why it is risky, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.responses import Response

from ...audit import Given
from ...scorer import Scorer
from ..body import shipment_body
from ..evidence import Evidence, evidence_of
from ..report import report_page
from ..shipment import Shipment
from ..store import FOUND, KINDS_OF_VIOLATION, Outcome, Row, Store, newest_of
from ..store import trail as steps
from .asked import score_of
from .outcome import ROUTES
from .second import needs_second
from .settings import DeskSettings
from .visit import Visit

# A report is a file of its own: whatever it holds, it runs nothing and belongs to no site.
_OF_REPORT = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


@dataclass(frozen=True)
class ShipmentPages:
    """What is shown of a shipment. scorer: what answers now, for its history."""

    store: Store
    settings: DeskSettings
    scorer: Callable[[], Scorer]

    def show(self, visit: Visit) -> Response:
        """The page of a goods item, by its score."""
        given = score_of(visit, self.store)
        name, by = given.declaration_id, visit.who
        items = self.store.queue.items(name, given.day)
        outcomes = self.store.outcomes.of_shipments([name])[name]
        newest = newest_of(outcomes)
        shipment = self._shipment(given)
        chosen = self.store.lists.why(given.day, given.declaration_id)
        others = self.store.trail.looking(name, by.name)
        self.store.trail.note(by.name, steps.SHIPMENT, name, given.score_id, visit.address)
        return visit.page(
            "shipment.html",
            given=given,
            body=shipment_body(
                shipment, visit.words, self._evidence(given), self.settings.owner_nationality
            ),
            items=items,
            outcomes=outcomes,
            newest=newest.get((name, given.item_number)),
            follows=_follows(items, newest),
            taken=self.store.trail.taken([name]).get(name),
            others=others,
            chosen=chosen,
            blind=chosen is not None and not by.may("lead"),
            found=FOUND,
            kinds=KINDS_OF_VIOLATION,
            routes=ROUTES,
            today=datetime.now(UTC).date(),
            second=needs_second(given.told, self.settings.second),
            newer=self._newer(given, items),
            written=visit.query.get("written") == "yes",
        )

    def report(self, visit: Visit) -> Response:
        """The same as a file of its own."""
        given = score_of(visit, self.store)
        name = given.declaration_id
        self.store.trail.note(visit.who.name, steps.REPORT, name, given.score_id, visit.address)
        page = report_page(
            self._shipment(given),
            visit.words,
            self.scorer().history,
            self.settings.owner_nationality,
        )
        named = {"content-disposition": f'attachment; filename="{given.score_id}.html"'}
        return Response(page, headers=_OF_REPORT | named, media_type="text/html")

    def _shipment(self, given: Given) -> Shipment:
        return Shipment.of_record(given, *self.store.audit.place_of(given))

    def _evidence(self, given: Given) -> Evidence:
        return evidence_of(self.scorer().history, given.received, given.day)

    def _newer(self, given: Given, items: Sequence[Row]) -> str | None:
        """The score that has taken the place of this one, if there is one."""
        now = {row.item_number: row.score_id for row in items}.get(given.item_number)
        return now if now != given.score_id else None


def _follows(items: Sequence[Row], newest: Mapping[tuple[str, int], Outcome]) -> str:
    """The newest outcome of each item, as a form carries it: `1=…,2=…`."""
    known = ((row.item_number, newest.get((row.declaration_id, row.item_number))) for row in items)
    return ",".join(f"{number}={one.outcome_id}" for number, one in known if one is not None)
