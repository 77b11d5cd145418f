"""A replay as a part of a page: tables, a picture, and how to read them."""

from datetime import date
from pathlib import Path

import pandas as pd

from ..comparison.tables import as_table, share
from ..measured import put
from .estimates import estimated_rates
from .measures import intervals, of_the_oracle_by_world
from .picture import draw
from .recovery import recoveries
from .run import Replayed


def write_replay(replayed: Replayed, page: Path, command: str) -> None:
    """Write what came of a replay into its part of a page, and the picture beside the page.

    A page that does not exist is begun. ReadError where it exists and has no such part.
    """
    part = f"replay-{replayed.scenario.name}"
    if not page.exists():
        page.parent.mkdir(parents=True, exist_ok=True)
        begun = f"# Exploration\n\n<!-- {part}:begin --><!-- {part}:end -->\n"
        page.write_text(begun, encoding="utf-8")
    picture = page.with_name(f"{page.stem}-{replayed.scenario.name}.png")
    draw(replayed, picture)
    put(page, part, _text(replayed, command, picture.name))


def _text(replayed: Replayed, command: str, picture: str) -> str:
    return "\n\n".join([
        _head(replayed, command),
        _totals(replayed),
        f"![Share of the oracle by week]({picture})",
        *(_after(replayed, name, on) for name, on in replayed.crackdowns.items()),
        _worlds(replayed),
        _estimates(replayed),
    ])  # fmt: skip


def _head(replayed: Replayed, command: str) -> str:
    one = next(iter(replayed.everything.values()))
    return f"""Made by `{command}`.

{replayed.scenario.name}: {replayed.scenario.says} Worlds: {one["world"].nunique()}, together
{len(one):,} shipments in {one["week"].max() + 1} weeks from {replayed.first_day}, of which
{one["diverted"].mean():.2%} were diverted. Capacity: {replayed.capacity} of shipments."""


def _totals(replayed: Replayed) -> str:
    drawn = intervals(replayed.everything)
    table = replayed.figures.map(share)
    whole = replayed.figures[["inspected", "found"]]
    table[["inspected", "found"]] = whole.map(lambda count: f"{count:,.0f}")
    table["precision"] = _with_interval(drawn["precision"])
    table["more than exploitation"] = _with_interval(drawn["more"])
    return f"""{as_table(table, "strategy", str)}

*Found*: inspected shipments that were diverted. *Precision*: their share. *Of the oracle*: found
over the most that the same number of inspections a day could have found. *Precision of the
riskiest*: had the whole capacity gone to the riskiest, by the model of the week. *Average
precision*: of the risks of all shipments, against the truth. In brackets 95 % intervals over
traders drawn again and again, given the path that each strategy took."""


def _after(replayed: Replayed, name: str, on: date) -> str:
    table = recoveries(replayed.everything, replayed.first_day, on)
    weeks = table[["at week", "back"]].map(lambda week: f"{week:.0f}" if pd.notna(week) else "not")
    table = table.map(share)
    table[["at week", "back"]] = weeks
    return f"""After **{name}**, {on}, all worlds together, as shares of the oracle:

{as_table(table, "strategy", str)}

*Before*: the eight weeks before. *Lowest*: the worst four weeks that begin within twelve weeks
after it, and *at week* when they begin. *Back*: the week from which four weeks reach nine tenths of
*before* again; 0: they never fell below, *not*: not before the replay ends."""


def _worlds(replayed: Replayed) -> str:
    by_world = of_the_oracle_by_world(replayed.everything)
    heads = [f"world {seed}" for seed in by_world.columns]
    return f"""Share of the oracle in each world: how far luck moves what a strategy reaches.

{as_table(by_world.set_axis(heads, axis="columns"), "strategy")}"""


def _estimates(replayed: Replayed) -> str:
    rates = estimated_rates(replayed.everything)
    table = rates[["true", "among inspected"]].map(_percent)
    table["inspected at random"] = rates["at random"].map(lambda count: f"{count:,.0f}")
    table["estimate"] = [
        "none" if pd.isna(row["estimate"])
        else f"{_percent(row['estimate'])} ({_percent(row['low'])} to {_percent(row['high'])})"
        for _, row in rates.iterrows()
    ]  # fmt: skip
    return f"""What the records of each strategy say of the share of violations among all shipments:

{as_table(table, "strategy", str)}

*True*: what inspecting all would have written down. *Estimate*: every inspected shipment counted
for as many as it stands for, with a 95 % interval; *none* where some shipments have no chance."""


def _with_interval(drawn: pd.DataFrame) -> list[str]:
    return [
        "–" if pd.isna(row["figure"])
        else f"{row['figure']:.3f} ({row['low']:.3f} to {row['high']:.3f})"
        for _, row in drawn.iterrows()
    ]  # fmt: skip


def _percent(value: float) -> str:
    return f"{value:.2%}"
