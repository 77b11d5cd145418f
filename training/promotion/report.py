"""A comparison as a run of MLflow: figures as metrics, tables as a page and as data, a picture."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from mlflow.entities import Metric

from ..comparison.tables import as_table
from ..registry import Registry
from ..store import experiment_id
from .comparison import Comparison
from .differences import COLUMNS
from .gates import Verdict
from .picture import top_before_and_after

EXPERIMENT = "shiprisk-comparisons"


def keep_comparison(
    registry: Registry, found: Comparison, verdicts: Sequence[Verdict], by: str
) -> str:
    """Keep a comparison in MLflow; the id of its run."""
    client, sides = registry.client, found.sides
    refusing = [verdict.gate for verdict in verdicts if not verdict.passed]
    run = client.create_run(
        experiment_id(client, EXPERIMENT),
        run_name=f"version {sides.challenger} against {sides.champion}",
        tags={
            "champion": sides.champion,
            "challenger": sides.challenger,
            "by": by,
            "judged": f"{found.judged.since} to {found.judged.until - 1}",
            "verdict": f"refused: {', '.join(refusing)}" if refusing else "passed",
        },
    )
    run_id = run.info.run_id
    client.log_batch(run_id, _metrics(found.overall))
    with TemporaryDirectory() as scratch:
        page, data = Path(scratch) / "comparison.md", Path(scratch) / "comparison.json"
        page.write_text(as_page(found, verdicts), encoding="utf-8")
        data.write_text(_as_json(found, verdicts), encoding="utf-8")
        top_before_and_after(found, Path(scratch) / "top.png")
        client.log_artifacts(run_id, scratch)
    client.set_terminated(run_id)
    return str(run_id)


def _metrics(figures: pd.DataFrame) -> list[Metric]:
    now = int(time.time() * 1000)
    return [
        Metric(f"{name}.{column}", float(figures.loc[name, column]), now, 0)
        for name in figures.index
        for column in COLUMNS
    ]


def as_page(found: Comparison, verdicts: Sequence[Verdict]) -> str:
    """The comparison as Markdown."""
    sides, judged = found.sides, found.judged
    gates = "\n".join(
        f"- **{verdict.gate}**: {'passed' if verdict.passed else 'REFUSED'}. {verdict.told}."
        for verdict in verdicts
    )
    parts = (
        f"# Version {sides.challenger} against champion {sides.champion}",
        f"{len(judged.rows):,} inspected shipments of {judged.since} to {judged.until - 1}, "
        f"{judged.labels.sum():,.0f} violations. Left out: {judged.too_early:,} that a model may "
        f"have been trained on, {judged.too_late:,} of days whose outcomes cannot all be known yet "
        f"({judged.delay} days). Only inspected shipments can be judged, and these were not chosen "
        "at random. Differences with 95 % intervals, days drawn anew.",
        f"## Gates\n\n{gates}",
        f"## Figures\n\n{as_table(found.overall, 'Figure')}",
        f"## Average precision within groups\n\n{_table(found.groups)}",
        f"## Owner nationality\n\n{_table(found.owner)}",
    )
    return "\n\n".join(parts) + "\n"


def _table(frame: pd.DataFrame) -> str:
    """Counts without decimals, figures with three."""
    counts = [name for name in ("shipments", "violations") if name in frame]
    shown = frame.astype(dict.fromkeys(counts, int)).astype(object)
    return as_table(
        shown, "Group", lambda cell: f"{cell:,}" if isinstance(cell, int) else f"{cell:.3f}"
    )


def _as_json(found: Comparison, verdicts: Sequence[Verdict]) -> str:
    return json.dumps(
        {
            "champion": found.sides.champion,
            "challenger": found.sides.challenger,
            "models": [found.champion.model_version, found.challenger.model_version],
            "since": str(found.judged.since),
            "until": str(found.judged.until),
            "gates": [
                {"gate": one.gate, "passed": one.passed, "told": one.told} for one in verdicts
            ],
            "overall": json.loads(found.overall.to_json(orient="index")),
            "groups": json.loads(found.groups.to_json(orient="index")),
            "owner": json.loads(found.owner.to_json(orient="index")),
        },
        indent=1,
    )
