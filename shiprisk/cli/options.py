"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Sources = Annotated[
    list[Path],
    typer.Argument(help="Files of one layout, or a directory with the tables.", show_default=False),
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="TOML file that maps a foreign layout to ours.")
]
Encoding = Annotated[str, typer.Option(help="Encoding of text files.")]
RejectedFile = Annotated[
    Path | None,
    typer.Option("--rejected", help="Where to write rejected records with all their faults."),
]
ListedFile = Annotated[
    Path | None,
    typer.Option("--listed", help="List of parties: our columns, or one of OpenSanctions."),
]
TrackingUri = Annotated[
    str,
    typer.Option("--tracking-uri", envvar="MLFLOW_TRACKING_URI", help="MLflow store or server."),
]
Declarations = Annotated[int, typer.Option(min=500, max=20_000_000, help="Goods items, exactly.")]
Seed = Annotated[int, typer.Option(min=0)]
Workers = Annotated[
    int, typer.Option(min=1, max=64, help="Processes; the records are the same for any number.")
]
DailyCapacity = Annotated[
    str, typer.Option("--capacity", help="Shipments to inspect: 50/day, or 5% of each day's.")
]
SCENARIOS = "default, quiet, rerouting, ghost, corrupt_post, new_list, or a TOML file."
ISO = ["%Y-%m-%d"]
