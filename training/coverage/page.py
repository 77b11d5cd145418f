"""The study as Markdown, every figure from what was measured."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..card import table
from .gaps import Gaps, without_chance
from .worlds import Judgement, World

_SHARES = {
    "violation_rate": "violations",
    "precision_at_5": "precision at 5 %",
    "recall_at_5": "recall at 5 %",
}


def redraws_text(draws: Mapping[str, pd.DataFrame]) -> str:
    """Bias and coverage by design and estimator; draws: as `redrawn` gives them, by design."""
    head = ["design", "estimate"]
    for title in _SHARES.values():
        head += [f"{title}: bias", "covered", "±"]
    rows = []
    for design, frame in draws.items():
        for estimator, of in frame.groupby("estimator", sort=False):
            cells = [cell for share in _SHARES for cell in _cells(of[of["share"] == share])]
            rows.append([design, str(estimator), *cells])
    return table(head, rows, texts=2)


def calibrations_text(judgements: Sequence[Judgement]) -> str:
    """Risks against what inspection of every later shipment would find, by world and over all."""
    head = ["world", "", "later shipments", "mean risk", "would be found", "calibration error",
            "by chance alone", "gap without chance"]  # fmt: skip
    of_all = [one.gaps(np.ones(len(one.findable), dtype=bool)) for one in judgements]
    of_new = [one.gaps(one.never_seen) for one in judgements]
    kinds = {"all": of_all, "firms never seen": of_new}
    rows = [
        [str(number), title, f"{of[number - 1].rows:,}", *_figures(of[number - 1]), ""]
        for number in range(1, len(judgements) + 1)
        for title, of in kinds.items()
    ]
    for title, of in kinds.items():
        shipments = f"{sum(one.rows for one in of):,}"
        means = np.mean([[x.said, x.found, x.error, x.by_chance] for x in of], axis=0)
        figures = [f"{value:.4f}" for value in (*means, without_chance(of))]
        rows.append(["**mean**", title, shipments, *figures])
    return table(head, rows, texts=2)


def fitting_text(plain: Sequence[Judgement], weighed: Sequence[Judgement]) -> str:
    """What weights in fitting do to the ranking of all later shipments, against the truth."""
    shown = {"average_precision": "average precision", "precision_at_1": "precision at 1 %",
             "precision_at_5": "precision at 5 %"}  # fmt: skip
    head = [
        "world",
        *(f"{title}: {how}" for title in shown.values() for how in ("plain", "weighed")),
    ]
    rows = [
        [str(number), *(f"{of[name]:.3f}" for name in shown for of in pair)]
        for number, pair in enumerate(
            zip(map(_against_truth, plain), map(_against_truth, weighed), strict=True), start=1
        )
    ]
    return table(head, rows)


def posts_text(world: World, one: Judgement) -> str:
    """Which posts a run named, beside what the truth says of every office."""
    check = one.evaluation.outcomes
    written = world.written_down().sort_values("share")
    offices = [
        [str(name), f"{of['diverted']:.0f}", f"{of['share']:.2f}"]
        for name, of in written.head(4).iterrows()
    ]
    named = [
        [post.kind, post.name, f"{post.found}", f"{post.expected:.1f}", f"{post.chance:.4f}"]
        for post in check.posts.posts
    ]
    told = [
        f"{check.posts.tested} posts had enough inspections to be tested, {len(named)} were named.",
        table(["", "named", "found", "expected", "chance"], named, texts=2) if named else "",
        "The offices that wrote down the least of what they inspected and was diverted:",
        table(["office", "diverted and inspected", "written down"], offices),
    ]
    if check.trained_with:
        with_, without = check.trained_with, check.trained_without
        told.append(
            "Average precision at all other posts: "
            f"{with_['average_precision']:.3f} trained with their outcomes, "
            f"{without['average_precision']:.3f} without."
        )
    return "\n\n".join(part for part in told if part)


def _cells(of: pd.DataFrame) -> list[str]:
    """Mean error over the truth, how often the interval held it, and half its width over it."""
    says = of[of["figure"].notna()]
    if not len(says):
        return ["–", "–", "–"]
    bias = (says["figure"] / says["truth"] - 1).mean()
    covered = ((of["low"] <= of["truth"]) & (of["truth"] <= of["high"])).mean()
    wide = ((of["high"] - of["low"]) / 2 / of["truth"]).mean()
    return [f"{bias:+.0%}", f"{covered:.0%}", f"{wide:.0%}"]


def _figures(of: Gaps) -> list[str]:
    return [f"{value:.4f}" for value in (of.said, of.found, of.error, of.by_chance)]


def _against_truth(one: Judgement) -> Mapping[str, float]:
    assert one.evaluation.truth is not None
    return one.evaluation.truth.model
