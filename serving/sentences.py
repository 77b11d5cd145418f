"""What a signal found, as a sentence for a reviewer."""

import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from shiprisk.features import Block, Signal

UNKNOWN = "unknown"


class _Wording(string.Formatter):
    """Formats evidence; what is missing reads as unknown, whatever its format."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None or value != value:  # NaN and NaT differ from themselves
            return UNKNOWN
        return super().format_field(value, format_spec)


_WORDING = _Wording()


def evidence_of(template: str) -> list[str]:
    """The inputs and facts that a sentence mentions, besides the value."""
    return [name for name in _fields(template) if name != "value"]


def sentences(signal: Signal, block: Block, rows: np.ndarray) -> Iterator[str]:
    """The sentence of a signal for each of the given rows of a block."""
    templates = {True: signal.says, False: signal.otherwise or signal.says}
    names = {name for template in templates.values() for name in evidence_of(template)}
    evidence = {name: block[name][rows].tolist() for name in names}
    for at, value in enumerate(block[signal.name][rows].tolist()):
        if value != value:
            yield _not_known(signal)
            continue
        told = {name: values[at] for name, values in evidence.items()}
        told["value"] = signal.decode(value) if signal.decode else value
        yield _WORDING.vformat(templates[value != 0], (), told)


def _not_known(signal: Signal) -> str:
    meaning = signal.meaning.rstrip(".")
    return f"Not known: {meaning[0].lower()}{meaning[1:]}"


@cache
def _fields(template: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name, _, _ in _WORDING.parse(template) if name))
