"""What an evaluation tells, as flat figures for a tracking store and as one plain document."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from ..metrics import flat
from .evaluate import Evaluation

# Groups whose figures are tracked; those of all groups are in the document.
_TRACKED = (
    "all", "traders_never_seen", "goods_route_never_seen", "not_repeats", "by_declared_value",
    "at_random", "without_owner_nationality",
)  # fmt: skip


def tracked_figures(evaluation: Evaluation) -> dict[str, float]:
    """The figures that runs are compared by: group.metric, mean.metric, sd.metric and others."""
    groups = {name: of for name, of in evaluation.groups.items() if name in _TRACKED}
    found = flat(groups) | dict(_estimated(evaluation))
    for metric, (mean, deviation) in evaluation.spread.items():
        found |= {f"mean.{metric}": mean, f"sd.{metric}": deviation}
    found |= {f"stability.{name}": value for name, value in evaluation.stability.items()}
    for name, measured in evaluation.calibration.items():
        found[f"calibration_error.{name}"] = measured.error
    return {name: value for name, value in found.items() if np.isfinite(value)}


def as_document(evaluation: Evaluation) -> dict[str, Any]:
    """Everything that an evaluation says, without the shipments behind it, for JSON."""
    parts = {
        part.name: getattr(evaluation, part.name)
        for part in fields(evaluation)
        if part.name not in ("trial", "outcomes")
    }
    check = evaluation.outcomes
    parts["outcomes"] = {
        "too_clean": [asdict(post) for post in check.posts.posts],
        "posts_tested": check.posts.tested,
        "trained_with": check.trained_with,
        "trained_without": check.trained_without,
    }
    plain: dict[str, Any] = _plain(parts)
    return plain


def _estimated(evaluation: Evaluation) -> Iterator[tuple[str, float]]:
    for part in ("random", "clipped"):
        shares = getattr(evaluation.selective, part).shares
        for name, share in shares.items():
            yield f"{part}.{name}", share.figure
            yield f"{part}.{name}.low", share.low
            yield f"{part}.{name}.high", share.high


def _plain(value: Any) -> Any:
    """Nested values as JSON knows them; a figure that is not known is null."""
    if hasattr(value, "__dataclass_fields__"):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(of) for name, of in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(of) for of in value]
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
