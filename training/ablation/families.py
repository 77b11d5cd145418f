"""Which families of signals a model is told: all, all but some, or some alone."""

from collections.abc import Iterable

from shiprisk.features import FAMILIES, SIGNALS, Signal

Families = frozenset[str]

ALL: Families = frozenset(FAMILIES)


def that_see(typology: str) -> Families:
    """The families that hold a signal which sees the typology."""
    return frozenset(signal.family for signal in SIGNALS if typology in signal.sees)


def signals_of(families: Families) -> tuple[Signal, ...]:
    """The signals of the families, whole: a sibling often tells what a left-out signal told."""
    return tuple(signal for signal in SIGNALS if signal.family in families)


def around(typologies: Iterable[str]) -> list[Families]:
    """All families, and for each typology all but those that see it and these alone."""
    seeing = {that_see(typology) for typology in typologies}
    return _distinct(part for families in seeing for part in (families, ALL - families))


def each_alone(typologies: Iterable[str]) -> list[Families]:
    """The same, and each family alone."""
    return _distinct([*around(typologies), *(frozenset([family]) for family in FAMILIES)])


def _distinct(parts: Iterable[Families]) -> list[Families]:
    return [ALL, *sorted(set(parts) - {ALL, frozenset()}, key=sorted)]
