"""A table of signals read as a stream: what is kept of it goes to its place in one file."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from shiprisk.features import History

from ..examples import KEY, OUTCOME
from ..fit import signals_for
from ..settings import Settings, TrainingError
from .layout import (
    INSPECTED,
    SAMPLED,
    SIGNAL_TABLE,
    before,
    inspected_before,
    matrix_of,
    opened,
    typed,
)
from .table import SignalTable, with_first_days

# Rows in memory at once, some 20 MB of signals.
_ROWS = 20_000
_PARTS = 1_000_000


def read_signals(
    directory: Path,
    settings: Settings,
    part: float = 1.0,
    history: History | None = None,
) -> SignalTable:
    """Read what training needs from a table of signals; TrainingError where it cannot carry one.

    part: an even share of the declarations, told by their key, in place of all of them. history:
    what is to travel with the model.

    The signals lie in a temporary file that is mapped into memory, so memory holds no more of them
    than is worked on; the file takes 8 bytes for each signal of each row kept.
    """
    if settings.label_delay_days:
        raise TrainingError(
            "a table of signals holds outcomes as they were known when it was written: give the "
            "label delay to the command that writes it"
        )
    names = tuple(signal.name for signal in signals_for(settings))
    table = opened(directory, names)
    kept, places = _kept(table, settings.as_of, part)
    matrix = _matrix(table, names, settings.as_of, places, len(kept))
    kept = with_first_days(kept, matrix, names)
    found, drawn = kept[INSPECTED].notna(), kept[SAMPLED].notna()
    inspected = kept[found].drop(columns=SAMPLED).astype({INSPECTED: bool})
    rest = kept[drawn].drop(columns=[*OUTCOME, SAMPLED])
    declarations = rest.sort_values(["declared_on", *KEY])
    share = _one_share(kept.loc[drawn, SAMPLED], directory)
    return SignalTable(declarations, inspected, matrix, names, share, part, history)


def _kept(table: ds.Dataset, as_of: date | None, part: float) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows to keep, inspected ones first and in order of their days, without their signals.

    Beside them the place of each row that is read, in the order of reading; -1 where it is left.
    """
    names = [name for name in SIGNAL_TABLE.names if name in table.schema.names]
    nothing = table.schema.empty_table().select(names)
    batches = [nothing, *_batches(table, names, as_of)]
    read = pa.concat_tables([typed(batch) for batch in batches])
    frame = read.to_pandas().astype({INSPECTED: "boolean"})
    told = frame["known_on"].notna()
    if as_of is not None:
        told &= frame["known_on"] < pd.Timestamp(as_of)
    frame[OUTCOME] = frame[OUTCOME].where(told)
    kept = frame[INSPECTED].notna() | frame[SAMPLED].notna()
    if part < 1:
        keys = pd.util.hash_pandas_object(frame["declaration_id"], index=False) % _PARTS
        kept &= keys < round(part * _PARTS)
    some = frame[kept].assign(other=frame.loc[kept, INSPECTED].isna())
    some = some.sort_values(["other", "declared_on", *KEY]).drop(columns="other")
    _check(some)
    places = np.full(len(frame), -1)
    places[some.index] = np.arange(len(some))
    return some.reset_index(drop=True), places


def _matrix(
    table: ds.Dataset, names: tuple[str, ...], as_of: date | None, places: np.ndarray, rows: int
) -> np.ndarray:
    """The signals of the rows to keep, each in its place."""
    with tempfile.TemporaryFile(prefix="signals-") as file:  # gone once nothing maps it
        matrix = np.memmap(file, dtype=np.float64, mode="w+", shape=(rows, len(names)))
    read = 0
    for batch in _batches(table, list(names), as_of):
        at = places[read : read + len(batch)]
        matrix[at[at >= 0]] = matrix_of(batch, names)[at >= 0]
        read += len(batch)
    return np.asarray(matrix)


def _batches(table: ds.Dataset, columns: list[str], as_of: date | None) -> Iterator[pa.Table]:
    """The rows that were inspected or drawn, always in the same order, a few at a time."""
    wanted = inspected_before(table, as_of) | ds.field(SAMPLED).is_valid()
    rows = table.scanner(
        columns=columns,
        filter=wanted & before(table, "declared_on", as_of),
        batch_size=_ROWS,
        batch_readahead=1,
        fragment_readahead=1,
    )
    for batch in rows.to_batches():
        yield pa.Table.from_batches([batch])


def _check(kept: pd.DataFrame) -> None:
    if not kept[INSPECTED].notna().any():
        raise TrainingError("no row of the table of signals has an outcome that was known in time")
    if kept[SAMPLED].isna().all():
        raise TrainingError(
            f"no row of the table of signals has a {SAMPLED}: without a random sample of all "
            "shipments no lane can be set; write the table with a share to draw"
        )
    if kept.duplicated(KEY).any():
        twice = kept[kept.duplicated(KEY)].iloc[0]
        raise TrainingError(
            f"{twice['declaration_id']}/{twice['item_number']} is in the table of signals twice: "
            "was it written twice into one directory?"
        )


def _one_share(shares: pd.Series, directory: Path) -> float:
    if shares.nunique() != 1 or not 0 < shares.iloc[0] <= 1:
        raise TrainingError(
            f"{SAMPLED} in {directory} must be one share above 0 and up to 1 on all rows that were "
            f"drawn, and is {sorted(shares.unique())[:5]}"
        )
    return float(shares.iloc[0])
