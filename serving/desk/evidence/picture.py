"""What a page shows of a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Table:
    """The same in numbers, for who cannot see the picture or wants them exactly."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A drawing that bears out reasons of a family. note: what it says, in a sentence or two."""

    title: str
    svg: Markup
    note: str
    family: str
    table: Table | None = None
