"""One shipment: why it is risky, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from starlette.responses import Response

from ...audit import AuditError, Given
from ...scorer import Scorer
from ..body import shipment_body
from ..evidence import Evidence, evidence_of
from ..report import report_page
from ..shipment import Shipment
from ..store import (
    FOUND,
    KINDS_OF_VIOLATION,
    Chosen,
    DeskError,
    Finding,
    Item,
    Outcome,
    Row,
    Store,
    newest_of,
)
from ..store import trail as steps
from .second import needs_second
from .settings import DeskSettings
from .visit import Refused, Visit

# How a shipment that is on no list came to be looked at.
ROUTES = ("rule", "tip")

# A report is a file of its own: whatever it holds, it runs nothing and belongs to no site.
_OF_REPORT = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


@dataclass(frozen=True)
class ShipmentPages:
    """What is shown and written of a shipment. scorer: what answers now, for its history."""

    store: Store
    settings: DeskSettings
    scorer: Callable[[], Scorer]

    def show(self, visit: Visit) -> Response:
        """The page of a goods item, by its score."""
        given = self._given(visit)
        name, by = given.declaration_id, visit.who
        items = self.store.queue.items(name, given.day)
        outcomes = self.store.outcomes.of_shipments([name])[name]
        newest = newest_of(outcomes)
        shipment = self._shipment(given)
        chosen = self._chosen(given)
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

    def take(self, visit: Visit) -> Response:
        """Say that somebody is at it; of one that another has taken, only if that is meant."""
        given = self._given(visit)
        name, by = given.declaration_id, visit.who.name
        held = self.store.trail.taken([name]).get(name)
        if held is not None and held[0] != by and visit.form.get("over") != held[0]:
            raise Refused(409, "refused.taken", held[0])
        self.store.trail.note(by, steps.TOOK, name, given.score_id, visit.address)
        return visit.back(f"/shipments/{given.score_id}")

    def give_back(self, visit: Visit) -> Response:
        """Say that one is no longer at it."""
        given = self._given(visit)
        name, by = given.declaration_id, visit.who.name
        held = self.store.trail.taken([name]).get(name)
        if held is not None and held[0] == by:
            self.store.trail.note(by, steps.GAVE_BACK, name, given.score_id, visit.address)
        return visit.back(f"/shipments/{given.score_id}")

    def write(self, visit: Visit) -> Response:
        """Write down what was found."""
        given, form = self._given(visit), visit.form
        known = _known(form.get("follows", ""))
        chosen = self._chosen(given)
        finding = _finding(form, chosen)
        items = [_item(given)]
        if form.get("whole") == "yes":
            rows = self.store.queue.items(given.declaration_id, given.day)
            items = [Item(x.score_id, x.declaration_id, x.item_number, given.day) for x in rows]
        second = needs_second(given.told, self.settings.second) and finding.found != "documents"
        written = self.store.outcomes.write(
            items, finding, visit.who.name, second,
            [known.get(item.item_number, "") for item in items],
        )  # fmt: skip
        told = f"{finding.found}, {len(written)} items"
        name = given.declaration_id
        self.store.trail.note(visit.who.name, steps.WROTE, name, told, visit.address)
        return visit.back(f"/shipments/{given.score_id}?written=yes")

    def confirm(self, visit: Visit) -> Response:
        """Confirm what another wrote."""
        outcome = self.store.outcomes.find(visit.path("outcome_id"))
        if outcome is None:
            raise Refused(404, "refused.outcome")
        self.store.outcomes.confirm(outcome, visit.who.name)
        name, told = outcome.declaration_id, f"{outcome.found} by {outcome.by}"
        self.store.trail.note(visit.who.name, steps.CONFIRMED, name, told, visit.address)
        return visit.back(f"/shipments/{outcome.score_id}?written=yes")

    def report(self, visit: Visit) -> Response:
        """The same as a file of its own."""
        given = self._given(visit)
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

    def _given(self, visit: Visit) -> Given:
        try:
            return self.store.audit.given(visit.path("score_id"))
        except AuditError:
            raise Refused(404, "refused.score") from None

    def _shipment(self, given: Given) -> Shipment:
        return Shipment.of_record(given, *self.store.audit.place_of(given))

    def _evidence(self, given: Given) -> Evidence:
        return evidence_of(self.scorer().history, given.received, given.day)

    def _chosen(self, given: Given) -> Chosen | None:
        """Why a shipment is on the list of its day; None where it is on none."""
        drawn = self.store.lists.of_day(given.day)
        name = given.declaration_id
        return self.store.lists.chosen(drawn, [name]).get(name) if drawn else None

    def _newer(self, given: Given, items: Sequence[Row]) -> str | None:
        """The score that has taken the place of this one, if there is one."""
        now = {row.item_number: row.score_id for row in items}.get(given.item_number)
        return now if now != given.score_id else None


def _item(given: Given) -> Item:
    return Item(given.score_id, given.declaration_id, given.item_number, given.day)


def _finding(form: Mapping[str, str], chosen: Chosen | None) -> Finding:
    """What a form says was found. A list says itself how a shipment was chosen."""
    route = form.get("selected_by") or None
    if chosen is None and route not in (None, *ROUTES):
        raise DeskError(f"a shipment on no list was chosen by one of {', '.join(ROUTES)}")
    return Finding(
        found=form.get("found", ""),
        reason=form.get("reason", "").strip(),
        known_on=_date(form.get("known_on", "")),
        kind=form.get("kind") or None if form.get("found") == "violation" else None,
        selected_by=chosen.selected_by if chosen else route,
        selection_probability=chosen.selection_probability if chosen else None,
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DeskError(f"{text!r} is no day: give it as 2024-06-30") from None


def _follows(items: Sequence[Row], newest: Mapping[tuple[str, int], Outcome]) -> str:
    """The newest outcome of each item, as a form carries it: `1=…,2=…`."""
    known = ((row.item_number, newest.get((row.declaration_id, row.item_number))) for row in items)
    return ",".join(f"{number}={one.outcome_id}" for number, one in known if one is not None)


def _known(follows: str) -> dict[int, str]:
    """The same back; what is not of this form is as if nothing was known."""
    parts = (part.partition("=") for part in follows.split(","))
    return {int(number): name for number, _, name in parts if number.isascii() and number.isdigit()}
