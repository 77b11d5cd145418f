"""What owner nationality does to who is selected, and whether the training run reports it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from mlflow.exceptions import MlflowException

from shiprisk.features import NODES, History, signals_of
from shiprisk.models import GREEN, RED

from ..registry import Registry
from .answers import Answers
from .judged import Judged

# How the report begins in a model card.
_REPORT = "## Owner nationality"

_SHARE = ("owned_from_concern_share",)


def by_owner(judged: Judged, champion: Answers, challenger: Answers) -> pd.DataFrame:
    """By owner group, the share of both in the red lane and the hit rate among these.

    Groups: owners from a country of concern on the register, none there, not known. Columns:
    `shipments`, `violation_rate`, and of each model `…_red` and `…_hit_rate` (NaN with none red).
    """
    register = History(NODES).extended(traders=judged.past.traders)
    share = signals_of(judged.rows, register, _SHARE)[:, 0]
    groups = {"of concern": share > 0, "other": share == 0, "unknown": np.isnan(share)}
    models = {"champion": champion.lane == RED, "challenger": challenger.lane == RED}
    rows = {}
    for name, mask in groups.items():
        if mask.any():
            rows[name] = {"shipments": mask.sum(), "violation_rate": judged.labels[mask].mean()}
            for model, red in models.items():
                found = judged.labels[mask & red]
                rows[name][f"{model}_red"] = red[mask].mean()
                rows[name][f"{model}_hit_rate"] = found.mean() if len(found) else np.nan
    return pd.DataFrame(rows).T


def on_it_alone(answers: Answers) -> int:
    """How many shipments stand in a lane that they would not reach without owner nationality."""
    line = np.where(answers.lane == RED, answers.red, answers.yellow)
    return int(((answers.lane != GREEN) & (answers.without < line)).sum())


def reported(registry: Registry, version: str) -> bool:
    """Whether the training run of a version holds a card with its report on owner nationality."""
    run_id = registry.version(version).run_id
    with TemporaryDirectory() as scratch:
        try:
            card = registry.client.download_artifacts(run_id, "card.md", scratch)
        except (MlflowException, OSError):
            return False
        return _REPORT in Path(card).read_text(encoding="utf-8")
