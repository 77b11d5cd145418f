"""Several boosters as one: its raw score is the mean of theirs."""

from collections.abc import Sequence

import lightgbm as lgb

from .calibration import rescaled

_FIRST, _END, _SIZES = "\nTree=0\n", "end of trees", "tree_sizes="


def mean_of(boosters: Sequence[lgb.Booster]) -> lgb.Booster:
    """One booster with the trees of all, of the same signals; every leaf divided by their number.

    A mean of raw scores is a sum over trees, so it is explained as exactly as a single one.
    """
    if len(boosters) == 1:
        return boosters[0]
    texts = [booster.model_to_string() for booster in boosters]
    head, _, _ = texts[0].partition(_FIRST)
    _, _, tail = texts[0].partition(_END)
    trees = [
        f"Tree={number}\n{tree}" for number, tree in enumerate(t for x in texts for t in _trees(x))
    ]
    sizes = _SIZES + " ".join(str(len(tree.encode())) for tree in trees)
    lines = [sizes if line.startswith(_SIZES) else line for line in head.split("\n")]
    joined = "\n".join(lines) + "\n" + "".join(trees) + _END + tail
    return rescaled(lgb.Booster(model_str=joined), 1 / len(boosters), 0.0)


def _trees(text: str) -> list[str]:
    """The trees of a saved booster, each without the line that numbers it."""
    _, _, rest = text.partition(_FIRST)
    body, _, _ = rest.partition(_END)
    first, *others = body.split("Tree=")
    return [first, *(other.partition("\n")[2] for other in others)]
