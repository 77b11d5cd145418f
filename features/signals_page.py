"""The page of all signals, made from their declarations."""

from collections.abc import Iterator

from .catalogue import NODES, SIGNALS, columns_behind
from .declare import FAMILIES, Signal

_SOURCES = {
    "A003": "FinCEN and BIS, joint alert FIN-2022-Alert003",
    "A004": "FinCEN and BIS, supplemental alert FIN-2023-Alert004",
    "UK": "National Economic Crime Centre, red alert of December 2023",
    "EU": "European Commission, guidance of September 2023; critical goods of October 2023",
    "CEPR": "CEPR discussion paper 20097",
    "S": "press reports; in no official list",
}

_HEAD = """# Signals

Made from the code by `make docs`; do not edit by hand.

A signal is a function from what a declaration says, and what was known before its day, to one
number. Its first docstring line is its meaning here, in the model card and over HTTP. **Risk** says
how the model may use it: *rises* or *falls* with the value are held as monotone constraints of the
model; *either* is free; a *category* is a code without order. A signal whose columns a source does
not have is lost, and the training run says so. **Sensitive** signals rest on owner nationality:
`shiprisk train --no-owner-nationality` leaves them out, and every score says what it would be
without them.

A red flag is a reason to look, not a proof.
"""


def signals_page() -> str:
    """The page as Markdown: signals by family, then red flags with the signals that see them."""
    parts = [_HEAD.rstrip(), *(_family(family) for family in FAMILIES), _flags()]
    return "\n\n".join(parts) + "\n"


def _family(family: str) -> str:
    lines = [
        f"## {family}",
        "",
        "| Signal | Meaning | Risk | Red flags | Columns it rests on |",
        "|---|---|---|---|---|",
    ]
    lines += [_row(signal) for signal in SIGNALS if signal.family == family]
    return "\n".join(lines)


def _row(signal: Signal) -> str:
    risk = "category" if signal.is_category else signal.risk
    columns = sorted(set(columns_behind(signal.name, NODES)))
    cells = (
        f"`{signal.name}`" + (" **sensitive**" if signal.sensitive else ""),
        signal.meaning,
        risk,
        ", ".join(signal.flags) or "–",
        ", ".join(f"`{column}`" for column in columns),
    )
    return f"| {' | '.join(cells)} |"


def _flags() -> str:
    lines = ["## Red flags", "", "| Flag | Source | Signals |", "|---|---|---|"]
    for flag in sorted({flag for signal in SIGNALS for flag in signal.flags}):
        seen_by = ", ".join(f"`{signal.name}`" for signal in _seeing(flag))
        lines.append(f"| {flag} | {_SOURCES[flag.partition('-')[0]]} | {seen_by} |")
    return "\n".join(lines)


def _seeing(flag: str) -> Iterator[Signal]:
    return (signal for signal in SIGNALS if flag in signal.flags)
