"""The report on drift: a page of Markdown with pictures beside it."""

import json
from collections.abc import Sequence
from pathlib import Path

from .found import FALSE_ALARM, MATTERS, Outcomes
from .hubs import named
from .picture import draw_hubs, draw_risk, draw_signals
from .run import Drift

_SIGNALS, _HUBS = 25, 12

_IN_SHORT = ("model_version", "first_day", "last_day", "shipments", "alarms")


def write_drift_report(found: Drift, page: Path) -> None:
    """Write the page, and beside it under its name the pictures and what alarms, as JSON."""
    page.parent.mkdir(parents=True, exist_ok=True)
    pictures = {
        name: page.with_name(f"{page.stem}-{name}.png") for name in ("signals", "risk", "hubs")
    }
    draw_signals(found, pictures["signals"])
    draw_risk(found, pictures["risk"])
    if len(found.hubs):
        draw_hubs(found, pictures["hubs"])
    parts = (
        _head(found), _pictured("Signals", pictures["signals"]), _signals(found), _missing(found),
        _pictured("Risks and lanes", pictures["risk"]), _risk(found),
        _pictured("Ways of listed goods", pictures["hubs"]) if len(found.hubs) else "",
        _hubs(found), _outcomes(found.outcomes), _how(found),
    )  # fmt: skip
    page.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    page.with_suffix(".json").write_text(_in_short(found), encoding="utf-8")


def _in_short(found: Drift) -> str:
    """What the desk shows, and other systems read."""
    told = {name: getattr(found, name) for name in _IN_SHORT}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _head(found: Drift) -> str:
    said = "\n".join(f"- {alarm}" for alarm in found.alarms) or "Nothing that alarms."
    return (
        f"# Drift of model {found.model_version}\n\n"
        f"{found.shipments:,} shipments of {found.first_day} to {found.last_day} beside the "
        f"training period, {found.reference.first_day} to {found.reference.last_day}. Drift is a "
        f"reason to look and perhaps to train again, not a proof of evasion.\n\n{said}"
    )


def _signals(found: Drift) -> str:
    head = ("signal", "family", "weight", "index", "chance", "missing before", "now", "")
    rows = [
        (
            f"`{name}`", row["family"], f"{row['weight']:.1%}", f"{row['index']:.3f}",
            f"{row['chance']:.1e}", f"{row['missing_before']:.0%}", f"{row['missing_now']:.0%}",
            "**drift**" if row["drifted"] else "moved" if row["moved"] else "",
        )
        for name, row in found.signals.head(_SIGNALS).iterrows()
    ]  # fmt: skip
    return _table(head, rows)


def _missing(found: Drift) -> str:
    rows = [
        (family, f"{row['before']:.1%}", f"{row['now']:.1%}")
        for family, row in found.missing.iterrows()
    ]
    return "### Signals without a value\n\n" + _table(("family", "before", "now"), rows)


def _risk(found: Drift) -> str:
    rows = [
        (lane, f"{row['before']:.1%}", f"{row['now']:.1%}", "**drift**" if row["drifted"] else "")
        for lane, row in found.lanes.iterrows()
    ]
    moved = found.risk_moved
    return (
        f"Stability index of the risks {moved['index']:.3f}, chance {moved['chance']:.1e}.\n\n"
        + _table(("lane", "before", "now", ""), rows)
    )


def _hubs(found: Drift) -> str:
    if not len(found.hubs):
        return "## Ways of listed goods\n\nThe records name no country of dispatch."
    order = found.hubs["chance"].sort_values(kind="stable").index[:_HUBS]
    rows = [
        (
            named(row.heading), row.country, f"{row.firms:,}", f"{row.share_before:.1%}",
            f"{row.share_now:.1%}", f"{row.chance:.1e}", "**drift**" if row.drifted else "",
        )
        for row in found.hubs.loc[order].itertuples()
    ]  # fmt: skip
    head = ("goods", "from", "firms", "share before", "now", "chance", "")
    return _table(head, rows)


def _outcomes(outcomes: Outcomes | None) -> str:
    title = "## Outcomes of random inspections\n\n"
    if outcomes is None:
        return title + "None of these shipments has the outcome of a random inspection yet."
    told = (
        f"{outcomes.found:,} violations among {outcomes.inspected:,}: "
        f"{outcomes.found / outcomes.inspected:.2%}, {1 - FALSE_ALARM:.0%} interval "
        f"{outcomes.low:.2%} to {outcomes.high:.2%}. The risks led to expect "
        f"{outcomes.expected:.2%}."
    )
    if outcomes.inspected < outcomes.needed:
        told += (
            f" So few say little: about {outcomes.needed:,} would be needed to notice a rate of "
            "half or one and a half times what is expected."
        )
    return title + told


def _how(found: Drift) -> str:
    return (
        "## How it was compared\n\n"
        f"Signals and risks of {len(found.risk):,} of the shipments, evenly thinned to as many as "
        "one of eight stretches of the training period. *Chance* is the probability that one more "
        "stretch of a world that stays as it was would differ at least so much from the training "
        "period: an F test of Pearson's sum of squares over how much the stretches differ from "
        "each other. *Drift* is told where the chance is below "
        f"{FALSE_ALARM:.0%} for the whole part of the report, the change is large enough to "
        "matter; of a signal, where its index times its *weight*, its part of the trees' gain, is "
        f"{MATTERS} or more. *Moved* is what is sure and large, but matters little to this model."
    )


def _pictured(title: str, picture: Path) -> str:
    return f"## {title}\n\n![{title}]({picture.name})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
