"""Scores in a file, and a history to score with."""

from datetime import date
from pathlib import Path

from shiprisk.features import NODES, History, ReadError, load_history, save_history
from shiprisk.serving import KINDS, Scorer, load_bundle, write_scores
from shiprisk.training import Past

from .. import printing
from ..defaults import Exit
from ..printing import console
from .source import Input
from .telling import clearly, progress_bar


@clearly
def score_records(
    source: Input,
    out: Path,
    model: str,
    history: Path | None,
    tracking_uri: str,
    day: date | None,
    reasons: int,
    show: int,
) -> Exit:
    """Score records into a file; of a file with several days, earlier days count as history."""
    if out.suffix not in KINDS:
        raise ReadError(f"{out}: scores are written as one of {', '.join(KINDS)}")
    records = source.read()
    scorer = Scorer.load(model, history, tracking_uri).knowing(records.listed_parties)
    declarations = records.declarations
    wanted = None if day is None else (declarations["declared_on"].dt.date == day).to_numpy()
    with progress_bar() as progress:
        task = progress.add_task("scoring")
        scores = scorer.score_validated(
            declarations,
            reasons,
            only=wanted,
            progress=lambda done, of: progress.update(task, completed=done, total=of),
        )
    write_scores(scores, out)
    printing.scores(scores, out, scorer)
    printing.riskiest(scores, declarations, show)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@clearly
def write_history(source: Input, out: Path, add_to: str | None, tracking_uri: str) -> Exit:
    """Write the history that records make, by themselves or added to an earlier one."""
    records = source.read()
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
