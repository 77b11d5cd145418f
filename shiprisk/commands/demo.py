"""The whole way once, on simulated records: what a newcomer runs first."""

import secrets
from datetime import date
from pathlib import Path

import pandas as pd

from shiprisk.serving import ROLES, Capacity, Selection, Store
from shiprisk.training import Settings

from ..defaults import CHAMPION, Exit
from ..printing import console, plain
from .batch import Answers, Kept, Using, score_records
from .source import Input
from .training import train_model
from .worlds import World, simulate_records

SHOWN = 5


def run(directory: Path, declarations: int) -> Exit:
    """Simulate, train on all but the last working day, score that day, print its riskiest."""
    records, scores = directory / "records", directory / "scores.parquet"
    store = f"sqlite:///{directory / 'mlflow.db'}"
    _headline("1  Simulate", f"shiprisk simulate {records} --declarations {declarations:,}")
    if code := simulate_records(records, World("default", declarations, 0)):
        return code
    day = _last_busy_day(records / "declarations.parquet")
    _headline("2  Train", f"shiprisk train {records} --as-of {day} --tracking-uri {store}")
    if code := train_model(Input([records]), Settings(as_of=day), store):
        return code
    audit = f"sqlite:///{directory / 'audit.db'}"
    options = f"--day {day} --out {scores} --show {SHOWN} --audit {audit} --tracking-uri {store}"
    _headline("3  Score a day", f"shiprisk score {records} {options}")
    using, answers = Using(CHAMPION, None, store), Answers(day, show=SHOWN)
    code = score_records(Input([records]), scores, using, answers, Kept(audit))
    if code not in (Exit.WELL, Exit.SOME_REJECTED):
        return code
    _truth(records, scores)
    console.print(
        f"\nLook at the run, its plots and its card:  [bold].venv/bin/mlflow ui "
        f"--backend-store-uri {store}[/]"
    )
    _open_desk(audit, day)
    return code


def _open_desk(audit: str, day: date) -> None:
    """A list of the day, and accounts to try the desk with: each demo has passwords of its own."""
    desk = Store.open(audit)
    desk.lists.draw(day, Selection(Capacity.of("5%"), seed=0), "demo")
    console.print(
        "Open the reviewers' desk, and ask for scores over HTTP:  [bold]make serve[/], then "
        "[bold]http://127.0.0.1:8000/desk[/] as"
    )
    for role in ROLES:
        password = secrets.token_urlsafe(9)
        desk.accounts.set(role, role, "demo", password)
        console.print(f"  [bold]{role}[/] with the password [bold]{plain(password)}[/]")


def _headline(step: str, command: str) -> None:
    console.print(f"\n[bold]{step}[/]   [dim]{command}[/]")


def _last_busy_day(path: Path) -> date:
    """The last day with at least half as many declarations as a usual one."""
    per_day = pd.read_parquet(path, columns=["declared_on"])["declared_on"].value_counts()
    busy = per_day[per_day >= per_day.median() / 2]
    return busy.index.max().date()


def _truth(records: Path, scores: Path) -> None:
    """In a simulated world the truth is known: how many of the day's riskiest were diverted."""
    key = ["declaration_id", "item_number"]
    scored = pd.read_parquet(scores, columns=[*key, "risk"])
    known = scored.merge(pd.read_parquet(records / "truth.parquet"), on=key)
    count = max(1, round(len(known) * 0.05))
    top = known.sort_values("risk", ascending=False, kind="stable").head(count)
    console.print(
        f"\nThe truth of this simulated day: {known['diverted'].sum()} of {len(known)} shipments "
        f"were diverted; the riskiest 5 % ({count}) hold {top['diverted'].sum()} of them."
    )
