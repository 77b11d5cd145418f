"""What a signal found, as a sentence for a reviewer."""

import math
import string
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from shiprisk.features import Block, Signal, plain

UNKNOWN = "unknown"


class _Unknown:
    """Evidence that is missing reads as unknown, whatever its format."""

    def __format__(self, format_spec: str) -> str:
        return UNKNOWN


_UNKNOWN = _Unknown()


class Said(NamedTuple):
    """Of each record the sentence of a signal, and the evidence that the sentence names.

    Evidence is plain as JSON is: numbers, text, days as ISO text, and None where not known.
    """

    sentences: list[str]
    evidence: list[dict[str, Any]]


@cache
def evidence_of(template: str) -> tuple[str, ...]:
    """The inputs and facts that a sentence mentions, besides the value."""
    return tuple(name for name in mentioned(template) if name != "value")


class Wording:
    """The sentences of a signal, taken apart once so that each is filled in quickly."""

    def __init__(self, signal: Signal) -> None:
        self._signal = signal
        self._by_value = tuple(map(_Template, templates(signal)))

    def one(self, block: Block) -> tuple[str, dict[str, Any]]:
        """The sentence of a record alone, and its evidence."""
        value: Any = block.values(self._signal.name)
        template = self._by_value[kind_of(value)]
        evidence = [self._evident(name, block) for name in template.names]
        return template.filled(evidence), dict(zip(template.names, evidence, strict=True))

    def each(self, block: Block, rows: np.ndarray) -> Said:
        """The sentence and evidence of each of the given rows of a block."""
        if block.rows == 1:
            sentence, named = self.one(block)
            return Said([sentence] * len(rows), [dict(named) for _ in rows])
        values = block[self._signal.name][rows]
        kinds = np.where(np.isnan(values), 0, np.where(values != 0, 2, 1))
        sentences, evidence = np.empty(len(rows), dtype=object), np.empty(len(rows), dtype=object)
        for kind in np.unique(kinds).tolist():
            here, template = np.flatnonzero(kinds == kind), self._by_value[kind]
            columns = [self._column(name, block, rows[here]) for name in template.names]
            sentences[here] = template.all_filled(columns, len(here))
            evidence[here] = _by_record(template.names, columns, len(here))
        return Said(list(sentences), list(evidence))

    def _evident(self, name: str, block: Block) -> Any:
        value: Any = block.values(name if name != "value" else self._signal.name)
        if name == "value" and self._signal.decode is not None:
            return self._signal.decode(value)
        return _plain(plain(value))

    def _column(self, name: str, block: Block, rows: np.ndarray) -> list[Any]:
        """What is put into each sentence under a name."""
        if name != "value":
            return _plain_column(block[name][rows])
        values, decode = _plain_column(block[self._signal.name][rows]), self._signal.decode
        return values if decode is None else [decode(value) for value in values]


class _Template:
    """A sentence with places for evidence, in the order of `names`."""

    def __init__(self, text: str) -> None:
        self.names = mentioned(text)
        self._text = _by_position(text, self.names)

    def filled(self, evidence: Sequence[Any]) -> str:
        """The sentence with the evidence of one record, by name."""
        return self._text.format(*map(_told, evidence))

    def all_filled(self, evidence: Sequence[Sequence[Any]], records: int) -> list[str]:
        """The sentence of each record, with the evidence of each name in turn."""
        if not evidence:
            return [self._text.format()] * records
        told = [[_told(one) for one in each] if None in each else each for each in evidence]
        return list(map(self._text.format, *told))


def templates(signal: Signal) -> tuple[str, str, str]:
    """What is said where the value is not known, where it is 0, and elsewhere (see `kind_of`)."""
    nothing = signal.otherwise or signal.says
    return signal.unknown or _not_known(signal), nothing, signal.says


def kind_of(value: Any) -> int:
    """Which of its templates tells a value of a signal; None and NaN are not known."""
    return 0 if value is None or value != value else 2 if value else 1


@cache
def mentioned(template: str) -> tuple[str, ...]:
    """The names of the places in a template, each once, in their order."""
    fields = (name for _, name, _, _ in string.Formatter().parse(template) if name)
    return tuple(dict.fromkeys(fields))


def _by_position(template: str, names: Sequence[str]) -> str:
    """The template with numbered places, which are filled in faster than named ones."""
    parts = []
    for text, name, spec, conversion in string.Formatter().parse(template):
        parts.append(text.replace("{", "{{").replace("}", "}}"))
        if name:
            how = f"!{conversion}" if conversion else ""
            parts.append(f"{{{names.index(name)}{how}:{spec}}}")
    return "".join(parts)


def _by_record(
    names: Sequence[str], columns: Sequence[Sequence[Any]], records: int
) -> list[dict[str, Any]]:
    """Of each record its evidence by name."""
    if not names:
        return [{} for _ in range(records)]
    return list(map(dict, map(zip, repeat(names), zip(*columns, strict=True))))


def _plain_column(column: np.ndarray) -> list[Any]:
    """A column of evidence as JSON has it: the same as `_plain` makes of each."""
    if column.dtype == object:
        return list(column)
    if column.dtype.kind == "M":
        return [_plain(day) for day in column.tolist()]
    numbers: list[Any] = column.astype(np.float64, copy=False).tolist()
    for at in np.flatnonzero(~np.isfinite(column)).tolist():
        numbers[at] = None
    return numbers


def _plain(value: Any) -> Any:
    """A piece of evidence as JSON has it; numbers are floats, as in a batch."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if math.isfinite(value) else None


def _told(value: Any) -> Any:
    """Evidence as it is put into a sentence."""
    return _UNKNOWN if value is None else value


def _not_known(signal: Signal) -> str:
    meaning = signal.meaning.rstrip(".")
    return f"Not known: {meaning[0].lower()}{meaning[1:]}"
