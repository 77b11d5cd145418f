"""Declarations as tables of Spark: the types of their columns, and frames of them."""

from pathlib import Path

import pandas as pd
import pyarrow as pa

from ..records import DECLARATIONS

# Which declarations are asked about; all enter the past.
ASKS = "asks"

_DAYS, _NUMBERS = ("date", "past date"), ("quantity", "count", "share")


def kind_of(name: str) -> pa.DataType:
    """The type in which a column of declarations is worked with; a day has no time of day."""
    kind = DECLARATIONS.column(name).kind
    if kind in _DAYS:
        return pa.date32()
    if kind == "position":
        return pa.int64()
    return pa.float64() if kind in _NUMBERS else pa.string()


def in_files(directory: Path) -> str:
    """A directory as Spark is told it: of files, also where its default file system is another."""
    return f"file://{directory.absolute()}"


def frame_of(batch: pa.RecordBatch) -> pd.DataFrame:
    """Declarations in the types of a validated frame."""
    return batch.to_pandas(date_as_object=False)


def records_sent(batch: pa.RecordBatch, rows: pd.Series) -> pa.Buffer:
    """Some of the declarations as bytes."""
    some = batch.filter(pa.array(rows))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, some.schema) as writer:
        writer.write_batch(some)
    return sink.getvalue()


def frame_received(sent: pa.Buffer) -> pd.DataFrame:
    """The declarations that `records_sent` sent."""
    with pa.ipc.open_stream(sent) as stream:
        return frame_of(stream.read_next_batch())
