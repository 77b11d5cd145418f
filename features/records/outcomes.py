"""Outcomes that were written down elsewhere than in the records' own table."""

from dataclasses import replace

import pandas as pd

from .lines import ReadError
from .records import Records
from .schema import INSPECTIONS
from .validation import validated


def with_inspections(records: Records, further: pd.DataFrame) -> Records:
    """The records with further inspections; of an item that was known before, these count.

    further: columns of `inspections`. ReadError names the first fault, if there is one.
    """
    found = validated(further, INSPECTIONS)
    if len(found.rejected):
        row, column, value, expected = found.rejected.iloc[0][
            ["row", "column", "value", "expected"]
        ]
        raise ReadError(f"outcome {row}: {column} is {value!r}, expected {expected}")
    if records.inspections is None:
        return replace(records, inspections=found.accepted)
    both = pd.concat([records.inspections, found.accepted])
    both = both.drop_duplicates(list(INSPECTIONS.key), keep="last").reset_index(drop=True)
    return replace(records, inspections=both)
