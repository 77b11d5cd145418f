"""How many shipments can be inspected on a day."""

import re
from dataclasses import dataclass

MOST_A_DAY = 1_000_000

_A_DAY = re.compile(r"(?P<number>\d{1,9})\s*/\s*day")
_SHARE = re.compile(r"(?P<share>\d{1,3}(\.\d{1,9})?)\s*%")


class SelectionError(ValueError):
    """A selection that cannot be made; says what is wrong and what to give instead."""


@dataclass(frozen=True)
class Capacity:
    """So many shipments a day, or a share (above 0, at most 1) of each day's shipments."""

    a_day: int | None = None
    share: float | None = None

    def __post_init__(self) -> None:
        """Refuse what nobody can inspect; SelectionError."""
        if (self.a_day is None) == (self.share is None):
            raise SelectionError("a capacity is a number of shipments a day or a share: give one")
        if self.a_day is not None and not 1 <= self.a_day <= MOST_A_DAY:
            raise SelectionError(
                f"a capacity of {self.a_day:,} a day: at least 1, at most {MOST_A_DAY:,}"
            )
        if self.share is not None and not 0 < self.share <= 1:
            raise SelectionError(f"a capacity of {self.share:.6%}: above 0 %, at most 100 %")

    @classmethod
    def of(cls, text: str) -> "Capacity":
        """The capacity that a text such as `50/day` or `5%` names; SelectionError for others."""
        if found := _A_DAY.fullmatch(text.strip()):
            return cls(a_day=int(found["number"]))
        if found := _SHARE.fullmatch(text.strip()):
            return cls(share=float(found["share"]) / 100)
        raise SelectionError(f"a capacity is given as 50/day or as 5%, not as {text!r}")

    def on(self, shipments: int) -> float:
        """How many of a day's shipments can be inspected; of a share not always a whole number."""
        if self.a_day is not None:
            return float(min(self.a_day, shipments))
        assert self.share is not None
        return self.share * shipments

    def __str__(self) -> str:
        """The text that names it."""
        return f"{self.a_day}/day" if self.share is None else f"{self.share * 100:g}%"
