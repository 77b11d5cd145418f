"""One record from a caller: its values, or every fault that it has."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from .columns import columns_of
from .records import plain_record, validated
from .values import alone


class CheckedRecord(NamedTuple):
    """values: of a good record by column, as signals take them. faults: of one that is not good."""

    values: dict[str, Any]
    faults: list[dict[str, str]]


def checked_record(record: Mapping[str, Any], today: date | None = None) -> CheckedRecord:
    """The values of a declaration; a plain one needs no frame, any other is judged in one."""
    if plainly := plain_record(record, today or date.today()):
        return CheckedRecord(plainly, [])
    judged = validated(pd.DataFrame([dict(record)], dtype=object), today=today)
    if len(judged.rejected):
        return CheckedRecord(
            {}, judged.rejected[["column", "value", "expected"]].to_dict("records")
        )
    columns = columns_of(judged.accepted)
    return CheckedRecord({name: alone(column) for name, column in columns.items()}, [])
