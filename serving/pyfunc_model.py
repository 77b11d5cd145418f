"""The model as MLflow serves it: this file and plain files, no pickle."""

from pathlib import Path
from typing import Any

import mlflow.pyfunc
import pandas as pd
from mlflow.models import set_model

from shiprisk.serving import Scorer, with_json_text


class ShipmentRisk(mlflow.pyfunc.PythonModel):
    """Scores declarations; reasons, families and missing columns come as JSON text.

    One row comes back for each that goes in: a record with faults has no risk, the lane
    `rejected`, and its faults in `missing`.
    """

    def load_context(self, context: Any) -> None:
        """Load the plain files that were stored with the model."""
        self._scorer = Scorer.load(Path(context.artifacts["bundle"]))

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> pd.DataFrame:
        """Risk, lane and reasons of each declaration, in the order given."""
        frame = model_input.reset_index(drop=True)
        scored = self._scorer.score_checked(frame)
        scores = scored.scores.reindex(frame.index)
        for row, faults in scored.rejected.groupby("row"):
            told = [f"{fault.column}: expected {fault.expected}" for fault in faults.itertuples()]
            scores.at[row, "missing"] = told
            scores.at[row, "reasons"], scores.at[row, "families"] = [], {}
            scores.loc[row, ["declaration_id", "lane"]] = [
                str(frame.at[row, "declaration_id"]), "rejected",
            ]  # fmt: skip
        scores["item_number"] = scores["item_number"].fillna(0).astype("int64")
        scores["model_version"] = self._scorer.model.version
        return with_json_text(scores)


set_model(ShipmentRisk())
