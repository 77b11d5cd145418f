"""An answer as bytes, and its name: the same for a file, a response and the audit record."""

import secrets
import time
from dataclasses import dataclass
from typing import Any

import orjson

# The parts of the name, in bits, from its end: chance, place and time below the millisecond.
_CHANCE, _PLACE, _FINE = 30, 32, 12


def as_json(answer: Any) -> bytes:
    """An answer as compact JSON in UTF-8: the same answer, the same bytes.

    Days are ISO text, and a number that is not known is null.
    """
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


@dataclass(frozen=True)
class ScoreIds:
    """The names of the scores of one request or run, by their place in it.

    They are UUIDs of version 7: as text they sort by time (a quarter of a microsecond), then by
    place. started: nanoseconds since 1970. chance: 30 random bits, which tell processes apart.
    """

    started: int
    chance: int

    @classmethod
    def new(cls) -> "ScoreIds":
        """Names that start now."""
        return cls(time.time_ns(), secrets.randbits(_CHANCE))

    def of(self, place: int) -> str:
        """The name of the score at a place, from 0; ValueError beyond four billion."""
        if not 0 <= place < 1 << _PLACE:
            raise ValueError(f"place {place} of a run: names reach to {(1 << _PLACE) - 1:,}")
        milliseconds, rest = divmod(self.started, 1_000_000)
        fine = (rest << _FINE) // 1_000_000
        high = milliseconds << 16 | 7 << _FINE | fine
        low = 2 << 62 | place << _CHANCE | self.chance
        text = f"{high:016x}{low:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
