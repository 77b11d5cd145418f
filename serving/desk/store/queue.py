"""A day's shipments by risk, a page at a time, worked out by the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Connection, Engine, Select, and_, func, or_, select

from ...audit.tables import SCORES
from .tables import LISTED, OUTCOMES

ROWS_A_PAGE = 50

_ASKED_AT_ONCE = 500

# The filters that are one of the values of a day, and the columns that hold them.
OF_VALUES = {
    "lane": "lane",
    "hub": "country_of_dispatch",
    "office": "customs_office",
    "family": "family",
}
DONE, OPEN = "done", "open"


@dataclass(frozen=True)
class Wanted:
    """Which shipments of a day to show. Empty texts let all through.

    goods: the first digits of the HS code. hub: the country of dispatch. family: of the strongest
    reason. text: in its declaration, firm, partner or description. state: `open` without an outcome
    that settles it, `done` with one. list_id: on this list. after: beyond this place. page: from 1.
    """

    day: date
    lane: str = ""
    goods: str = ""
    hub: str = ""
    office: str = ""
    family: str = ""
    text: str = ""
    state: str = ""
    list_id: str = ""
    after: int = 0
    page: int = 1


class Row(NamedTuple):
    """A shipment in the queue, by its riskiest item. place: among all of its day."""

    place: int
    items: int
    score_id: str
    declaration_id: str
    item_number: int
    given_at: str
    risk: float
    lane: str
    family: str | None
    hs_code: str | None


class Page(NamedTuple):
    """Some rows of a day. found: how many there are with the filters; of: without them."""

    rows: Sequence[Row]
    found: int
    of: int


@dataclass(frozen=True)
class Queue:
    """Reads what was scored."""

    engine: Engine

    def days(self, most: int = 60) -> list[date]:
        """The newest days of which there are scores, the newest first.

        Each is looked up below the one before, in one statement: the index answers that at once,
        however many scores a day has.
        """
        newest = select(func.max(SCORES.c.day).label("day")).cte("days", recursive=True)
        below = select(func.max(SCORES.c.day)).where(SCORES.c.day < newest.c.day)
        further = select(below.scalar_subquery()).where(newest.c.day.is_not(None))
        days = newest.union_all(further)
        asked = select(days.c.day).where(days.c.day.is_not(None)).limit(most)
        with self.engine.connect() as connection:
            return list(connection.scalars(asked))

    def page(self, wanted: Wanted) -> Page:
        """A page of the shipments of a day, the riskiest first; the last beyond the last."""
        shipments = _shipments(wanted.day)
        asked = select(
            *(shipments.c[name] for name in Row._fields), func.count().over(), shipments.c.of
        ).where(*_let(wanted, shipments))
        rows = asked.order_by(shipments.c.place).limit(ROWS_A_PAGE)
        with self.engine.connect() as connection:
            found = connection.execute(rows.offset((wanted.page - 1) * ROWS_A_PAGE)).all()
            if not found and wanted.page > 1:
                some = connection.execute(rows.limit(1)).first()
                last = -(-some[-2] // ROWS_A_PAGE) if some else 1
                found = connection.execute(rows.offset((last - 1) * ROWS_A_PAGE)).all()
            of = found[0][-1] if found else self._of(connection, wanted.day)
        page = [Row(*row[:-2]) for row in found]
        return Page(page, found[0][-2] if found else 0, of)

    def values(self, day: date) -> dict[str, list[str]]:
        """What a day's filters can be set to."""
        columns = [SCORES.c[column] for column in OF_VALUES.values()]
        with self.engine.connect() as connection:
            met = connection.execute(select(*columns).where(SCORES.c.day == day).distinct()).all()
        each = zip(*met, strict=True) if met else [()] * len(columns)
        return {
            name: sorted({value for value in values if value})
            for name, values in zip(OF_VALUES, each, strict=True)
        }

    def _of(self, connection: Connection, day: date) -> int:
        names = select(func.count(SCORES.c.declaration_id.distinct())).where(SCORES.c.day == day)
        return int(connection.execute(names).scalar_one())

    def told(self, score_ids: Collection[str]) -> dict[str, tuple[float, str | None]]:
        """The risk and the leading family of scores, by id."""
        every, found = list(score_ids), dict[str, tuple[float, str | None]]()
        with self.engine.connect() as connection:
            for at in range(0, len(every), _ASKED_AT_ONCE):
                asked = select(SCORES.c.score_id, SCORES.c.risk, SCORES.c.family).where(
                    SCORES.c.score_id.in_(every[at : at + _ASKED_AT_ONCE])
                )
                found |= {name: (risk, family) for name, risk, family in connection.execute(asked)}
        return found

    def items(self, declaration_id: str, day: date) -> list[Row]:
        """The goods items of a shipment, by number."""
        items = current_items(day, declaration_id).cte("items")
        fields = [items.c[name] for name in Row._fields if name not in ("place", "items")]
        asked = select(
            func.rank().over(order_by=items.c.sure_risk.desc()).label("place"),
            func.count().over().label("items"),
            *fields,
        ).order_by(items.c.item_number)
        with self.engine.connect() as connection:
            return [Row(*row) for row in connection.execute(asked)]


