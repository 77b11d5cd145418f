"""The queue: a day's shipments by risk, what can be inspected, and who is at what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.responses import Response

from ...audit import Given
from ...selection import Capacity, Selection, SelectionError
from ..store import OPEN, ROWS_A_PAGE, DeskError, Drawn, Outcome, Row, Store, Wanted
from ..store import trail as steps
from .settings import DeskSettings
from .visit import Refused, Visit

_MOST_TEXT = 100
_FILTERS = ("lane", "hub", "office", "family", "goods", "text", "state")


class Shown(NamedTuple):
    """A row as it is shown. reason: the strongest that was told. chosen: by which route."""

    row: Row
    given: Given
    reason: str
    hours: float
    outcome: Outcome | None
    taken_by: str
    chosen: str


@dataclass(frozen=True)
class QueuePages:
    """What the queue shows and does."""

    store: Store
    settings: DeskSettings

    def show(self, visit: Visit) -> Response:
        """A page of the queue of a day, the newest if none is asked for."""
        days = self.store.queue.days()
        if not days:
            return visit.page("queue_empty.html")
        wanted, drawn = self._wanted(visit, days[0])
        page = self.store.queue.page(wanted)
        pages = max(1, -(-page.found // ROWS_A_PAGE))
        asked = {name: value for name, value in visit.query.items() if value and name != "page"}
        self.store.trail.note(
            visit.who.name, steps.QUEUE, str(wanted.day), urlencode(asked), visit.address
        )
        return visit.page(
            "queue.html",
            rows=self._shown(page.rows, drawn, visit),
            found=page.found,
            of=page.of,
            pages=pages,
            wanted=replace(wanted, page=min(wanted.page, pages)),
            values=self.store.queue.values(wanted.day),
            days=days,
            drawn=drawn,
            listed=bool(wanted.list_id),
            capacity=self._capacity(drawn, page.of),
            asked=urlencode(asked),
        )

    def draw(self, visit: Visit) -> Response:
        """Draw the list of a day: the riskiest that can be inspected, and some by chance."""
        day = _day(visit.form.get("day", ""))
        share = visit.form.get("random_share", "").replace(",", ".")
        try:
            capacity = Capacity.of(visit.form.get("capacity", ""))
            chosen = Selection(capacity, float(share) / 100)
        except SelectionError as error:
            raise DeskError(str(error)) from None
        except ValueError:
            raise DeskError(f"{share!r} is no number of per cent") from None
        drawn = self.store.lists.draw(day, chosen, visit.who.name)
        told = f"{drawn} of {capacity}, {share} % at random"
        self.store.trail.note(visit.who.name, steps.DREW, str(day), told, visit.address)
        return visit.back(f"/queue?day={day}&listed=yes")

    def next(self, visit: Visit) -> Response:
        """To the next shipment without an outcome below another, of the list if there is one."""
        given = self.store.audit.all_given([visit.query.get("after", "")])
        if not given:
            raise Refused(404, "refused.score")
        (one,) = given.values()
        drawn = self.store.lists.of_day(one.day)
        after = one.sure_risk, one.declaration_id
        listed = drawn.list_id if drawn else ""
        found = self.store.queue.next(Wanted(one.day, state=OPEN, list_id=listed, after=after))
        return visit.back(f"/shipments/{found}" if found else f"/queue?day={one.day}")

    def _wanted(self, visit: Visit, newest: date) -> tuple[Wanted, Drawn | None]:
        query = visit.query
        day = _day(query["day"]) if query.get("day") else newest
        drawn = self.store.lists.of_day(day)
        listed = drawn is not None and query.get("listed") == "yes"
        lane, hub, office, family, goods, text, state = (
            query.get(name, "").strip()[:_MOST_TEXT] for name in _FILTERS
        )
        list_id = drawn.list_id if drawn and listed else ""
        page = max(1, _number(query.get("page", ""), 1))
        wanted = Wanted(day, lane, goods, hub, office, family, text, state, list_id, page=page)
        return wanted, drawn

    def _shown(self, rows: Sequence[Row], drawn: Drawn | None, visit: Visit) -> list[Shown]:
        given = self.store.audit.all_given([row.score_id for row in rows])
        names = [row.declaration_id for row in rows]
        outcomes = self.store.outcomes.of_shipments(names)
        taken = self.store.trail.taken(names)
        chosen = self.store.lists.chosen(drawn, names) if drawn else {}
        now = datetime.now(UTC)
        shown = []
        for row in rows:
            told, route = outcomes[row.declaration_id], chosen.get(row.declaration_id)
            shown.append(
                Shown(
                    row=row,
                    given=given[row.score_id],
                    reason=_strongest(given[row.score_id], visit),
                    hours=(now - datetime.fromisoformat(row.given_at)).total_seconds() / 3600,
                    outcome=told[-1] if told else None,
                    taken_by=taken.get(row.declaration_id, ("", ""))[0],
                    chosen=_route(route.selected_by, visit) if route else "",
                )
            )
        return shown

    def _capacity(self, drawn: Drawn | None, of: int) -> int:
        capacity = Capacity.of(drawn.capacity) if drawn else self.settings.capacity
        return round(capacity.on(of))


def _strongest(given: Given, visit: Visit) -> str:
    """The sentence of the reason that raised the risk most; empty where none was told."""
    reasons = [reason for reason in given.told["reasons"] if reason["contribution"] > 0]
    if not reasons:
        return ""
    # What is known tells a reviewer more than what is not, however much either added.
    strongest = max(reasons, key=lambda one: (one["value"] is not None, one["contribution"]))
    return visit.words.sentence(strongest)


def _route(selected_by: str, visit: Visit) -> str:
    """Only who leads is told what chance has drawn: others should look at all alike."""
    return selected_by if visit.who.may("lead") else "listed"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(404, "refused.day") from None


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
