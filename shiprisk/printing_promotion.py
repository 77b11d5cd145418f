"""What a person reads of models compared, promoted and rolled back."""

from collections.abc import Iterable, Sequence

import pandas as pd
from rich import box
from rich.table import Table

from shiprisk.training import (
    CHALLENGER,
    CHAMPION,
    Comparison,
    Recorded,
    Refused,
    Registry,
    Sides,
    Verdict,
)

from .printing import console, plain

_SHOWN = {
    "precision_at_1": "precision at 1 %", "precision_at_2": "2 %", "precision_at_5": "5 %",
    "recall_at_1": "recall at 1 %", "recall_at_2": "2 %", "recall_at_5": "5 %",
    "value_at_1": "value at 1 %", "value_at_2": "2 %", "value_at_5": "5 %",
    "average_precision": "average precision", "brier": "Brier score",
    "calibration_error": "calibration error",
}  # fmt: skip
_SMALLER_IS_BETTER = ("brier", "calibration_error")


def comparison(found: Comparison, verdicts: Sequence[Verdict], run_id: str) -> None:
    """The figures of both, groups, and the gates."""
    judged, sides = found.judged, found.sides
    console.print(
        f"\n{len(judged.rows):,} inspected shipments of {judged.since} to {judged.until - 1}, "
        f"{judged.labels.sum():,.0f} violations; left out: {judged.too_early:,} that a model may "
        f"have been trained on, {judged.too_late:,} too recent for all outcomes to be known"
    )
    console.print(_table("figure", sides, _SHOWN, found.overall))
    names = {str(name): str(name) for name in found.groups.index}
    console.print(_table("average precision within", sides, names, found.groups))
    gates = Table(title="Gates", title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    for head in ("gate", "", "figures"):
        gates.add_column(head, overflow="fold")
    for verdict in verdicts:
        mark = "[green]passed[/]" if verdict.passed else "[bold red]refused[/]"
        gates.add_row(verdict.gate, mark, plain(verdict.told))
    console.print(gates)
    console.print(f"[dim]all figures: run {run_id} of the experiment shiprisk-comparisons[/]")


def refused(sides: Sides, refusal: Refused) -> None:
    """That nothing was changed, and why."""
    console.print(
        f"[bold red]Refused:[/] version {sides.challenger} did not pass "
        f"{', '.join(refusal.gates)}; version {sides.champion} stays champion"
    )


def changed(recorded: Recorded) -> None:
    """The new champion and where the change is on record."""
    change = recorded.change
    console.print(
        f"version [bold]{change.version}[/] is champion instead of {change.before} "
        f"({change.kind} by {plain(change.by)}: {plain(change.why)})"
    )
    for gate in change.despite:
        console.print(f"[bold red]in spite of[/] {plain(gate)}", soft_wrap=True)
    console.print(
        f"[dim]on record as run {recorded.run_id} of the experiment shiprisk-champions[/]"
    )


def versions(registry: Registry) -> None:
    """Every version, newest first."""
    table = Table(title="Versions", title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    for head in ("version", "alias", "model", "trained (UTC)"):
        table.add_column(head, no_wrap=True)
    holders = {alias: registry.holder(alias) for alias in (CHAMPION, CHALLENGER)}
    for version in reversed(registry.versions()):
        number = str(version.version)
        aliases = ", ".join(alias for alias, holder in holders.items() if holder == number)
        made = pd.Timestamp(version.creation_timestamp, unit="ms").strftime("%Y-%m-%d %H:%M")
        table.add_row(number, aliases, plain(version.tags.get("model_version", "")), made)
    console.print(table)


def changes(recorded: Iterable[Recorded]) -> None:
    """Every change of the champion, newest first."""
    table = Table(title="Champions", title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    for head in ("when (UTC)", "change", "to", "from", "by", "why", "in spite of"):
        table.add_column(head, overflow="fold")
    for one in reversed(list(recorded)):
        change = one.change
        kind = change.kind if one.took_effect else f"[dim]{change.kind}, never took effect[/]"
        when = one.when.strftime("%Y-%m-%d %H:%M")
        told = (change.version, change.before or "–", change.by, change.why)
        table.add_row(when, kind, *map(plain, told), plain("; ".join(change.despite)))
    console.print(table)


def _table(first: str, sides: Sides, names: dict[str, str], figures: pd.DataFrame) -> Table:
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    table.add_column(first, no_wrap=True)
    champion, challenger = f"champion {sides.champion}", f"challenger {sides.challenger}"
    for head in (champion, challenger, "difference", "95 % interval"):
        table.add_column(head, justify="right", no_wrap=True)
    for name, shown in names.items():
        row = figures.loc[name]
        table.add_row(
            shown if len(shown) > 4 else shown.rjust(16),
            f"{row['champion']:.3f}",
            f"{row['challenger']:.3f}",
            f"{row['difference']:+.3f}",
            f"{row['low']:+.3f} to {row['high']:+.3f}",
            style=_style(row, name in _SMALLER_IS_BETTER),
        )
    return table


def _style(row: pd.Series, smaller_is_better: bool) -> str | None:
    """Green or red where the interval leaves no doubt."""
    better, worse = row["low"] > 0, row["high"] < 0
    if smaller_is_better:
        better, worse = worse, better
    return "green" if better else "red" if worse else None
