"""A benchmark as a page: a table, a picture, and how to read both."""

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from .run import Outcome
from .selectors import SELECTORS

OURS = "shiprisk"


def write_report(outcome: Outcome, page: Path, command: str) -> None:
    """Write the page and, beside it, its picture."""
    picture = page.with_suffix(".png")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(_page(outcome, picture.name, command), encoding="utf-8")
    _draw(outcome.monthly, picture)


def as_table(figures: pd.DataFrame, first: str) -> str:
    """A frame of shares as a Markdown table."""
    lines = [f"| {first} | {' | '.join(map(str, figures.columns))} |"]
    lines.append("|---" + "|---:" * figures.shape[1] + "|")
    for name, row in figures.iterrows():
        cells = " | ".join("–" if value != value else f"{value:.3f}" for value in row)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def _page(outcome: Outcome, picture: str, command: str) -> str:
    told = "\n".join(f"- **{name}**: {_meaning(name)}" for name in outcome.figures.index)
    return f"""# Benchmark

Made by `{command}`; do not edit by hand.

{outcome.shipments:,} simulated shipments of the last months, {outcome.prevalence:.1%} of them
diverted. Each month is scored by what was known before its first day: outcomes of inspections only,
late and partly wrong. The figures are against the truth of the world, for all shipments, inspected
or not. Ranks are taken within each month. At 5 % capacity no ranking can be right more often than
{min(1.0, outcome.prevalence / 0.05):.3f} of the time.

{as_table(outcome.figures, "selector")}

![Precision at 5 % by month]({picture})

{told}

The world is simulated: these figures say how selectors compare in it, not how well they would do at
a border.
"""


def _meaning(name: str) -> str:
    selector = SELECTORS.get(name)
    return ((selector.__doc__ or "") if selector else "").partition("\n")[0]


def _draw(monthly: pd.DataFrame, path: Path) -> None:
    figure = Figure(figsize=(8, 4.4), layout="constrained")
    axes = figure.subplots()
    for name, row in monthly.iterrows():
        ours = name == OURS
        axes.plot(row.index, row.to_numpy(), label=name, marker="o", ms=4 if ours else 3,
                  lw=2.4 if ours else 1.1, color="#b3261e" if ours else None)  # fmt: skip
    axes.set(ylabel="precision at 5 %", ylim=(0, None))
    axes.grid(alpha=0.25)
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, dpi=120)
