"""A model asked in a process of its own, by the code that was stored with it.

`python -m shiprisk.serving.apart MODEL TABLES ANSWERS`, because two versions of a model in one
process would both run the first one's signals. MODEL is the directory of a model. TABLES holds the
past as Parquet tables (`declared`, `inspected` and, where there are any, `traders`,
`trade_statistics` and `listed_parties`) and `asked`, the declarations to score. ANSWERS is the
directory to write to: `answers.parquet` with a row for each asked one, and `about.json`. This file
is stored with every model, so these names are what versions agree on.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.features import NODES, History, signals_of
from shiprisk.models import RiskModel

_PAST = ("declared", "inspected", "traders", "trade_statistics", "listed_parties")

# Contributions are held against LightGBM's own for so many rows; these take a hundredth each.
_EXPLAINED = 200


def main(model_directory: Path, tables: Path, answers: Path) -> None:
    """Score the asked declarations with what the past says of them, and write the answers."""
    model = RiskModel.load(model_directory)
    files = {name: tables / f"{name}.parquet" for name in _PAST}
    past = {name: pd.read_parquet(file) for name, file in files.items() if file.exists()}
    asked = pd.read_parquet(tables / "asked.parquet")
    matrix = signals_of(asked, History(NODES).extended(**past), model.signals)
    risk, without = model.risks(matrix)
    answered = pd.DataFrame(
        {"risk": risk, "without": without, "lane": model.lanes.of(risk, without)}
    )
    answered.to_parquet(answers / "answers.parquet")
    sampled = matrix[:: max(1, len(matrix) // _EXPLAINED)]
    about = {
        "model_version": model.version,
        "red": model.lanes.red,
        "yellow": model.lanes.yellow,
        **exactness(model, sampled),
    }
    (answers / "about.json").write_text(json.dumps(about), encoding="utf-8")


def exactness(model: RiskModel, matrix: np.ndarray) -> dict[str, float]:
    """How far explanations are off, in log-odds: the largest difference over rows of signals.

    off_sum: base and contributions against the score. off_referee: contributions against
    LightGBM's own exact ones.
    """
    told = model.contributions(matrix)
    referee = model.booster.predict(matrix, pred_contrib=True, num_threads=1)
    return {
        "explained": len(matrix),
        "off_sum": float(np.abs(told.sum(axis=1) - model.raw(matrix)).max(initial=0)),
        "off_referee": float(np.abs(told - referee).max(initial=0)),
    }


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
