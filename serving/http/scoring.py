"""From records to their scores, each record judged against the history alone.

What stands beside a record in a request is no past of it, so that a caller may send shipments in
whatever portions and gets the same scores.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from shiprisk.features import DECLARATIONS, validated

from ..ranking import MOST_REASONS
from ..scorer import RejectedRecord, Scorer
from .bodies import Record

# So few records take less time one by one than as columns of a frame.
_FEW = 16

_REQUIRED: Record = {column.name: None for column in DECLARATIONS.columns if column.required}
_KNOWN = tuple(DECLARATIONS.names)


@dataclass(frozen=True)
class Answered:
    """What came of a request.

    scores: one dict for each accepted record, in the order asked, as `SCHEMA` says, with advice
    where one record was asked for. rejected: one dict for each fault of the others: row (from 0),
    column, value, expected.
    """

    scorer: Scorer
    scores: list[dict[str, Any]]
    rejected: list[dict[str, Any]]

    @property
    def rejected_records(self) -> int:
        """How many records were not scored."""
        return len({fault["row"] for fault in self.rejected})


def scored_alone(scorer: Scorer, record: Record, most_reasons: int = MOST_REASONS) -> Answered:
    """The score of one record with advice, or its faults."""
    return _one(scorer, record, most_reasons, advised=True)


def scored_together(
    scorer: Scorer, records: list[Record], most_reasons: int = MOST_REASONS
) -> Answered:
    """The scores of several records; a key that an earlier record has is a fault."""
    if len(records) > _FEW or not _surely_differ(records):
        return scored_in_columns(scorer, records, most_reasons)
    each = [_one(scorer, record, most_reasons, False, row) for row, record in enumerate(records)]
    scores = [score for one in each for score in one.scores]
    return Answered(scorer, scores, [fault for one in each for fault in one.rejected])


def scored_in_columns(
    scorer: Scorer, records: list[Record], most_reasons: int = MOST_REASONS
) -> Answered:
    """The same by way of a frame, which costs less for many."""
    # As objects: a column of numbers would read whole numbers and text otherwise than alone.
    checked = validated(pd.DataFrame([_known(record) for record in records], dtype=object))
    scores = scorer.score_validated(checked.accepted, most_reasons, own_past=False)
    return Answered(scorer, scores.to_dict("records"), checked.rejected.to_dict("records"))


def _one(
    scorer: Scorer, record: Record, most_reasons: int, advised: bool, row: int = 0
) -> Answered:
    try:
        return Answered(scorer, [scorer.score_one(_known(record), most_reasons, advised)], [])
    except RejectedRecord as error:
        return Answered(scorer, [], [{"row": row, **fault} for fault in error.faults])


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
