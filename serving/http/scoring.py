"""From records to their scores, each record judged against the history alone.

What stands beside a record in a request is no past of it, so that a caller may send shipments in
whatever portions and gets the same scores.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from shiprisk.features import DECLARATIONS, Block, validated

from ..ranking import MOST_REASONS
from ..scorer import RejectedRecord, Scorer
from ..shipments import shipments_of
from .bodies import Record

# So few records take less time one by one than as columns of a frame.
_FEW = 16

_REQUIRED: Record = {column.name: None for column in DECLARATIONS.columns if column.required}
_KNOWN = tuple(DECLARATIONS.names)


class Part(NamedTuple):
    """Records that were scored together: what is known of them, their scores, and what came in."""

    block: Block
    scores: list[dict[str, Any]]
    received: list[Record]


@dataclass(frozen=True)
class Answered:
    """What came of a request.

    parts: the accepted records, in the order asked; each score is a dict as `SCHEMA` says, with
    advice where one record was asked for. rejected: one dict for each fault of the others: row
    (from 0), column, value, expected.
    """

    scorer: Scorer
    parts: list[Part]
    rejected: list[dict[str, Any]]

    @property
    def scores(self) -> list[dict[str, Any]]:
        """The scores of all parts."""
        return [score for part in self.parts for score in part.scores]

    @property
    def shipments(self) -> list[dict[str, Any]]:
        """The shipments that the scored goods items make up."""
        return shipments_of(self.scores)

    @property
    def rejected_records(self) -> int:
        """How many records were not scored."""
        return len({fault["row"] for fault in self.rejected})


def scored_alone(
    scorer: Scorer, record: Record, most_reasons: int = MOST_REASONS, advised: bool = True
) -> Answered:
    """The score of one record with advice if it is wanted, or its faults."""
    return _one(scorer, record, most_reasons, advised)


def scored_together(
    scorer: Scorer, records: list[Record], most_reasons: int = MOST_REASONS
) -> Answered:
    """The scores of several records; a key that an earlier record has is a fault."""
    if len(records) > _FEW or not _surely_differ(records):
        return scored_in_columns(scorer, records, most_reasons)
    each = [_one(scorer, record, most_reasons, False, row) for row, record in enumerate(records)]
    parts = [part for one in each for part in one.parts]
    return Answered(scorer, parts, [fault for one in each for fault in one.rejected])


def scored_in_columns(
    scorer: Scorer, records: list[Record], most_reasons: int = MOST_REASONS
) -> Answered:
    """The same by way of a frame, which costs less for many."""
    known = [_known(record) for record in records]
    # As objects: a column of numbers would read whole numbers and text otherwise than alone.
    checked = validated(pd.DataFrame(known, dtype=object))
    parts = [
        Part(
            scored.block,
            scored.scores.to_dict("records"),
            [known[row] for row in scored.declarations.index],
        )
        for scored in scorer.scored_blocks([checked.accepted], most_reasons)
    ]
    return Answered(scorer, parts, checked.rejected.to_dict("records"))


def _one(
    scorer: Scorer, record: Record, most_reasons: int, advised: bool, row: int = 0
) -> Answered:
    known = _known(record)
    try:
        block, answer = scorer.scored_record(known, most_reasons, advised)
    except RejectedRecord as error:
        return Answered(scorer, [], [{"row": row, **fault} for fault in error.faults])
    return Answered(scorer, [Part(block, [answer], [known])], [])


def _known(record: Record) -> Record:
    """The cells of a record that have a meaning; what is required and lacking is missing."""
    return _REQUIRED | {name: record[name] for name in _KNOWN if name in record}


def _surely_differ(records: list[Record]) -> bool:
    """Whether no two records can have the same key, however their cells will be read."""
    keys = {_plain_key(record) for record in records}
    return None not in keys and len(keys) == len(records)


def _plain_key(record: Record) -> tuple[str, int] | None:
    name, item = record.get("declaration_id"), record.get("item_number")
    if type(name) is not str or type(item) is not int or not name.isprintable():
        return None
    return name.strip(), item
