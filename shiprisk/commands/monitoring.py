"""Whether recent records still look like those that the model in use was trained on."""

from datetime import date
from pathlib import Path

from shiprisk.serving import load_bundle
from shiprisk.training import monitor

from .. import printing
from ..defaults import Exit
from ..printing import console
from .source import Input
from .telling import clearly, telling


@clearly
def monitor_records(
    source: Input,
    out: Path,
    model: str,
    history: Path | None,
    tracking_uri: str,
    days: tuple[date | None, date | None],
) -> Exit:
    """Compare records with the training period of a model and write the report."""
    from shiprisk.training import write_drift_report

    with console.status("reading records") as status:
        records = source.read()
        bundle = load_bundle(model, history, tracking_uri)
        found = monitor(*bundle, records, *days, telling(status.update))
        write_drift_report(found, out)
    printing.drift(found.alarms, out)
    if found.alarms:
        return Exit.DRIFT_FOUND
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL
