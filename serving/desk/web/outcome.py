"""What is done about a shipment: taken, given back, its outcome written and confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from ...audit import Given
from ..store import DOCUMENTS, VIOLATION, Chosen, DeskError, Finding, Item, Store
from ..store import trail as steps
from .asked import score_of
from .second import needs_second
from .settings import DeskSettings
from .visit import Refused, Visit

# How a shipment that is on no list came to be looked at.
ROUTES = ("rule", "tip")


@dataclass(frozen=True)
class OutcomePages:
    """The forms beside a shipment."""

    store: Store
    settings: DeskSettings

    def take(self, visit: Visit) -> Response:
        """Say that somebody is at it; of one that another has taken, only if that is meant."""
        given = score_of(visit, self.store)
        name, by = given.declaration_id, visit.who.name
        held = self.store.trail.taken([name]).get(name)
        if held is not None and held[0] != by and visit.form.get("over") != held[0]:
            raise Refused(409, "refused.taken", held[0])
        self.store.trail.note(by, steps.TOOK, name, given.score_id, visit.address)
        return visit.back(f"/shipments/{given.score_id}")

    def give_back(self, visit: Visit) -> Response:
        """Say that one is no longer at it."""
        given = score_of(visit, self.store)
        name, by = given.declaration_id, visit.who.name
        held = self.store.trail.taken([name]).get(name)
        if held is not None and held[0] == by:
            self.store.trail.note(by, steps.GAVE_BACK, name, given.score_id, visit.address)
        return visit.back(f"/shipments/{given.score_id}")

    def write(self, visit: Visit) -> Response:
        """Write down what was found."""
        given, form = score_of(visit, self.store), visit.form
        known = _known(form.get("follows", ""))
        chosen = self.store.lists.why(given.day, given.declaration_id)
        finding = _finding(form, chosen)
        items = [_item(given)]
        if form.get("whole") == "yes":
            rows = self.store.queue.items(given.declaration_id, given.day)
            items = [Item(x.score_id, x.declaration_id, x.item_number, given.day) for x in rows]
        second = needs_second(given.told, self.settings.second) and finding.found != DOCUMENTS
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
        kind=form.get("kind") or None if form.get("found") == VIOLATION else None,
        selected_by=chosen.selected_by if chosen else route,
        selection_probability=chosen.selection_probability if chosen else None,
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DeskError(f"{text!r} is no day: give it as 2024-06-30") from None


def _known(follows: str) -> dict[int, str]:
    """The same back; what is not of this form is as if nothing was known."""
    parts = (part.partition("=") for part in follows.split(","))
    return {int(number): name for number, _, name in parts if number.isascii() and number.isdigit()}
