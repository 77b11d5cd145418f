"""What a person reads on the screen."""

from pathlib import Path

import pandas as pd
from rich import box
from rich.console import Console, Group
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from shiprisk.features import Rejected
from shiprisk.serving import Scorer, Written
from shiprisk.training import Trained

console = Console(highlight=False)

_LANE_STYLE = {"red": "bold red", "yellow": "yellow", "green": "green"}
_GROUPS = {
    "all": "all inspected",
    "traders_never_seen": "firms never seen",
    "goods_route_never_seen": "goods on new routes",
    "not_repeats": "no repeats",
    "without_owner_nationality": "without nationality",
    "by_declared_value": "by declared value",
    "at_random": "at random",
}
_METRICS = {
    "rows": "number", "precision_at_1": "1 %", "precision_at_2": "2 %", "precision_at_5": "5 %",
    "precision_at_10": "10 %", "average_precision": "AP", "brier": "Brier",
}  # fmt: skip
_MOST_MISSING = 5
# A reason against that adds less than this (log-odds) would only distract.
WORTH_SAYING = 0.1


def plain(text: str) -> str:
    """Text from outside, so that it cannot style or clear the screen."""
    return escape("".join(sign if sign.isprintable() else " " for sign in text))


def aside(told: str) -> None:
    """One line on standard error."""
    Console(stderr=True, highlight=False).print(told, soft_wrap=True)


def stopped(error: Exception) -> None:
    """Why the work stopped, as one line on standard error."""
    aside(f"[bold red]Stopped:[/] {plain(str(error))}")


def rejections(rejected: Rejected) -> None:
    """How many records were rejected, and for what."""
    counted = ", ".join(f"{count:,} of {table}" for table, count in rejected.rows.items())
    table = Table(title=f"Rejected: {counted}", title_justify="left", title_style="bold red")
    for name in ("column", "expected", "faults", "for example"):
        table.add_column(name, overflow="fold", justify="right" if name == "faults" else "left")
    for (column, expected), kind in sorted(rejected.kinds.items(), key=lambda x: -x[1].faults):
        cells = (column or "(line)", expected, f"{kind.faults:,}", kind.example)
        table.add_row(*map(plain, cells))
    console.print(table)
    if rejected.into is not None:
        console.print(f"every rejected record with all its faults: [bold]{rejected.into}[/]")


def left_out(rows: int, into: str) -> None:
    """How many declarations of a table of Spark were rejected, and where they are."""
    told = f"[bold red]Rejected: {rows:,} of declarations[/]"
    console.print(f"{told}; each with all its faults: [bold]{plain(into)}[/]")


def training(trained: Trained, version: str, alias: str, tracking_uri: str) -> None:
    """What a training run gave."""
    folds = len(trained.evaluation.folds)
    title = f"Violations among the riskiest 1, 2, 5 and 10 %, later records ({folds} folds)"
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("shipments", no_wrap=True)
    for head in _METRICS.values():
        table.add_column(head, justify="right", no_wrap=True)
    groups = trained.evaluation.groups
    for group, name in _GROUPS.items():
        metrics = groups.get(group)
        if metrics and (group == "all" or metrics != groups["all"]):
            cells = [
                f"{metrics[metric]:.3f}" if metric in metrics else "–"
                for metric in list(_METRICS)[1:]
            ]
            table.add_row(name, f"{metrics['rows']:,.0f}", *cells)
    console.print(table)
    rate = groups["all"]["violation_rate"]
    console.print(f"violations among all inspected: {rate:.1%} (AP average precision)")
    for warning in trained.evaluation.selective.too_small:
        console.print(f"[yellow]{warning}[/]")
    if trained.lost:
        console.print(f"[dim]signals that this source cannot feed: {', '.join(trained.lost)}[/]")
    console.print(
        f"model [bold]{trained.model.version}[/] is version {version} of shiprisk, alias "
        f"[bold]{alias}[/], in {plain(tracking_uri)}"
    )


def selectors(figures: pd.DataFrame, out: Path) -> None:
    """How ways to choose compare."""
    title = "Share diverted among the riskiest; at 5 % also over what an oracle reaches"
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("selector", no_wrap=True)
    shown = {f"precision @{share}%": f"{share} %" for share in (1, 2, 5, 10)}
    shown["of the oracle @5%"] = "of oracle"
    for head in shown.values():
        table.add_column(head, justify="right", no_wrap=True)
    for name, row in figures[list(shown)].iterrows():
        style = "bold" if name == "shiprisk" else None
        table.add_row(str(name), *(f"{value:.3f}" for value in row), style=style)
    console.print(table)
    console.print(f"by typology, month, shock, traders never seen, controls: [bold]{out}[/]")


