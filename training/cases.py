"""Inspected shipments that travel with a model, for a reviewer to compare a new one with."""

import numpy as np

from shiprisk.models import Cases, RiskModel

from .examples import Examples

# The last known ones: enough to find a like one, few enough to look through within a millisecond.
_MOST_CASES = 20_000
_TOLD = ("declaration_id", "item_number", "declared_on", "hs_code", "known_on", "violation")


def cases_of(model: RiskModel, examples: Examples) -> Cases:
    """The examples whose outcomes were known last, as the model sees them."""
    known_on = examples.records["known_on"].to_numpy()
    last = np.argsort(-known_on.astype("datetime64[D]").astype(np.int64), kind="stable")
    last = last[:_MOST_CASES]
    shipments = {name: _column(examples.records[name].to_numpy()[last]) for name in _TOLD}
    moved = model.contributions(examples.matrix[last])[:, :-1]
    return Cases.of(shipments, moved, model.sensitive_columns)


def _column(values: np.ndarray) -> np.ndarray:
    """Days as days, texts as texts, numbers as they are."""
    return values.astype("datetime64[D]") if values.dtype.kind == "M" else values