def current_items(day: date, declaration_id: str | None = None) -> Select[Any]:
    """Each goods item of a day by the score that was given last."""
    newest = func.row_number().over(
        partition_by=(SCORES.c.declaration_id, SCORES.c.item_number),
        order_by=(SCORES.c.given_at.desc(), SCORES.c.score_id.desc()),
    )
    columns = [SCORES.c[name] for name in (
        "score_id", "declaration_id", "item_number", "given_at", "risk", "sure_risk", "lane",
        "family", "hs_code", "customs_office", "country_of_dispatch",
    )]  # fmt: skip
    numbered = select(*columns, newest.label("newness")).where(SCORES.c.day == day)
    if declaration_id is not None:
        numbered = numbered.where(SCORES.c.declaration_id == declaration_id)
    scores = numbered.subquery()
    return select(*(c for c in scores.c if c.name != "newness")).where(scores.c.newness == 1)


def _shipments(day: date) -> CTE:
    """The shipments of a day by their riskiest item, with their places."""
    items = current_items(day).cte("items")
    riskiest = func.row_number().over(
        partition_by=items.c.declaration_id,
        order_by=(items.c.sure_risk.desc(), items.c.item_number),
    )
    of = func.count().over(partition_by=items.c.declaration_id)
    numbered = select(*items.c, riskiest.label("nth"), of.label("items")).subquery()
    order = (numbered.c.sure_risk.desc(), numbered.c.declaration_id)
    place = func.row_number().over(order_by=order).label("place")
    of_day = func.count().over().label("of")
    told = (c for c in numbered.c if c.name != "nth")
    return select(*told, place, of_day).where(numbered.c.nth == 1).cte("shipments")


def _let(wanted: Wanted, shipments: CTE) -> list[ColumnElement[bool]]:
    let = [
        shipments.c[column] == getattr(wanted, name)
        for name, column in OF_VALUES.items()
        if getattr(wanted, name)
    ]
    if wanted.goods:
        let.append(shipments.c.hs_code.startswith(wanted.goods, autoescape=True))
    if wanted.text:
        said = select(SCORES.c.score_id).where(
            SCORES.c.day == wanted.day,
            SCORES.c.words.contains(wanted.text.casefold(), autoescape=True),
        )
        let.append(shipments.c.score_id.in_(said))
    if wanted.state:
        settled = shipments.c.declaration_id.in_(_settled(wanted.day))
        let.append(settled if wanted.state == DONE else ~settled)
    if wanted.after:
        let.append(shipments.c.place > wanted.after)
    if wanted.list_id:
        listed = select(LISTED.c.declaration_id).where(LISTED.c.list_id == wanted.list_id)
        let.append(shipments.c.declaration_id.in_(listed))
    return let


def _settled(day: date) -> Select[Any]:
    """The shipments of a day of which some item has a newest outcome that settles it."""
    later = OUTCOMES.alias("later")
    overtaken = (
        select(later.c.outcome_id).where(
            later.c.declaration_id == OUTCOMES.c.declaration_id,
            later.c.item_number == OUTCOMES.c.item_number,
            later.c.follows == OUTCOMES.c.outcome_id,
        )
    ).exists()
    counts = or_(~OUTCOMES.c.needs_second, OUTCOMES.c.confirms.is_not(None))
    return select(OUTCOMES.c.declaration_id).where(
        and_(OUTCOMES.c.day == day, OUTCOMES.c.found != "documents", counts, ~overtaken)
    )
