"""What the stages of an exchange send to each other: arrays, and where they go."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

# What a message holds. Spark sorts by it: what was entered comes before what is asked.
ENTERED, ASKED, ANSWERED, RECORDS = range(4)

SCHEMA = pa.schema(
    [
        ("place", pa.int32()),
        ("chunk", pa.int64()),
        ("kind", pa.int32()),
        ("parts", pa.list_(pa.binary())),
    ]
)

# Bytes that a batch of messages is filled up to.
_FULL = 1 << 24


class Message(NamedTuple):
    """Arrays for a place (a range of keys), from or for a chunk of declarations."""

    place: int
    chunk: int
    kind: int
    parts: Sequence[Any]

    @classmethod
    def of(cls, place: int, chunk: int, kind: int, arrays: Iterable[np.ndarray]) -> "Message":
        """A message with the bytes of arrays."""
        return cls(place, chunk, kind, [np.ascontiguousarray(array).tobytes() for array in arrays])

    def arrays(self, kinds: Iterable[type]) -> list[np.ndarray]:
        """The arrays again, of these kinds, without copying them."""
        return [np.frombuffer(part, kind) for part, kind in zip(self.parts, kinds, strict=True)]


def batches_of(messages: Iterable[Message]) -> Iterator[pa.RecordBatch]:
    """Messages as batches of no more bytes than are easily held."""
    waiting, size = list[Message](), 0
    for message in messages:
        waiting.append(message)
        size += sum(map(len, message.parts))
        if size >= _FULL:
            yield _batch(waiting)
            waiting, size = [], 0
    if waiting:
        yield _batch(waiting)


def messages_in(batches: Iterable[pa.RecordBatch]) -> Iterator[Message]:
    """The messages of batches."""
    for batch in batches:
        heads = zip(*(batch[name].to_pylist() for name in SCHEMA.names[:-1]), strict=True)
        for (place, chunk, kind), parts in zip(heads, batch["parts"], strict=True):
            yield Message(place, chunk, kind, [part.as_buffer() for part in parts.values])


def _batch(messages: Sequence[Message]) -> pa.RecordBatch:
    places, chunks, kinds, parts = zip(*messages, strict=True)
    heads = [
        pa.array(column, field.type)
        for column, field in zip((places, chunks, kinds), SCHEMA, strict=False)
    ]
    return pa.record_batch([*heads, _lists(parts)], schema=SCHEMA)


def _lists(rows: Sequence[Sequence[Any]]) -> pa.ListArray:
    """Lists of bytes, copied once."""
    parts = [part for row in rows for part in row]
    ends = np.cumsum([0, *map(len, parts)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(parts))]
    values = pa.Array.from_buffers(pa.binary(), len(parts), buffers)
    return pa.ListArray.from_arrays(np.cumsum([0, *map(len, rows)], dtype=np.int32), values)
