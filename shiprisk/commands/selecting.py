"""From scores of goods items to shipments, and to the queue of what to inspect."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from shiprisk.features import ReadError
from shiprisk.serving import (
    KINDS,
    OF_SHIPMENTS,
    QUEUE_SCHEMA,
    SHIPMENT_SCHEMA,
    Capacity,
    Selection,
    SelectionError,
    queue_of,
    read_scores,
    shipments_of,
    write_scores,
)

from .. import printing
from ..defaults import Exit
from .source import Input
from .telling import clearly

_KEY = ["declaration_id", "item_number"]


@dataclass(frozen=True)
class Chosen:
    """How the capacity is spent, as given on the command line."""

    capacity: str
    random_share: float
    uncertain_share: float
    seed: int | None

    def selection(self) -> Selection:
        """The same, checked; SelectionError."""
        capacity = Capacity.of(self.capacity)
        given = {} if self.seed is None else {"seed": self.seed}
        return Selection(capacity, self.random_share, self.uncertain_share, **given)


@clearly
def write_shipments(scores: Path, out: Path) -> Exit:
    """Write the shipments of scored goods items, one row each."""
    if out.suffix not in KINDS:
        raise ReadError(f"{out}: shipments are written as one of {', '.join(KINDS)}")
    items = read_scores(scores, OF_SHIPMENTS)
    shipments = pd.DataFrame(shipments_of(items.to_dict("records")), columns=SHIPMENT_SCHEMA.names)
    write_scores(shipments, out, SHIPMENT_SCHEMA)
    printing.shipments(shipments, out)
    return Exit.WELL


@clearly
def select_shipments(
    scores: Path,
    out: Path,
    chosen: Chosen,
    second: Path | None,
    source: Input | None,
    day: date | None,
) -> Exit:
    """Write the queue of the shipments to inspect, day by day."""
    if out.suffix not in KINDS:
        raise ReadError(f"{out}: a queue is written as one of {', '.join(KINDS)}")
    selection, scored = chosen.selection(), read_scores(scores)
    other = read_scores(second) if second else None
    queue = queue_of(scored, _days(scored, scores, source, day), selection, other)
    write_scores(queue, out, QUEUE_SCHEMA)
    printing.queue(queue, scored, out, selection.seed)
    return Exit.WELL


def _days(
    scored: pd.DataFrame, scores: Path, source: Input | None, day: date | None
) -> "pd.Series[pd.Timestamp]":
    """The day of each score: that of its record, or the one that all are of."""
    if (source is None) == (day is None):
        raise SelectionError(
            "scores do not say their day: give --records, or --day if all are of one day"
        )
    if source is None:
        return pd.Series(pd.Timestamp(str(day)), scored.index)
    declared = source.read().declarations[[*_KEY, "declared_on"]]
    found = scored[_KEY].merge(declared, on=_KEY, how="left")["declared_on"]
    if lacking := int(found.isna().sum()):
        raise SelectionError(
            f"{scores}: {lacking:,} of {len(scored):,} goods items are not among the records; "
            "give the records that were scored"
        )
    return found.set_axis(scored.index)
