"""The reviewers' desk: who may come, and what they found."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import typer

from shiprisk.serving import AuditError, DeskError, Store, inspections_of
from shiprisk.training import account

from ..defaults import Exit
from ..printing import console, plain
from .telling import clearly

# Where a script leaves a new password; people are asked for it.
PASSWORD = "SHIPRISK_PASSWORD"


@clearly
def set_account(name: str, role: str, audit: str | None, with_password: bool, close: bool) -> Exit:
    """Open an account, change it or close it."""
    password = _password() if with_password and not close else None
    with _mendable():
        made = _store(audit).accounts.set(name, role, account(), password, not close)
    state = "may come to the desk" if made.open else "is closed"
    console.print(f"[bold]{plain(name)}[/], {plain(role)}, {state}")
    return Exit.WELL


@clearly
def write_outcomes(out: Path, audit: str | None) -> Exit:
    """Write what was found at the desk as a table of inspections."""
    written = desk_inspections(audit)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".parquet":
        written.to_parquet(out, index=False)
    elif out.suffix == ".csv":
        written.to_csv(out, index=False)
    else:
        raise AuditError(f"{out}: outcomes are written as .parquet or .csv")
    console.print(f"inspections: {len(written):,}, in [bold]{plain(str(out))}[/]")
    return Exit.WELL


def desk_inspections(audit: str | None) -> pd.DataFrame:
    """The inspections written at a desk, as the table `inspections` has them."""
    return inspections_of(_store(audit).outcomes.newest())


def _store(audit: str | None) -> Store:
    if audit is None:
        raise AuditError("no audit record is named: give --audit, or set SHIPRISK_AUDIT")
    return Store.open(audit)


def _password() -> str:
    given = os.environ.get(PASSWORD)
    return given or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@contextmanager
def _mendable() -> Iterator[None]:
    """What the desk refuses is told as other errors of the record are."""
    try:
        yield
    except DeskError as error:
        raise AuditError(str(error)) from None
