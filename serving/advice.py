"""What a reviewer may do about a risk: what to ask for, and what would bring it below its line."""

import string
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

import numpy as np

from shiprisk.features import DOCUMENTS, Signal
from shiprisk.models import RiskModel

from .reasons import Reason


class Change(TypedDict):
    """Another value of a signal, which papers could show.

    value: what it is now, None where it is not known. to: the nearest value that is enough. told:
    both in words. ask_for: the papers.
    """

    signal: str
    value: float | None
    to: float
    told: str
    ask_for: str


class Below(TypedDict):
    """Changes that together bring a shipment below its line. risk: what it would have then."""

    line: float
    risk: float
    changes: list[Change]


class _Try(NamedTuple):
    """Another value of a column. steps: how many of the trees' thresholds lie between."""

    column: int
    value: float
    steps: int


def papers(asks: Mapping[str, str], reasons: Sequence[Reason]) -> list[str]:
    """What to ask for, by the reasons that raise the risk, each once, in their order.

    asks: of each signal the key of the papers, if there are any.
    """
    raising = [asks[reason["signal"]] for reason in reasons if reason["contribution"] > 0]
    return [DOCUMENTS[key] for key in dict.fromkeys(raising) if key]


def below(model: RiskModel, row: np.ndarray, added: np.ndarray, line: float) -> Below | None:
    """The smallest change of one signal that brings a record below a line, or several together.

    row: the record's signals. added: their contributions. Only signals that raise the risk count,
    whose value papers can change, and that do not rest on owner nationality. The smallest crosses
    the fewest values at which the model tells records apart. None where no such change is enough.
    """
    signals = model.declared_signals
    open_ = [at for at, s in enumerate(signals) if s.asks and not s.sensitive and added[at] > 0]
    tries = [one for at in open_ for one in _tries(model.sweep.thresholds(at), at, row[at])]
    if not tries:
        return None
    changed = np.repeat(row[None], len(tries), axis=0)
    changed[np.arange(len(tries)), [one.column for one in tries]] = [one.value for one in tries]
    odds = _sure(model, row, changed)
    enough = np.flatnonzero(odds < _log_odds(line))
    if len(enough):
        taken = [tries[min(enough.tolist(), key=lambda at: (tries[at].steps, odds[at]))]]
    else:
        taken = _together(model, row, [tries[at] for at in np.argsort(odds, kind="stable")], line)
    made = row.copy()
    for one in taken:
        made[one.column] = one.value
    risk = float(np.minimum(*model.risks(made[None]))[0])
    if not taken or risk >= line:
        return None
    return Below(line=line, risk=risk, changes=[_change(signals, row, one) for one in taken])


def _together(model: RiskModel, row: np.ndarray, best_first: list[_Try], line: float) -> list[_Try]:
    """The best try of each column, one after the other, until the record is below the line."""
    best: dict[int, _Try] = {}
    for one in best_first:
        best.setdefault(one.column, one)
    changed = np.repeat(row[None], len(best), axis=0)
    for at, one in enumerate(best.values()):
        changed[at:, one.column] = one.value
    enough = np.flatnonzero(_sure(model, row, changed) < _log_odds(line))
    return list(best.values())[: int(enough[0]) + 1] if len(enough) else []


def _tries(thresholds: np.ndarray, column: int, now: float) -> list[_Try]:
    """The nearest value beyond each threshold, as seen from now.

    Of an unknown value any that papers might show is one step away. Trees that only ask whether a
    value is known have a threshold beyond all numbers: no paper shows that.
    """
    thresholds = thresholds[np.isfinite(thresholds)]
    # Trees ask "at most": a threshold itself is on its lower side.
    if now != now:
        return [_Try(column, float(x), 1) for x in thresholds]
    under = thresholds[thresholds < now]
    over = thresholds[~(thresholds < now)]
    down = [_Try(column, float(x), len(under) - at) for at, x in enumerate(under)]
    up = [_Try(column, float(np.nextafter(x, np.inf)), at + 1) for at, x in enumerate(over)]
    return down + up


def _sure(model: RiskModel, row: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """The log-odds that decide on a lane: the lower of those with and without nationality."""
    told = model.raw(row[None]) + model.sweep.moved(row, changed)
    blind_row, blind = model.hidden(row[None]), model.hidden(changed)
    return np.minimum(told, model.raw(blind_row) + model.sweep.moved(blind_row[0], blind))


def _log_odds(risk: float) -> float:
    return float(np.log(risk / (1 - risk)))


def _change(signals: Sequence[Signal], row: np.ndarray, one: _Try) -> Change:
    signal, now = signals[one.column], float(row[one.column])
    how = format_of(signal)
    bound = "more than" if one.value > now else "at most"
    was = "not known" if now != now else format(now, how)
    return Change(
        signal=signal.name,
        value=None if now != now else now,
        to=one.value,
        told=f"{signal.meaning.rstrip('.')}: {bound} {format(one.value, how)}, now {was}",
        ask_for=DOCUMENTS[signal.asks],
    )


def format_of(signal: Signal) -> str:
    """How the signal's own sentence formats its value."""
    fields: list[Any] = list(string.Formatter().parse(signal.says))
    specs = [spec for _, name, spec, _ in fields if name == "value" and spec]
    return specs[0] if specs else ".3g"
