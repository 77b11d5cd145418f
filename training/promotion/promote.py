"""Make the challenger champion if it passes, or go back to the champion before."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from ..changes import PROMOTION, ROLLBACK, Change, Recorded, champions, changes_of, make, settle
from ..errors import ComparisonError, RegistryError
from ..registry import CHAMPION, Registry
from .comparison import Comparison, Sides
from .gates import Verdict, told

# The figures that stand on the record itself; all others are in the run of the comparison.
_ON_RECORD = ("precision_at_1", "precision_at_5", "value_at_5", "average_precision")

# MLflow cuts a longer tag off; a record is one tag.
_LONGEST_REASON, _LONGEST_NAME, _LONGEST_GATE = 2000, 200, 600


@dataclass(frozen=True)
class Decision:
    """Who decides, and the reason. force: whether gates that are not passed are overruled."""

    by: str
    why: str
    force: bool = False

    def __post_init__(self) -> None:
        """RegistryError for a decision that nobody could later understand."""
        told = (("--by", self.by, _LONGEST_NAME), ("--reason", self.why, _LONGEST_REASON))
        for name, given, longest in told:
            if not given.strip():
                raise RegistryError(f"{name} is empty: whoever asks later must find an answer")
            if len(given) > longest:
                raise RegistryError(f"{name} has {len(given):,} characters; at most {longest:,}")


class Refused(ValueError):
    """A challenger that did not pass. The message names each gate and its figures."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self.gates = [verdict.gate for verdict in verdicts if not verdict.passed]
        said = (f"{one.gate}: {one.told}" for one in verdicts if not one.passed)
        super().__init__("; ".join(said))


def promote(
    registry: Registry,
    found: Comparison,
    verdicts: Sequence[Verdict],
    decision: Decision,
    kept_as: str,
) -> Recorded:
    """Make the challenger of a comparison champion; Refused where it did not pass its gates.

    kept_as: the run of the comparison. A decision with force goes on, and the record says in spite
    of what.
    """
    despite = tuple(f"{one.gate}: {one.told}" for one in verdicts if not one.passed)
    if despite and not decision.force:
        raise Refused(verdicts)
    figures = tuple(told(name, found.overall.loc[name]) for name in _ON_RECORD)
    return make(registry, _promotion(found.sides, decision, figures, despite, kept_as))


def promote_uncompared(
    registry: Registry, sides: Sides, decision: Decision, reason: ComparisonError
) -> Recorded:
    """Make a challenger champion that could not be compared; only with force, and on record."""
    if not decision.force:
        raise reason
    return make(registry, _promotion(sides, decision, (), (f"not compared: {reason}",), None))


def rollback(registry: Registry, decision: Decision) -> Recorded:
    """Return to the champion before, by the records; RegistryError where none is on record."""
    settle(registry)
    current, known = registry.holder(CHAMPION), champions(changes_of(registry))
    if known and known[-1] == current:
        known = known[:-1]
    if not known:
        raise RegistryError(f"no champion before version {current} is on record")
    return make(registry, Change(ROLLBACK, known[-1], current, decision.by, decision.why))


def _promotion(
    sides: Sides,
    decision: Decision,
    figures: tuple[str, ...],
    despite: tuple[str, ...],
    kept: str | None,
) -> Change:
    despite = tuple(shorten(gate, _LONGEST_GATE) for gate in despite)
    return Change(
        PROMOTION, sides.challenger, sides.champion, decision.by, decision.why, figures, despite,
        kept,
    )  # fmt: skip
