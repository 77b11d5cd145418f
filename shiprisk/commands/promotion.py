"""Which model is in use: compared, promoted, rolled back, shown."""

from dataclasses import dataclass
from datetime import date

from shiprisk.features import Records
from shiprisk.training import (
    Comparison,
    ComparisonError,
    Decision,
    Refused,
    Registry,
    Sides,
    account,
    changes_of,
    compare,
    keep_comparison,
    promote,
    promote_uncompared,
    rollback,
    verdicts,
)

from .. import printing_promotion as printing
from ..defaults import Exit
from ..printing import console
from .source import Input
from .telling import clearly, quiet_mlflow, telling


@dataclass(frozen=True)
class Asked:
    """What to compare, on which records."""

    source: Input
    tracking_uri: str
    challenger: str | None = None
    since: date | None = None

    def sides(self) -> tuple[Registry, Sides]:
        """The registry, and which version stands against which."""
        quiet_mlflow()
        registry = Registry.at(self.tracking_uri)
        return registry, Sides.of(registry, self.challenger)

    def compared(self, registry: Registry, sides: Sides, records: Records) -> Comparison:
        """The comparison, with each step told."""
        with console.status("comparing") as status:
            return compare(registry, sides, records, self.since, telling(status.update))


@clearly
def compare_models(asked: Asked) -> Exit:
    """Compare, keep the comparison in MLflow and show it."""
    registry, sides = asked.sides()
    records = asked.source.read()
    found = asked.compared(registry, sides, records)
    said = verdicts(found)
    printing.comparison(found, said, keep_comparison(registry, found, said, account()))
    return _code(records, refused=not all(one.passed for one in said))


@clearly
def promote_challenger(asked: Asked, by: str | None, reason: str, force: bool) -> Exit:
    """Compare, and make the challenger champion if it may be."""
    decision = Decision(account() if by is None else by, reason, force)
    registry, sides = asked.sides()
    records = asked.source.read()
    try:
        found = asked.compared(registry, sides, records)
    except ComparisonError as error:
        printing.changed(promote_uncompared(registry, sides, decision, error))
        return _code(records)
    said = verdicts(found)
    run_id = keep_comparison(registry, found, said, decision.by)
    printing.comparison(found, said, run_id)
    try:
        printing.changed(promote(registry, found, said, decision, run_id))
    except Refused as refusal:
        printing.refused(sides, refusal)
        return _code(records, refused=True)
    return _code(records)


@clearly
def roll_back(tracking_uri: str, by: str | None, reason: str) -> Exit:
    """Return to the champion before."""
    decision = Decision(account() if by is None else by, reason)
    quiet_mlflow()
    printing.changed(rollback(Registry.at(tracking_uri), decision))
    return Exit.WELL


@clearly
def show_registry(tracking_uri: str) -> Exit:
    """Show versions and changes."""
    quiet_mlflow()
    registry = Registry.at(tracking_uri)
    printing.versions(registry)
    printing.changes(changes_of(registry))
    return Exit.WELL


def _code(records: Records, refused: bool = False) -> Exit:
    if refused:
        return Exit.REFUSED
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL
