"""A history to score with."""

from pathlib import Path

from shiprisk.features import NODES, History, load_history, save_history
from shiprisk.serving import load_bundle
from shiprisk.training import Past

from ..defaults import Exit
from ..printing import console
from .source import Input
from .telling import clearly


@clearly
def write_history(source: Input, out: Path, add_to: str | None, tracking_uri: str) -> Exit:
    """Write the history that records make, by themselves or added to an earlier one."""
    records = source.read().by_day()
    earlier = _history_at(add_to, tracking_uri) if add_to else None
    past = Past.with_or_without_outcomes(records)
    made = past.history(earlier)
    save_history(made, out)
    console.print(
        f"{len(past.declarations):,} declarations and {len(past.inspected):,} outcomes "
        f"{'added' if add_to else 'remembered'}, through {made.through}, in [bold]{out}[/]"
    )
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


def _history_at(place: str, tracking_uri: str) -> History:
    """The history in a directory, or the one that travels with a model."""
    if (Path(place) / "history.json").is_file():
        return load_history(Path(place), NODES)
    return load_bundle(place, tracking_uri=tracking_uri)[1]
