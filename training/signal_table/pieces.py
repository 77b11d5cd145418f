"""Parts of a table of signals, each loaded by itself as a fit on one machine would have it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from pyarrow.fs import LocalFileSystem

from ..examples import KEY, Examples
from ..fit import fitting_weights, inverse_chances, signals_for, with_hidden
from ..settings import Settings
from .layout import INSPECTED, SELECTED, matrix_of, typed

Loaded = tuple[np.ndarray, np.ndarray, np.ndarray]


class Piece(NamedTuple):
    """A row group of a file, by name: what Arrow knows of it takes long to send to a worker."""

    file: str
    row_group: int


def pieces_of(table: ds.Dataset, wanted: pc.Expression) -> Iterator[tuple[Piece, int]]:
    """The row groups that hold any wanted row, with how many."""
    for file in table.get_fragments(wanted):
        for one in file.split_by_row_group():
            if rows := one.count_rows(filter=wanted):
                yield Piece(one.path, one.row_groups[0].id), rows


def gathered(pieces: Sequence[tuple[Piece, int]], least: int) -> Iterator[tuple[list[Piece], int]]:
    """Pieces with at least so many rows together, which are then loaded at once."""
    some: list[Piece] = []
    rows = 0
    for piece, of in pieces:
        some.append(piece)
        rows += of
        if rows >= least:
            yield some, rows
            some, rows = [], 0
    if some:
        yield some, rows


def loaded(
    pieces: Sequence[Piece],
    wanted: pc.Expression,
    settings: Settings,
    usual: float,
) -> Loaded:
    """On a worker: signals as a fit is told them, labels and weights of the wanted rows."""
    signals = signals_for(settings)
    names = [signal.name for signal in signals]
    files = [
        ds.ParquetFileFormat().make_fragment(
            file, LocalFileSystem(), row_groups=[piece.row_group for piece in of]
        )
        for file, of in groupby(pieces, key=lambda piece: piece.file)
    ]
    tables = [file.to_table(columns=_columns(file, names), filter=wanted) for file in files]
    read = pa.concat_tables(tables, promote_options="permissive")
    records = typed(read).to_pandas()
    labels = records[INSPECTED].to_numpy(dtype=np.float64)
    examples = Examples(matrix_of(read, names), labels, records)
    weights = fitting_weights(records, settings, usual)
    hidden = with_hidden(examples, signals, settings.hidden_share)
    return hidden, labels, np.ones(len(labels)) if weights is None else weights


def _columns(file: ds.ParquetFileFragment, names: list[str]) -> list[str]:
    there = set(file.physical_schema.names)
    return [name for name in (*KEY, INSPECTED, *SELECTED, *names) if name in there]


def usual_weight(table: ds.Dataset, wanted: pc.Expression) -> float:
    """The mean of the inverses of the chances to be selected, one where none is recorded."""
    total, count = 0.0, 0
    columns = [name for name in SELECTED if name in table.schema.names]
    for batch in table.to_batches(columns=columns, filter=wanted):
        inverse = inverse_chances(typed(pa.Table.from_batches([batch])).to_pandas())
        total += float(np.nansum(inverse))
        count += int(np.count_nonzero(~np.isnan(inverse)))
    return total / count if count else 1.0
