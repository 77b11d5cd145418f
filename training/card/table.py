"""Tables and figures in Markdown."""

from collections.abc import Iterable, Sequence

import numpy as np

from ..evaluation import Share


def table(head: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """A table whose first columns hold text, the others figures."""
    align = ["---"] * texts + ["---:"] * (len(head) - texts)
    lines = [head, align, *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def number(value: float, form: str = "{:.3f}") -> str:
    """A figure, or a dash where it is not known."""
    return form.format(value) if np.isfinite(value) else "–"


def interval(share: Share, form: str = "{:.3f}") -> str:
    """An estimate with its 95 % interval."""
    if not share.rows:
        return "–"
    return f"{number(share.figure, form)} ({number(share.low, form)} to {number(share.high, form)})"
