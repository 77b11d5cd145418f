"""Which shipments of a day are asked for, as conditions of the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, or_, select

from ...audit.tables import SCORES
from .outcome import DOCUMENTS
from .tables import LISTED, OUTCOMES

# The filters that are one of the values of a day, and the columns that hold them.
OF_VALUES = {
    "lane": "lane",
    "hub": "country_of_dispatch",
    "office": "customs_office",
    "family": "family",
}
DONE, OPEN = "done", "open"

# As a queue stands: by risk, and equals always in the same order.
ORDER = (SCORES.c.sure_risk.desc(), SCORES.c.declaration_id)


@dataclass(frozen=True)
class Wanted:
    """Which shipments of a day to show. Empty texts let all through.

    goods: the first digits of the HS code. hub: the country of dispatch. family: of the strongest
    reason. text: in its declaration, firm, partner or description. state: `open` without an outcome
    that settles it, `done` with one. list_id: on this list. after: below the shipment of this risk
    and number. page: from 1.
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
    after: tuple[float, str] | None = None
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Whether anything but the day and the page is asked for."""
        return any(True for _ in _let(self))

    @property
    def where(self) -> tuple[ColumnElement[bool], ...]:
        """Says of a score that its shipment is wanted, and stands in the queue by it."""
        return *riskiest(self.day), *_let(self)


def current(day: date) -> tuple[ColumnElement[bool], ...]:
    """Says of a score that it is the last that was given to its goods item on a day."""
    return SCORES.c.day == day, ~_given_again(SCORES)


def riskiest(day: date) -> tuple[ColumnElement[bool], ...]:
    """Says of a score that its shipment stands in the queue of a day by it."""
    other = SCORES.alias("other")
    riskier = or_(
        other.c.sure_risk > SCORES.c.sure_risk,
        and_(other.c.sure_risk == SCORES.c.sure_risk, other.c.item_number < SCORES.c.item_number),
    )
    same = other.c.declaration_id == SCORES.c.declaration_id, other.c.day == SCORES.c.day
    return *current(day), ~exists().where(*same, riskier, ~_given_again(other))


def _given_again(score: FromClause) -> ColumnElement[bool]:
    """Whether the goods item of a score was given a later one. Names of scores sort by time."""
    later = SCORES.alias()
    after = or_(
        later.c.given_at > score.c.given_at,
        and_(later.c.given_at == score.c.given_at, later.c.score_id > score.c.score_id),
    )
    same = (later.c[x] == score.c[x] for x in ("declaration_id", "item_number", "day"))
    return exists().where(*same, after)


def _let(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """What the filters ask of a shipment's riskiest score."""
    for name, column in OF_VALUES.items():
        if value := getattr(wanted, name):
            yield SCORES.c[column] == value
    if wanted.goods:
        yield SCORES.c.hs_code.startswith(wanted.goods, autoescape=True)
    if wanted.text:
        yield SCORES.c.words.contains(wanted.text.casefold(), autoescape=True)
    if wanted.state:
        settled = SCORES.c.declaration_id.in_(_settled(wanted.day))
        yield settled if wanted.state == DONE else ~settled
    if wanted.list_id:
        listed = select(LISTED.c.declaration_id).where(LISTED.c.list_id == wanted.list_id)
        yield SCORES.c.declaration_id.in_(listed)
    if wanted.after is not None:
        risk, name = wanted.after
        beside = and_(SCORES.c.sure_risk == risk, SCORES.c.declaration_id > name)
        yield or_(SCORES.c.sure_risk < risk, beside)


def _settled(day: date) -> Select[Any]:
    """The shipments of a day of which some item has a newest outcome that settles it."""
    later = OUTCOMES.alias("later")
    overtaken = exists().where(
        later.c.declaration_id == OUTCOMES.c.declaration_id,
        later.c.item_number == OUTCOMES.c.item_number,
        later.c.follows == OUTCOMES.c.outcome_id,
    )
    counts = or_(~OUTCOMES.c.needs_second, OUTCOMES.c.confirms.is_not(None))
    return select(OUTCOMES.c.declaration_id).where(
        OUTCOMES.c.day == day, OUTCOMES.c.found != DOCUMENTS, counts, ~overtaken
    )
