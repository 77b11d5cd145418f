"""What a signal found, as a sentence for a reviewer."""

import string
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from shiprisk.features import Block, Signal, plain

UNKNOWN = "unknown"


class _Unknown:
    """Evidence that is missing reads as unknown, whatever its format."""

    def __format__(self, format_spec: str) -> str:
        return UNKNOWN


_UNKNOWN = _Unknown()


@cache
def evidence_of(template: str) -> tuple[str, ...]:
    """The inputs and facts that a sentence mentions, besides the value."""
    return tuple(name for name in _mentioned(template) if name != "value")


class Wording:
    """The sentences of a signal, taken apart once so that each is filled in quickly."""

    def __init__(self, signal: Signal) -> None:
        self._signal = signal
        unknown = _Template(signal.unknown or _not_known(signal))
        nothing, found = _Template(signal.otherwise or signal.says), _Template(signal.says)
        self._by_value = unknown, nothing, found

    def one(self, block: Block) -> str:
        """The sentence of a record alone."""
        value: Any = block.values(self._signal.name)
        template = self._by_value[0 if value != value else 2 if value else 1]
        return template.filled([self._evident(name, block) for name in template.names])

    def each(self, block: Block, rows: np.ndarray) -> list[str]:
        """The sentence of each of the given rows of a block."""
        if block.rows == 1:
            return [self.one(block)] * len(rows)
        values = block[self._signal.name][rows]
        kinds = np.where(np.isnan(values), 0, np.where(values != 0, 2, 1))
        told = np.empty(len(rows), dtype=object)
        for kind in np.unique(kinds).tolist():
            here, template = np.flatnonzero(kinds == kind), self._by_value[kind]
            columns = self._columns(template, block, rows[here])
            told[here] = template.all_filled(columns, len(here))
        return list(told)

    def _evident(self, name: str, block: Block) -> Any:
        if name == "value":
            value: Any = block.values(self._signal.name)
            return value if self._signal.decode is None else self._signal.decode(value)
        return _told(plain(block.values(name)))

    def _columns(self, template: "_Template", block: Block, rows: np.ndarray) -> list[list[Any]]:
        """What is put into each sentence, by name and then by row."""
        columns = []
        for name in template.names:
            if name == "value":
                values, decode = block.told(self._signal.name, rows), self._signal.decode
                columns.append(values if decode is None else [decode(value) for value in values])
            else:
                columns.append([_told(value) for value in block.told(name, rows)])
        return columns


class _Template:
    """A sentence with places for evidence, in the order of `names`."""

    def __init__(self, text: str) -> None:
        self.names = _mentioned(text)
        self._text = _by_position(text, self.names)

    def filled(self, evidence: Sequence[Any]) -> str:
        """The sentence with the evidence of one record, by name."""
        return self._text.format(*evidence)

    def all_filled(self, evidence: Sequence[Sequence[Any]], records: int) -> list[str]:
        """The sentence of each record, with the evidence of each name in turn."""
        if not evidence:
            return [self._text.format()] * records
        return list(map(self._text.format, *evidence))


@cache
def _mentioned(template: str) -> tuple[str, ...]:
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


def _told(value: Any) -> Any:
    """Evidence as it is put into a sentence. NaN differs from itself."""
    return _UNKNOWN if value is None or value != value else value


def _not_known(signal: Signal) -> str:
    meaning = signal.meaning.rstrip(".")
    return f"Not known: {meaning[0].lower()}{meaning[1:]}"