def strategies(figures: pd.DataFrame, out: Path) -> None:
    """How ways to spend the capacity compare."""
    title = "Share diverted among the inspected, and over what an oracle would have found"
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("strategy", no_wrap=True)
    shown = ["precision", "of the oracle", "average precision"]
    for head in shown:
        table.add_column(head, justify="right", no_wrap=True)
    for name, row in figures[shown].iterrows():
        table.add_row(str(name), *(f"{value:.3f}" for value in row))
    console.print(table)
    console.print(f"by week, after each crackdown, estimates: [bold]{out}[/]")


def scores(written: Written, out: Path | str, scorer: Scorer) -> None:
    """How many shipments took which lane."""
    told = ", ".join(
        f"[{style}]{written.lanes.get(lane, 0):,} {lane}[/]" for lane, style in _LANE_STYLE.items()
    )
    version = scorer.model.version
    console.print(f"{written.rows:,} scores in [bold]{out}[/]: {told} (model {version})")
    if scorer.changed_lists:
        changed = plain("; ".join(scorer.changed_lists))
        console.print(f"[yellow]the model was trained with other lists:[/] {changed}")


def shipments(found: pd.DataFrame, out: Path) -> None:
    """How many shipments took which lane."""
    lanes = found["lane"].value_counts()
    told = ", ".join(
        f"[{style}]{lanes.get(lane, 0):,} {lane}[/]" for lane, style in _LANE_STYLE.items()
    )
    items = found["items"].sum()
    console.print(f"{len(found):,} shipments of {items:,} goods items in [bold]{out}[/]: {told}")


def queue(chosen: pd.DataFrame, scored: pd.DataFrame, out: Path, seed: int) -> None:
    """How many shipments are to be inspected, and what chose them."""
    shipments = chosen.drop_duplicates(["declared_on", "declaration_id"])
    by = shipments["selected_by"].value_counts()
    console.print(
        f"{len(shipments):,} of {scored['declaration_id'].nunique():,} shipments of "
        f"{shipments['declared_on'].nunique():,} days ({len(chosen):,} goods items) in "
        f"[bold]{out}[/]: {by.get('model', 0):,} by the model, {by.get('random', 0):,} at random"
    )
    console.print(
        f"[dim]--seed {seed} draws the same again: nobody outside the office should know it[/]"
    )


def riskiest(written: Written) -> None:
    """The riskiest shipments with their reasons."""
    both = zip(written.riskiest.iterrows(), written.declared.iterrows(), strict=True)
    for rank, ((_, score), (_, record)) in enumerate(both, start=1):
        console.print(_shipment(rank, score, record))


def _shipment(rank: int, score: pd.Series, record: pd.Series) -> Panel:
    raising = [reason for reason in score["reasons"] if reason["contribution"] > 0]
    lowering = [reason for reason in score["reasons"] if reason["contribution"] < -WORTH_SAYING]
    lines = Table.grid(padding=(0, 1))
    lines.add_column(justify="right", no_wrap=True)
    lines.add_column()
    for reason in raising:
        flags = f"  [dim]{plain(', '.join(reason['flags']))}[/]" if reason["flags"] else ""
        lines.add_row(f"[red]+{reason['contribution']:.2f}[/]", plain(reason["sentence"]) + flags)
    for reason in lowering[:1]:
        lines.add_row(f"[green]{reason['contribution']:.2f}[/]", plain(reason["sentence"]))
    without = score["risk_without_owner_nationality"]
    below = Text(f"{without:.0%} without owner nationality", style="dim")
    if score["missing"]:
        below.append(f"; missing: {_shortened(score['missing'])}")
    lane = f"[{_LANE_STYLE[score['lane']]}]{score['lane']}[/]"
    title = f"{rank}. risk [bold]{score['risk']:.0%}[/], {lane}   {plain(_described(record))}"
    return Panel(Group(lines, below), title=title, title_align="left")


def _shortened(names: list[str]) -> str:
    more = len(names) - _MOST_MISSING
    return ", ".join(names[:_MOST_MISSING]) + (f" and {more} more" if more > 0 else "")


def _described(record: pd.Series) -> str:
    """The declaration in one line."""
    goods = record.get("description")
    parts = [
        f"{record['declaration_id']}/{record['item_number']}",
        f"HS {record['hs_code']}",
        str(goods)[:40] if pd.notna(goods) else "",
    ]
    return "  ".join(part for part in parts if part)


def drift(alarms: list[str], out: Path) -> None:
    """What has changed since the training."""
    for alarm in alarms:
        console.print(f"[bold red]drift:[/] {plain(alarm)}")
    quiet = "" if alarms else "nothing has changed for sure and by much; "
    console.print(f"{quiet}all that was compared: [bold]{out}[/]")
