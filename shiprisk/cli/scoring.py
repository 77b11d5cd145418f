"""Commands that put a model to use: score, shipments, select, history."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ..defaults import CHAMPION, LOCAL_STORE
from .options import (
    ISO,
    AuditAddress,
    Beside,
    DailyCapacity,
    Encoding,
    EngineName,
    ListedFile,
    MappingFile,
    OptionalPlaces,
    Places,
    RejectedFile,
    SparkMaster,
    TrackingUri,
    WorkDirectory,
    lanes_of,
    paths_of,
    refuse_on_spark,
    spark_input,
)

app = typer.Typer()

# Ranges of keys of a table that is made on one machine.
_RANGES = 64


@app.command()
def score(
    records: Places,
    out: Annotated[
        str,
        typer.Option(
            help="Where to write: .parquet, .jsonl or .csv; on Spark a directory, an address or "
            "table:NAME."
        ),
    ],
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    engine: EngineName = "one",
    spark_master: SparkMaster = None,
    work: WorkDirectory = None,
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    history: Annotated[Path | None, typer.Option(help="A newer history's directory.")] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    day: Annotated[
        datetime | None, typer.Option(formats=ISO, help="Score the declarations of this day only.")
    ] = None,
    reasons: Annotated[
        int, typer.Option(min=1, help="At most so many that raise a risk; half as many lower it.")
    ] = 5,
    explain: Annotated[
        str,
        typer.Option(
            callback=lanes_of, help="Whose reasons to tell: all, none, or lanes such as red,yellow."
        ),
    ] = "all",
    show: Annotated[int, typer.Option(min=0, max=100, help="Print so many of the riskiest.")] = 0,
    audit: AuditAddress = None,
    by: Annotated[
        str | None, typer.Option(help="Who asks, for the audit record. The account by default.")
    ] = None,
    rows_at_once: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="Scores in memory, and lost by a kill.")
    ] = 10_000,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Start over where another run was begun and not finished."),
    ] = False,
) -> None:
    """Score records: risk, lane and reasons of each. Exit code 3 if some were rejected.

    Scores are worked out in blocks and kept beside the output until all are done: the same command
    after a kill goes on where it was cut off.
    """
    from ..commands.batch import Answers, Kept, Using, score_records
    from ..commands.source import Input

    named = () if explain == "none" else tuple(explain.split(","))
    lanes = None if explain == "all" else named
    answers = Answers(day.date() if day else None, reasons, lanes, show, rows_at_once)
    using, kept = Using(model, history, tracking_uri), Kept(audit, by)
    if engine == "spark":
        from ..commands.scoring_on_spark import score_table

        refuse_on_spark(mapping=mapping, audit=audit)
        given = spark_input(records, out, work, rejected, listed, anew=anew)
        raise typer.Exit(score_table(given, out, using, answers, spark_master, anew))
    written = rejected or Path(out).with_suffix(".rejected.jsonl")
    source = Input(paths_of(records), mapping, encoding, written, listed)
    raise typer.Exit(score_records(source, Path(out), using, answers, kept, anew))


@app.command()
def shipments(
    scores: Annotated[Path, typer.Argument(help="Scores, as `score` wrote them.")],
    out: Annotated[Path, typer.Option(help="Where to write: .parquet, .jsonl or .csv.")],
) -> None:
    """Write one row for each shipment: it takes its riskiest goods item, and says which."""
    from ..commands.selecting import write_shipments

    raise typer.Exit(write_shipments(scores, out))


@app.command()
def select(
    scores: Annotated[Path, typer.Argument(help="Scores, as `score` wrote them.")],
    out: Annotated[Path, typer.Option(help="Where to write: .parquet, .jsonl or .csv.")],
    capacity: DailyCapacity = "5%",
    random: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the capacity drawn by chance.")
    ] = 0.10,
    uncertain: Annotated[
        float, typer.Option(min=0, max=1, help="Share for what two models disagree on most.")
    ] = 0.0,
    second: Annotated[
        Path | None, typer.Option(help="Scores of the other model, of the same shipments.")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="Of the numbers drawn. By default one that nobody can know."),
    ] = None,
    records: Annotated[
        Path | None, typer.Option(help="The records that were scored, for their days.")
    ] = None,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    day: Annotated[
        datetime | None, typer.Option(formats=ISO, help="Day of all scores, in place of records.")
    ] = None,
) -> None:
    """Choose what to inspect: the riskiest of each day and a part drawn by chance.

    Whole shipments are chosen. Each goods item of the queue says what chose it and with which
    probability it would have been chosen, for estimates of all shipments later.
    """
    from ..commands.selecting import Chosen, select_shipments
    from ..commands.source import Input

    chosen = Chosen(capacity, random, uncertain, seed)
    source = Input([records], mapping, encoding) if records else None
    raise typer.Exit(
        select_shipments(scores, out, chosen, second, source, day.date() if day else None)
    )


@app.command()
def history(
    out: Annotated[Path, typer.Option(help="Directory to write the history to.")],
    records: OptionalPlaces = None,
    add_to: Annotated[
        str | None, typer.Option(help="History to add to: a directory, or a model's address.")
    ] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    only_outcomes: Annotated[
        bool,
        typer.Option("--only-outcomes", help="The declarations are there; their outcomes are new."),
    ] = False,
    table: Annotated[
        bool, typer.Option("--table", help="Write a table of totals, for Spark, with one batch.")
    ] = False,
    engine: EngineName = "one",
    spark_master: SparkMaster = None,
    work: WorkDirectory = None,
    beside: Beside = None,
    batch: Annotated[
        str | None, typer.Option(help="On Spark: the batch's name. By default its days.")
    ] = None,
) -> None:
    """Write what records tell of the past, for `score --history`.

    An outcome counts where its declaration is among the records. With --add-to, give only what the
    earlier history does not hold: a record given twice counts twice. Without records, the history
    that --add-to names is written in the other form. With --engine spark, a table of totals is
    made, or a batch appended to the one that is at --out; without records, its batches are joined.
    """
    from ..commands.history import Form, rewrite_history, write_history
    from ..commands.source import Input

    if engine == "spark":
        from ..commands.history_on_spark import join_totals, write_totals

        refuse_on_spark(mapping=mapping, add_to=add_to)
        if not records:
            raise typer.Exit(join_totals(out, spark_master))
        given = spark_input(records, str(out), work, rejected, listed, beside)
        raise typer.Exit(write_totals(given, out, batch, only_outcomes, spark_master))
    if only_outcomes and add_to is None:
        raise typer.BadParameter("--only-outcomes adds to a history: name it with --add-to")
    form = Form(_RANGES if table else None)
    if records:
        source = Input(paths_of(records), mapping, encoding, rejected, listed)
        raise typer.Exit(write_history(source, out, add_to, tracking_uri, form, only_outcomes))
    if add_to is None:
        raise typer.BadParameter("give records, or a history with --add-to")
    raise typer.Exit(rewrite_history(add_to, out, tracking_uri, form))
