"""What a signal found, as a sentence for a reviewer."""

import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from shiprisk.features import Block, Signal

UNKNOWN = "unknown"


class _Unknown:
    """Evidence that is missing reads as unknown, whatever its format."""

    def __format__(self, format_spec: str) -> str:
        return UNKNOWN


@cache
def evidence_of(template: str) -> tuple[str, ...]:
    """The inputs and facts that a sentence mentions, besides the value."""
    fields = (name for _, name, _, _ in string.Formatter().parse(template) if name)
    return tuple(name for name in dict.fromkeys(fields) if name != "value")


def sentences(signal: Signal, block: Block, rows: np.ndarray) -> Iterator[str]:
    """The sentence of a signal for each of the given rows of a block."""
    says, otherwise = signal.says, signal.otherwise or signal.says
    unknown = signal.unknown or _not_known(signal)
    mentioned = (name for template in (says, otherwise, unknown) for name in evidence_of(template))
    names = list(dict.fromkeys(mentioned))
    evidence = zip(*(_evident(block.told(name, rows)) for name in names), strict=True)
    values = block.told(signal.name, rows)
    for value, told in zip(values, evidence if names else [()] * len(values), strict=True):
        known = value == value  # NaN differs from itself
        shown = signal.decode(value) if signal.decode and known else value
        template = (says if value else otherwise) if known else unknown
        yield template.format(value=shown, **dict(zip(names, told, strict=True)))


def _evident(values: list[Any]) -> list[Any]:
    """Evidence as it is put into a sentence. NaN differs from itself."""
    unknown = _Unknown()
    return [unknown if v is None or v != v else v for v in values]


def _not_known(signal: Signal) -> str:
    meaning = signal.meaning.rstrip(".")
    return f"Not known: {meaning[0].lower()}{meaning[1:]}"
