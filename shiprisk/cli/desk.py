"""Commands on the reviewers' desk: account, outcomes."""

from pathlib import Path
from typing import Annotated

import typer

from .options import AuditAddress

app = typer.Typer()


@app.command()
def account(
    name: Annotated[str, typer.Argument(help="Who it is.", show_default=False)],
    role: Annotated[str, typer.Option(help="reviewer, lead or admin.")] = "reviewer",
    audit: AuditAddress = None,
    password: Annotated[
        bool, typer.Option(help="Without: signed in by a proxy, or the password stays.")
    ] = True,
    close: Annotated[bool, typer.Option("--close", help="They may no longer come.")] = False,
) -> None:
    """Open an account of the reviewers' desk, change it or close it.

    The password is asked for, or taken from SHIPRISK_PASSWORD. Earlier states stay on record.
    """
    from ..commands.desk import set_account

    raise typer.Exit(set_account(name, role, audit, password, close))


@app.command()
def outcomes(
    out: Annotated[Path, typer.Option(help="Where to write: .parquet or .csv.")],
    audit: AuditAddress = None,
) -> None:
    """Write what reviewers found at the desk as a table of `inspections`.

    `train --outcomes` reads the same from the record itself.
    """
    from ..commands.desk import write_outcomes

    raise typer.Exit(write_outcomes(out, audit))
