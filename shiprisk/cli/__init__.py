"""The command line; each module holds the commands of one kind of work."""

import typer

from . import auditing, desk, monitoring, promotion, scoring, serving, training, worlds

# Heavy libraries are imported by the command that needs them, so that --help answers at once.
app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which few shipments to inspect for sanctions diversion, and why.",
)
for part in (worlds, training, promotion, scoring, serving, desk, auditing, monitoring):
    app.add_typer(part.app)
