"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..commands.on_spark import SparkInput


def lanes_of(lanes: str) -> str:
    """Lanes named on the command line, checked."""
    named = lanes.split(",")
    if lanes not in ("all", "none") and not set(named) <= {"red", "yellow", "green"}:
        raise typer.BadParameter("give all, none, or some of red,yellow,green")
    return lanes


def no_password(
    context: typer.Context, parameter: typer.CallbackParam, address: str | None
) -> str | None:
    """Refuse a password where everybody on this machine could read it."""
    source = context.get_parameter_source(str(parameter.name))
    if address and source is not None and source.name == "COMMANDLINE":
        from shiprisk.serving import has_password

        if has_password(address):
            raise typer.BadParameter(
                "a password on the command line can be read by others on this machine: put the "
                "address into SHIPRISK_AUDIT, or the password into PGPASSWORD or ~/.pgpass"
            )
    return address


def engine_of(engine: str) -> str:
    """An engine, checked."""
    if engine not in ("one", "spark"):
        raise typer.BadParameter("give one or spark")
    return engine


def refuse_on_spark(**options: object) -> None:
    """Refuse options that have no meaning on Spark."""
    if given := [name for name, value in options.items() if value is not None]:
        raise typer.BadParameter(f"not with --engine spark: --{given[0].replace('_', '-')}")


def paths_of(places: list[str]) -> list[Path]:
    """Places on this machine as paths."""
    return [Path(place) for place in places]


def spark_input(
    sources: list[str],
    out: str,
    work: Path | None,
    rejected: Path | None,
    listed: Path | None,
    beside: Path | None = None,
    anew: bool = False,
) -> "SparkInput":
    """The one source that a command on Spark reads, and where it may work."""
    from ..commands.on_spark import TABLE, SparkInput

    if len(sources) != 1:
        raise typer.BadParameter("give one path or table:NAME with --engine spark")
    plain = out.removeprefix(TABLE)
    elsewhere = plain != out or "://" in out
    name = plain.rstrip("/").rpartition("/")[2]
    near = work or (Path() if elsewhere else Path(out).parent)
    directory = near.absolute() / f"{name}.work"  # of its own: it is removed afterwards
    left_out = str(rejected) if rejected else f"{plain.rstrip('/')}.rejected"
    return SparkInput(sources[0], directory, left_out, beside, listed, anew)


def language_of(language: str) -> str:
    """A language of the pages, checked."""
    from shiprisk.serving import LANGUAGES

    if language not in LANGUAGES:
        raise typer.BadParameter(f"give one of {', '.join(LANGUAGES)}")
    return language


def page_of(out: Path) -> Path:
    """A file for a page, checked."""
    if out.suffix.lower() not in (".html", ".pdf"):
        raise typer.BadParameter("give a file that ends in .html or .pdf")
    return out


Sources = Annotated[
    list[Path],
    typer.Argument(help="Files of one layout, or a directory with the tables.", show_default=False),
]
_PLACES = typer.Argument(
    help="Files of one layout, or a directory with the tables; on Spark one place, which may be an "
    "address or table:NAME.",
    show_default=False,
)
Places = Annotated[list[str], _PLACES]
OptionalPlaces = Annotated[list[str] | None, _PLACES]
OptionalSources = Annotated[
    list[Path] | None,
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
AuditAddress = Annotated[
    str | None,
    typer.Option(
        "--audit",
        envvar="SHIPRISK_AUDIT",
        callback=no_password,
        help="Audit record: sqlite:///FILE or postgresql://HOST/DATABASE.",
    ),
]
EngineName = Annotated[
    str, typer.Option("--engine", callback=engine_of, help="one machine, or spark (an extra).")
]
SparkMaster = Annotated[
    str | None,
    typer.Option("--spark-master", help="Such as local[4]; Spark's own setting by default."),
]
WorkDirectory = Annotated[
    Path | None,
    typer.Option("--work", help="On Spark: a place that all workers see. Beside the output."),
]
Beside = Annotated[
    Path | None,
    typer.Option(help="On Spark: directory of the tables beside table:NAME or a Parquet path."),
]
Language = Annotated[
    str, typer.Option(callback=language_of, help="What the page is written in: en, ru or kk.")
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
