"""A history to score with."""

from dataclasses import dataclass
from pathlib import Path

from shiprisk.features import (
    NODES,
    History,
    TotalsTable,
    load_history,
    save_as_table,
    save_history,
)
from shiprisk.serving import load_bundle
from shiprisk.training import Past

from ..defaults import Exit
from ..printing import console, plain
from .source import Input
from .telling import clearly


@dataclass(frozen=True)
class Form:
    """How a history is written: as plain files, or as a table of so many ranges of keys."""

    ranges: int | None = None

    def write(self, history: History, out: Path) -> None:
        """Write a history."""
        if self.ranges is None:
            save_history(history, out)
        else:
            save_as_table(history, out, self.ranges)


@clearly
def write_history(
    source: Input, out: Path, add_to: str | None, tracking_uri: str, form: Form, only_outcomes: bool
) -> Exit:
    """Write the history that records make, by themselves or added to an earlier one."""
    records = source.read().by_day()
    earlier = _history_at(add_to, tracking_uri) if add_to else None
    past = Past.with_or_without_outcomes(records)
    if only_outcomes and earlier is not None:
        made = earlier.extended(inspected=past.inspected, traders=past.traders)
    else:
        made = past.history(earlier)
    form.write(made, out)
    declared = 0 if only_outcomes else len(past.declarations)
    console.print(
        f"{declared:,} declarations and {len(past.inspected):,} outcomes "
        f"{'added' if add_to else 'remembered'}, through {made.through}, in [bold]{out}[/]"
    )
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@clearly
def rewrite_history(place: str, out: Path, tracking_uri: str, form: Form) -> Exit:
    """Write a history that there is in another form."""
    history = _history_at(place, tracking_uri)
    form.write(history, out)
    console.print(f"the history of {plain(place)}, through {history.through}, in [bold]{out}[/]")
    return Exit.WELL


def _history_at(place: str, tracking_uri: str) -> History:
    """The history or table of totals in a directory, or the history that travels with a model."""
    directory = Path(place)
    if (directory / "history.json").is_file() or TotalsTable.is_at(directory):
        return load_history(directory, NODES)
    return load_bundle(place, tracking_uri=tracking_uri)[1]
