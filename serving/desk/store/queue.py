"""A day's shipments by risk, a page at a time, worked out by the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select

from ...audit.tables import SCORES
from .wanted import OF_VALUES, ORDER, Wanted, current, riskiest

ROWS_A_PAGE = 50

_ASKED_AT_ONCE = 500


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
        names = select(func.count(SCORES.c.declaration_id.distinct()))
        with self.engine.connect() as connection:
            of = found = connection.execute(names.where(SCORES.c.day == wanted.day)).scalar_one()
            if wanted.filtered:
                let = select(func.count()).select_from(SCORES).where(*wanted.where)
                found = connection.execute(let).scalar_one()
            first = _first(found, wanted.page)
            rows = _read(connection, _rows(*wanted.where).limit(ROWS_A_PAGE).offset(first))
            placed = _places(connection, wanted.day, rows) if wanted.filtered else {}
            items = _items_of(connection, wanted.day, [row["declaration_id"] for row in rows])
        told = []
        for at, row in enumerate(rows, start=first + 1):
            name = row["declaration_id"]
            told.append(_row(placed.get(name, at), items[name], row))
        return Page(told, found, of)

    def next(self, wanted: Wanted) -> str | None:
        """The score of the riskiest shipment that is wanted; None where there is none."""
        with self.engine.connect() as connection:
            rows = _read(connection, _rows(*wanted.where).limit(1))
        return str(rows[0]["score_id"]) if rows else None

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

    def risks(self, day: date) -> list[tuple[str, float]]:
        """The shipments of a day, each with the highest of its items' lower risks."""
        highest = func.max(SCORES.c.sure_risk)
        asked = select(SCORES.c.declaration_id, highest).where(*current(day))
        asked = asked.group_by(SCORES.c.declaration_id).order_by(SCORES.c.declaration_id)
        with self.engine.connect() as connection:
            return [(name, risk) for name, risk in connection.execute(asked)]

    def items(self, declaration_id: str, day: date) -> list[Row]:
        """The goods items of a shipment, by number. Places are among them."""
        asked = _rows(*current(day), SCORES.c.declaration_id == declaration_id)
        with self.engine.connect() as connection:
            found = _read(connection, asked)
        rows = [_row(at, len(found), row) for at, row in enumerate(found, start=1)]
        return sorted(rows, key=lambda row: row.item_number)

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


def _first(found: int, page: int) -> int:
    """How many rows stand before a page, or before the last one."""
    pages = max(1, -(-found // ROWS_A_PAGE))
    return (min(page, pages) - 1) * ROWS_A_PAGE


def _rows(*where: ColumnElement[bool]) -> Select[Any]:
    """The scores for which this holds, in the order of a queue."""
    columns = [SCORES.c[name] for name in Row._fields if name not in ("place", "items")]
    return select(*columns, SCORES.c.sure_risk).where(*where).order_by(*ORDER)


def _read(connection: Connection, asked: Select[Any]) -> list[Mapping[str, Any]]:
    found = connection.execute(asked).mappings()
    return [{str(name): value for name, value in row.items()} for row in found]


def _row(place: int, items: int, read: Mapping[str, Any]) -> Row:
    told = {name: value for name, value in read.items() if name in Row._fields}
    return Row(place, items, **told)


def _places(connection: Connection, day: date, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The places among all of a day of its shipments down to the last of some rows."""
    if not rows:
        return {}
    not_below = SCORES.c.sure_risk >= rows[-1]["sure_risk"]
    asked = select(SCORES.c.declaration_id).where(*riskiest(day), not_below).order_by(*ORDER)
    return {name: place for place, name in enumerate(connection.scalars(asked), start=1)}


def _items_of(connection: Connection, day: date, declarations: Sequence[str]) -> dict[str, int]:
    """How many goods items each of these shipments has."""
    items = func.count(SCORES.c.item_number.distinct()).label("items")
    asked = select(SCORES.c.declaration_id, items).where(
        SCORES.c.declaration_id.in_(declarations), SCORES.c.day == day
    )
    found = connection.execute(asked.group_by(SCORES.c.declaration_id))
    return {row.declaration_id: row.items for row in found}
