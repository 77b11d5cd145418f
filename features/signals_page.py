"""The page of all signals, made from their declarations."""

from collections.abc import Iterable, Sequence

from .catalogue import NODES, SIGNALS, columns_behind
from .declare import FAMILIES, Fact, Signal
from .documents import DOCUMENTS
from .lists_page import lists_section
from .red_flags import RED_FLAGS, SOURCES, RedFlag
from .typologies import TYPOLOGIES, UNSEEN

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

# What is measured stands between the markers and is kept when the page is made anew.
_ABLATION = """## What the families are worth

Measured in simulated worlds by the command below, and put here by it with `--page docs/signals.md`.

<!-- ablation:begin -->
<!-- ablation:end -->"""


def signals_page() -> str:
    """The page as Markdown: typologies, flags and lists, what is not seen, every signal."""
    families = (_family(family) for family in FAMILIES)
    known = (_typologies(), _flags(), _documents(), lists_section(), _unseen())
    parts = (_HEAD.rstrip(), *known, _ABLATION, *families)
    return "\n\n".join(parts) + "\n"


def _typologies() -> str:
    lines = [
        "## Typologies",
        "",
        "A signal sees a typology when what the diverters do moves its value. That a typology is",
        "seen does not mean that it is found: a model weighs the signals, and honest trade moves",
        "them too. What past inspections found can show any of them again; such signals stand here",
        "only where a broker or an office is what they are about. Not every column is needed: each",
        "signal stands below with its own.",
        "",
        "| Typology | What it looks like | Signals that see it | Columns they rest on |",
        "|---|---|---|---|",
    ]
    for number, typology in TYPOLOGIES.items():
        seen_by = [signal for signal in SIGNALS if number in signal.sees]
        cells = (f"{number} {typology.name}", typology.looks, _by_family(seen_by), _data(*seen_by))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _by_family(signals: Sequence[Signal]) -> str:
    groups = ((family, [s for s in signals if s.family == family]) for family in FAMILIES)
    return "<br>".join(f"{family}: {_names(group)}" for family, group in groups if group)


def _documents() -> str:
    lines = [
        "## What to ask for",
        "",
        "Papers that can honestly show another value of a signal. The score of one shipment names",
        "those of the signals that raise its risk, and which change would bring it below its line.",
        "A signal that stands here nowhere tells what no paper of this shipment can change.",
        "",
        "| Ask for | Signals |",
        "|---|---|",
    ]
    for key, papers in DOCUMENTS.items():
        lines.append(f"| {papers} | {_by_family([s for s in SIGNALS if s.asks == key])} |")
    return "\n".join(lines)


def _unseen() -> str:
    lines = [
        "## What no signal can see",
        "",
        "A low risk means that nothing known speaks against a shipment. It is no proof of safety.",
        "",
        *(f"- {sentence}" for sentence in UNSEEN),
    ]
    return "\n".join(lines)


def _family(family: str) -> str:
    lines = [
        f"## {family}",
        "",
        "| Signal | Meaning | Risk | Sees | Red flags | Columns it rests on |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(signal) for signal in SIGNALS if signal.family == family]
    return "\n".join(lines)


def _row(signal: Signal) -> str:
    risk = "category" if signal.is_category else signal.risk
    cells = (
        f"`{signal.name}`" + (" **sensitive**" if signal.sensitive else ""),
        signal.meaning,
        risk,
        ", ".join(signal.sees) or "–",
        ", ".join(signal.flags) or "–",
        _data(signal),
    )
    return f"| {' | '.join(cells)} |"


def _flags() -> str:
    lines = [
        "## Red flags",
        "",
        "A reason shows a flag where its signal raises the risk and the flag stands: where the",
        "condition below holds, or, without one, where the signal has found something. The number",
        "is that in the source, where it was read. Sources: "
        + "; ".join(f"*{key}*, {source.name}" for key, source in SOURCES.items())
        + ".",
        "",
        "| Flag | No. | What it says | Stands where | Signals | Columns they rest on |",
        "|---|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(_flag(name, flag))} |" for name, flag in RED_FLAGS.items()]
    return "\n".join(lines)


def _flag(name: str, flag: RedFlag) -> tuple[str, ...]:
    seen_by = [signal for signal in SIGNALS if name in signal.flags]
    signals = _names(seen_by) or f"none: {flag.not_computed}"
    stands = NODES.get(flag.stands)
    condition = stands.meaning if isinstance(stands, Fact) else "–"
    return (name, flag.number or "–", flag.says, condition, signals, _data(*seen_by) or "–")


def _names(signals: Iterable[Signal]) -> str:
    return ", ".join(f"`{signal.name}`" for signal in signals)


def _data(*signals: Signal) -> str:
    columns = {column for signal in signals for column in columns_behind(signal.name, NODES)}
    return ", ".join(f"`{column}`" for column in sorted(columns))
